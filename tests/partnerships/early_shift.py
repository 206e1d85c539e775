"""Early Shift, as the tests of its people ask for it."""

import html
import re

from django.urls import reverse
from django.utils import timezone

from partnerships.models import Resource
from tests import factories as make


class World:
    """Early Shift, its members and its addresses, by name."""

    def __init__(self, cast, client_for):
        self.cast, self.client_for = cast, client_for
        self.slug = cast.partnership.slug

    def of(self, name):
        return make.membership_of(person=self.cast[name], partnership=self.cast.partnership)

    def url(self, verb, name):
        return reverse(f"partnerships:membership-{verb}", args=[self.slug, self.of(name).public_id])

    def get(self, name, url):
        return self.client_for(self.cast[name]).get(url)

    def post(self, name, url, **body):
        return self.client_for(self.cast[name]).post(url, body)

    def people(self, name):
        return main_of(self.get(name, reverse("partnerships:people-list", args=[self.slug])))

    def line(self, **words):
        right = {"kind": "learning_partner", "recorded_by": self.cast.steward, "recorded_at": timezone.now()}
        return Resource.objects.create(partnership=self.cast.partnership, **right | words)


def main_of(response):
    body = html.unescape(response.content.decode())
    return body[body.find("<main") : body.find("</main")]


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())

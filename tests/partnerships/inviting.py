"""What tests about invitations do again and again: invite, read the mail, take the secret out of it."""

import re
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from desk.models import Outbox
from partnerships import actions
from partnerships.invitations import Invitee
from tests import factories as make

ADDRESS = "newcomer@example.org"
NEWCOMER = {"name": "Nora Newcomer", "password": make.PASSWORD}


def mail_of(invitation):
    """Give the newest mail of an invitation as a mail program reads it."""
    row = Outbox.objects.filter(about=invitation.public_id).first()
    return message_from_bytes(bytes(row.message), policy=policy.default)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def token_of(invitation):
    """Give the secret, which stands in the mail and nowhere else."""
    return re.search(r"/invitations/([\w-]{43})/\s", text_of(mail_of(invitation))).group(1)


def invited(place, by, email=ADDRESS, **words):
    """Invite somebody, and give the invitation and its secret, which is wiped as soon as the mail has gone."""
    with transaction.atomic():
        invitation = actions.invite(place=place, invitee=Invitee(email=email, **words), by=by)
        return invitation, token_of(invitation)


def page(token, name="detail"):
    return reverse(f"partnerships:invitation-{name}", args=[token])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def everything():
    """Give every row of our tables, but for sessions."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "usersessions"}
    }


def next_of(address):
    return parse_qs(urlsplit(address).query)["next"][0]

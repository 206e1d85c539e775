"""What the tests of settings ask with."""

from django.urls import reverse

from partnerships.models import Partnership


def page_of(partnership, name, *args):
    return reverse(f"partnerships:{name}", args=[partnership.slug, *args])


def reread(partnership):
    return Partnership.objects.get(pk=partnership.pk)


def version_of(partnership):
    return reread(partnership).version


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}

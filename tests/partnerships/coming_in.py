"""How the tests about coming into a space ask, accept, answer, and look who reads."""

from django.urls import reverse

from partnerships import actions
from partnerships.asked import asked_of
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make


def reads(person, space):
    """Say whether the person is in the space at this moment, and reads the note there."""
    inside = space.pk in Reader(person).spaces
    notes = Record.objects.filter(space=space)
    assert Record.objects.visible_to(Reader(person)).filter(pk__in=notes).exists() == inside
    return inside


def stay_of(cast, name):
    """Give the membership of one of the cast."""
    return make.membership_of(person=cast[name], partnership=cast.partnership)


def at(cast, name, *args):
    """Give the address of a page of the cast's partnership."""
    return reverse(f"partnerships:{name}", args=[cast.partnership.slug, *args])


def titles(cast, name):
    """Give what home asks of one of the cast, by its headings."""
    return [row.title for row in asked_of(Reader(cast[name]))]


def asked(cast, space, name="expert", by="practitioner", **answers):
    """Ask one of the cast in, by another."""
    return actions.ask_in(space=space, membership=stay_of(cast, name), by=cast[by], **answers)


def accept(cast, admission, name="expert"):
    """Say yes as the one asked."""
    actions.accept_admission(admission=admission, by=cast[name])
    admission.refresh_from_db()


def say(cast, admission, says_yes, *names, still_peers=False):
    """Answer as people inside."""
    for name in names:
        actions.answer_admission(admission=admission, says_yes=says_yes, still_peers=still_peers, by=cast[name])
    admission.refresh_from_db()


def change_role(cast, name, role, organisation=None):
    """Give one of the cast another role, by the steward."""
    return actions.change_role(
        membership=stay_of(cast, name),
        role=role,
        own_words="",
        organisation=organisation,
        by=cast.steward,
    )


def space_has(space, person):
    """Say whether the person is inside now."""
    return space.members().filter(person=person).exists()

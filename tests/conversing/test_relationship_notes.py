"""Relationship notes: their author finds them, nobody else does by any way; they begin things without their words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conversing.checks import relationship_notes_in_a_space
from conversing.models import RelationshipNote
from desk import drafts
from partnerships.reader import Reader
from records.actions import AlreadySent
from records.models import Record
from tests import factories as make
from tests.cast import SIGNED_IN

from . import made

WORDS = "relationship words"
OTHERS = sorted(SIGNED_IN - {"learning_partner"})


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_finds_one_by_any_way(cast, client_for, name):
    note, browser = cast["relationship_note"], client_for(cast[name])
    assert not Record.objects.visible_to(Reader(cast[name])).filter(pk=note.pk).exists()
    listed = reverse("conversing:relationship-note-list", args=[cast.partnership.slug])
    pages = ["/", "/notebook/", f"/search/?q={WORDS.replace(' ', '+')}", listed, cast.partnership.get_absolute_url()]
    for page in pages:
        assert note.public_id not in browser.get(page).content.decode(), page
    for page in ("detail", "edit", "delete"):
        assert browser.get(reverse(f"conversing:relationship-note-{page}", args=[note.public_id])).status_code == 404


def test_its_author_finds_and_exports_it(cast, client_for):
    note, browser = cast["relationship_note"], client_for(cast.learning_partner)
    listed = reverse("conversing:relationship-note-list", args=[cast.partnership.slug])
    for page in (listed, f"/search/?q={WORDS.replace(' ', '+')}"):
        assert note.get_absolute_url() in browser.get(page).content.decode()
    assert WORDS in browser.get(note.get_absolute_url()).content.decode()
    assert list(relationship_notes_in_a_space()) == []


def test_only_a_learning_partner_writes_one_and_keeps_it_when_the_duty_goes_on(cast):
    for person in (cast.practitioner, cast.steward, cast.outsider):
        with pytest.raises(PermissionDenied):
            made.relationship_note(by=person, partnership=cast.partnership)
    make.end_membership(person=cast.learning_partner, partnership=cast.partnership)
    assert Record.objects.visible_to(Reader(cast.learning_partner)).filter(pk=cast["relationship_note"].pk).exists()


def test_sent_twice_there_is_one(cast):
    key = drafts.new_key()
    said = {"by": cast.learning_partner, "partnership": cast.partnership, "key": key}
    first = made.relationship_note(**said)
    assert made.relationship_note(**said) == first
    with pytest.raises(AlreadySent):
        made.relationship_note(**said, work="nurture")
    assert RelationshipNote.objects.filter(submission=key).count() == 1


@pytest.mark.once
def test_what_begins_from_it_opens_empty(cast, client_for):
    browser = client_for(cast.learning_partner)
    page = browser.get(cast["relationship_note"].get_absolute_url()).content.decode()
    slug = cast.partnership.slug
    for name in ("convening:session-new", "conversing:tension-new", "conversing:conversation-new"):
        address = reverse(name, args=[slug])
        assert f'href="{address}"' in page
        opened = browser.get(address, headers={"referer": cast["relationship_note"].get_absolute_url()})
        assert WORDS not in opened.content.decode() and "Ward and shift" not in opened.content.decode()
        assert cast["relationship_note"].public_id not in opened.content.decode()


@pytest.mark.once
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for):
    address = reverse("conversing:relationship-note-new", args=[cast.partnership.slug])
    sent = {"draft_key": drafts.new_key(), "title": "", "text": "They do not speak.", "work": ""}
    response = client_for(cast.learning_partner).post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422 and "Say between whom." in page and "They do not speak." in page

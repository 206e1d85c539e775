"""The group agreement: its drafts, and its versions that are kept (issue 3, point 5)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desk.models import AuditEvent, Draft
from partnerships.actions.agreements import adopt_agreement, draft_agreement
from partnerships.agreements import (
    current_agreement,
    differences,
    draft_of,
    gap,
    missing_in,
    starter_lines,
)
from partnerships.models import Agreement, SiteSettings
from partnerships.versions import StaleVersion
from tests import factories as make
from tests.records.test_two_at_once import at_once

from .agreeing import ADOPT, DETAIL, EDIT, VERSION, make_kerbside, slowly, url


@pytest.fixture
def place(db):
    return make_kerbside()


# Drafting


def test_the_starter_text_makes_eight_lines_and_names_who_runs_the_site(place, client_for):
    SiteSettings.objects.update_or_create(pk=1, defaults={"run_by": "The Commons Trust"})
    body = client_for(place.steward).get(url(EDIT, place)).content.decode()
    for line in starter_lines():
        assert line in body
    assert "run by The Commons Trust." in body
    assert Agreement.objects.count() == 0, "reading writes nothing"
    draft = make.make_agreement_draft(partnership=place, by=place.steward, text="\n".join(starter_lines()))
    draft.review_on = date(2031, 3, 3)
    assert len(draft.lines) == 8
    assert draft.lines[6] == "If somebody may come to harm we act outside this place: Ring the duty line."
    assert draft.lines[7] == "We look at this agreement again on 3 March 2031."


def test_where_nobody_has_said_who_runs_the_site_it_asks_before_it_is_adopted(place):
    draft = make.make_agreement_draft(partnership=place, by=place.steward, text="\n".join(starter_lines()))
    assert gap() in draft.text
    with pytest.raises(ValidationError, match="who runs this site"):
        adopt_agreement(partnership=place, version=draft.version, by=place.steward)


def test_the_form_asks_about_a_year_without_a_learning_partner(place, client_for):
    """Trace, row 3: beside the draft, and no ninth line."""
    body = client_for(place.partner).get(url(EDIT, place)).content.decode()
    assert "without a learning partner in a year?" in body
    assert not any("learning partner" in line for line in starter_lines())


def test_the_draft_is_seen_by_those_who_look_after_settings_only(place, client_for):
    make.make_agreement(partnership=place, by=place.steward)
    make.make_agreement_draft(partnership=place, by=place.partner, text="A secret line")
    for person in (place.steward, place.partner):
        assert "There is a draft" in client_for(person).get(url(DETAIL, place)).content.decode()
        assert "A secret line" in client_for(person).get(url(EDIT, place)).content.decode()
    body = client_for(place.member).get(url(DETAIL, place)).content.decode()
    assert "draft" not in body.partition("<main")[2].lower()
    assert client_for(place.member).get(url(EDIT, place)).status_code == 403
    assert client_for(place.member).get(url(ADOPT, place)).status_code == 403
    draft = draft_of(place)
    shown = client_for(place.steward).get(url(VERSION, place, draft.public_id))
    assert shown.status_code == 404, "a draft is no version"
    with pytest.raises(PermissionDenied):
        make.make_agreement_draft(partnership=place, by=place.member)


def post_draft(client, place, text, version="", key="k1", **more):
    body = {"text": text, "safety": "Ring.", "draft_key": key, "version": version, **more}
    return client.post(url(EDIT, place), body)


def test_two_drafts_at_once_lose_nothing(place, client_for):
    steward, partner = client_for(place.steward), client_for(place.partner)
    assert post_draft(steward, place, "What the steward wrote", key="a").status_code == 302
    # Opened when there was none yet, and sent afterwards.
    answer = post_draft(partner, place, "What the partner wrote", key="b")
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "What the steward wrote" in body
    assert "What the partner wrote" in body
    assert draft_of(place).text == "What the steward wrote"
    form = answer.context["form"]
    again = post_draft(partner, place, "What both wrote", key=form.key, version=form["version"].value())
    assert again.status_code == 302
    assert draft_of(place).text == "What both wrote"


def test_a_form_that_stood_on_an_older_agreement_does_not_overwrite_a_newer_one(place, client_for):
    make.make_agreement(partnership=place, by=place.steward, text="First")
    opened = client_for(place.partner).get(url(EDIT, place)).context["form"]
    make.make_agreement(partnership=place, by=place.steward, text="Second")
    answer = post_draft(client_for(place.partner), place, "Mine", version=opened["version"].value(), key=opened.key)
    assert answer.status_code == 409
    assert "Second" in answer.content.decode()
    assert draft_of(place) is None


def test_a_draft_sent_twice_is_one_and_its_kept_words_are_wiped(place, client_for):
    make.make_draft(by=place.steward, form="agreement", about=place.slug, key="twice", text="typed")
    client = client_for(place.steward)
    for _time in range(2):
        assert post_draft(client, place, "Once", key="twice").status_code == 302
    assert draft_of(place).version == 1
    assert Draft.objects.get(key="twice").data == {}


def test_what_is_wrong_keeps_what_was_typed(place, client_for):
    typed = {"review_on_day": "1", "review_on_month": "1", "review_on_year": "2020"}
    answer = post_draft(client_for(place.steward), place, "A line of mine", **typed)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "That day is past" in body
    assert "A line of mine" in body


# Adopting


def test_without_the_line_on_harm_nothing_is_adopted(place, client_for):
    draft = make.make_agreement_draft(partnership=place, by=place.steward, safety="")
    with pytest.raises(ValidationError, match="come to harm"):
        adopt_agreement(partnership=place, version=draft.version, by=place.steward)
    body = client_for(place.steward).get(url(ADOPT, place)).content.decode()
    assert "Say first what you do, outside this place" in body
    assert "Adopt it</button>" not in body
    assert current_agreement(place) is None


def test_only_a_steward_adopts(place):
    draft = make.make_agreement_draft(partnership=place, by=place.partner)
    for person in (place.partner, place.member):
        with pytest.raises(PermissionDenied):
            adopt_agreement(partnership=place, version=draft.version, by=person)
    adopted = adopt_agreement(partnership=place, version=draft.version, by=place.steward)
    assert (adopted.number, current_agreement(place)) == (1, adopted)
    assert AuditEvent.objects.filter(action="agreement.adopt", public_id=adopted.public_id).count() == 1


def test_a_draft_that_changed_meanwhile_is_not_adopted_unread(place, client_for):
    draft = make.make_agreement_draft(partnership=place, by=place.steward)
    make.make_agreement_draft(partnership=place, by=place.partner, text="Something else")
    answer = client_for(place.steward).post(url(ADOPT, place), {"version": draft.version})
    assert answer.status_code == 409
    assert "Something else" in answer.content.decode()
    assert current_agreement(place) is None
    # The page that came shows the draft as it is now, and can be sent.
    version = answer.context["form"]["version"].value()
    assert client_for(place.steward).post(url(ADOPT, place), {"version": version}).status_code == 302


def test_from_the_second_version_on_it_says_what_changed(place, client_for):
    make.make_agreement(partnership=place, by=place.steward)
    draft = make.make_agreement_draft(partnership=place, by=place.steward, text="Another")
    with pytest.raises(ValidationError, match="what changed"):
        adopt_agreement(partnership=place, version=draft.version, by=place.steward)
    answer = client_for(place.steward).post(url(ADOPT, place), {"version": draft.version, "asks": "again"})
    assert answer.status_code == 422
    assert "Say in one sentence what changed." in answer.content.decode()
    right = {"version": draft.version, "asks": "small", "what_changed": "Shorter"}
    assert client_for(place.steward).post(url(ADOPT, place), right).status_code == 302
    adopted = current_agreement(place)
    assert (adopted.number, adopted.what_changed, adopted.is_small_change) == (2, "Shorter", True)


def test_what_is_as_before_is_not_adopted(place):
    make.make_agreement(partnership=place, by=place.steward)
    with pytest.raises(ValidationError, match="Nothing is different"):
        make.make_agreement(partnership=place, by=place.steward)


def test_a_supervision_says_how_often_what_record_and_where_confidentiality_ends(place, client_for):
    supervision = make.make_partnership(by=place.steward, kind="supervision")
    form = client_for(place.steward).get(url(EDIT, supervision)).context["form"]
    assert {"frequency", "record_kept", "confidentiality_limits"} <= set(form.fields)
    assert "frequency" not in client_for(place.steward).get(url(EDIT, place)).context["form"].fields
    with pytest.raises(ValidationError) as error:
        make.make_agreement(partnership=supervision, by=place.steward)
    assert len(error.value.messages) == 3
    words = {"frequency": "Monthly", "record_kept": "Days only", "confidentiality_limits": "Harm"}
    assert "We meet: Monthly" in make.make_agreement(partnership=supervision, by=place.steward, **words).lines


def test_two_who_adopt_at_once_make_one_version(file_database, monkeypatch):
    """Each takes its time between looking and writing, so that without the lock both would pass."""
    steward = make.make_person()
    partnership = make.make_partnership(by=steward)
    draft = make.make_agreement_draft(partnership=partnership, by=steward)
    monkeypatch.setattr("partnerships.actions.agreements.missing_in", slowly(missing_in))

    def adopt(_number):
        try:
            return str(adopt_agreement(partnership=partnership, version=draft.version, by=steward).number)
        except StaleVersion:
            return "stale"

    assert sorted(at_once(2, adopt)) == ["1", "stale"]
    assert Agreement.objects.count() == 1


# Reading


def test_older_versions_stay_with_what_changed_between(place, client_for):
    first = make.make_agreement(partnership=place, by=place.steward, text="We meet on Mondays\nNobody is counted")
    second = make.make_agreement(
        partnership=place, by=place.steward, text="We meet on Fridays\nNobody is counted", what_changed="The day"
    )
    client = client_for(place.member)
    body = client.get(url(VERSION, place, first.public_id)).content.decode()
    assert "We meet on Mondays" in body
    assert "This held once." in body
    body = client.get(url(VERSION, place, second.public_id)).content.decode()
    assert "<del>" in body
    assert "Mondays</del>" in body
    assert "Fridays</ins>" in body
    assert "The day" in body
    body = client.get(url(DETAIL, place)).content.decode()
    assert "We meet on Fridays" in body
    assert first.public_id in body


def kinds(before, after):
    return [(line.kind, " ".join(piece.words for piece in line.pieces)) for line in differences(before, after)]


def test_differences_are_told_by_line_and_word():
    assert kinds(["One", "Two"], ["One", "Two"]) == [("same", "One"), ("same", "Two")]
    assert kinds([], ["New"]) == [("new", "New")]
    assert kinds(["Old"], []) == [("gone", "Old")]
    assert kinds(["A quite other line"], ["Nothing like that at all"]) == [
        ("gone", "A quite other line"),
        ("new", "Nothing like that at all"),
    ]
    [line] = differences(["We meet on Mondays"], ["We meet here on Fridays"])
    assert line.kind == "changed"
    assert " ".join(piece.words for piece in line.pieces if piece.kind != "gone") == "We meet here on Fridays"
    assert " ".join(piece.words for piece in line.pieces if piece.kind != "new") == "We meet on Mondays"


def test_drafting_again_with_other_words_under_one_key_is_not_lost(place):
    make.make_agreement_draft(partnership=place, by=place.steward, key="same")
    with pytest.raises(StaleVersion):
        draft_agreement(partnership=place, version=1, words={"text": "More"}, key="same", by=place.steward)

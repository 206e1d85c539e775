"""Not named means not named (3-access, 3.1; security C8): swap the author, and no reader gets another byte.

The author's name is in nothing that others get; filters never find the record; only the day is shown; and the choice
exists only where enough other people could have written it.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partnerships import actions as partnership_actions
from records.attribution import choices_in
from records.models import Attribution, Record
from tests import factories as make

from .asking import Browsers, plain

# Orders that only PostgreSQL gives are looked for by the worlds that are drawn.
pytestmark = pytest.mark.once

# A quarter past two in the afternoon, on a day of its own.
MOMENT = (timezone.localtime() + timedelta(days=2)).replace(hour=14, minute=17, second=33, microsecond=0)
HOUR = re.compile(r"14[:.]17|2[:.]17|T14")
# Sessions say their own hours, which may be a quarter past two when this runs: told apart by their seconds.
OF_SOMETHING_ELSE = re.compile(r'<time datetime="[^"]*T(?!\d\d:17:33)[^"]*"[^>]*>[^<]*</time>')
DAY = {"since_day": str(MOMENT.day), "since_month": str(MOMENT.month), "since_year": str(MOMENT.year)}
NOTE_ID, RESPONSE_ID = "swapped-note", "swapped-resp"


@pytest.fixture
def browsers(cast):
    """Everybody signs in on the day of the story."""
    with time_machine.travel(MOMENT.replace(hour=18)):
        yield Browsers(cast)


def write_not_named(cast, author, attribution=Attribution.NOT_NAMED):
    """Share one and the same text by one or the other, as if all else were equal."""
    with time_machine.travel(MOMENT, tick=False):
        note = make.make_shared_note(
            by=author, space=cast.peers, attribution=attribution, text="It was the rota.", tags=["swap-tag"]
        )
        Record.objects.filter(pk=note.pk).update(public_id=NOTE_ID)
        response = make.make_response(to=note, by=author, text="I should have said so.")
        Record.objects.filter(pk=response.pk).update(public_id=RESPONSE_ID)
        make.make_response(to=note, by=cast.consultant, text="Thank you.", key="consultants")
        Record.objects.filter(submission="consultants").update(public_id="other-answer")


def addresses(cast, author):
    """Give every page on which a reader may come across it; the filters by this author among them."""
    stream = reverse("records:stream", args=[cast.partnership.slug])
    slug = [cast.partnership.slug]
    return [
        reverse("home:home"),
        reverse("reflections:reflection-detail", args=[NOTE_ID]),
        reverse("records:response-detail", args=[RESPONSE_ID]),
        reverse("records:response-new", args=[NOTE_ID]),
        reverse("partnerships:partnership-detail", args=slug),
        reverse("partnerships:people-list", args=slug),
        reverse("partnerships:space-list", args=slug),
        reverse("partnerships:space-detail", args=[*slug, cast.peers.public_id]),
        reverse("partnerships:partnership-list"),
        reverse("reflections:notebook"),
        reverse("records:landscape"),
        stream,
        f"{stream}?space={cast.peers.public_id}",
        f"{stream}?tag=swap-tag",
        f"{stream}?level=1",
        f"{stream}?since_day={MOMENT.day}&since_month={MOMENT.month}&since_year={MOMENT.year}",
        f"{stream}?before={NOTE_ID}",
        *(f"{stream}?author={person.public_id}" for person in (cast.practitioner, cast.fellow)),
    ]


def seen_by(cast, browsers, name, author, **written):
    """Give all the bytes that one reader gets when this author wrote it."""
    with transaction.atomic():
        write_not_named(cast, author, **written)
        with time_machine.travel(MOMENT.replace(hour=18), tick=False):
            browser = browsers.of(name)
            answers = {}
            for url in addresses(cast, author):
                for fragment in ("", "stream"):
                    headers = {"HX-Request": "true", "HX-Target": "div#stream"} if fragment else {}
                    answers[url, fragment] = plain(browser.get(url, headers=headers))
        transaction.set_rollback(True)
    # 422 is the filter by a space that the reader is not in.
    assert {answer[0] for answer in answers.values()} <= {200, 404, 422}
    return answers


READERS = ["consultant", "academic", "manager", "learning_partner", "steward", "former", "outsider", "site_admin"]


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_the_author_may_be_swapped_without_changing_a_byte(cast, browsers, reader):
    by_one = seen_by(cast, browsers, reader, cast.practitioner)
    by_other = seen_by(cast, browsers, reader, cast.fellow)
    different = [address for address in by_one if by_one[address] != by_other[address]]
    assert not different


def test_the_role_of_the_author_is_hidden_too(cast, browsers):
    by_one = seen_by(cast, browsers, "consultant", cast.academic)
    by_other = seen_by(cast, browsers, "consultant", cast.fellow)
    assert [address for address in by_one if by_one[address] != by_other[address]] == []


@pytest.mark.parametrize("reader", ["consultant", "academic"])
def test_by_role_tells_the_role_and_nothing_more(cast, browsers, reader):
    by_one = seen_by(cast, browsers, reader, cast.practitioner, attribution=Attribution.ROLE)
    by_other = seen_by(cast, browsers, reader, cast.fellow, attribution=Attribution.ROLE)
    # A tag finds what is signed by role; so the filters by author and all other pages are the same.
    different = [address for address in by_one if by_one[address] != by_other[address]]
    assert not different


def test_swapping_the_author_of_a_named_record_does_change_bytes(cast, browsers):
    """The comparison can fail."""
    by_one = seen_by(cast, browsers, "consultant", cast.practitioner, attribution=Attribution.NAMED)
    by_other = seen_by(cast, browsers, "consultant", cast.fellow, attribution=Attribution.NAMED)
    assert by_one != by_other


@pytest.fixture
def page(cast, browsers):
    """Give the record's page as another reader gets it."""
    write_not_named(cast, cast.fellow)
    return browsers.of("consultant").get(reverse("reflections:reflection-detail", args=[NOTE_ID])).content.decode()


def test_the_words_are_there_and_the_name_is_not(page, cast):
    assert "It was the rota." in page
    assert "Not named" in page
    assert cast.fellow.name not in page
    assert cast.fellow.public_id not in page
    assert cast.fellow.email not in page


def test_its_author_responds_as_the_author_not_named(page):
    assert "The author, not named" in page
    assert "I should have said so." in page


def hours_in(page):
    """Return where the main part of a page says the hour of MOMENT, with a little of what stands around it."""
    part = OF_SOMETHING_ELSE.sub("", page[page.find("<main") : page.find("</main")])
    return [part[max(0, at.start() - 60) : at.end() + 20] for at in HOUR.finditer(part)]


def test_only_the_day_is_shown(cast, browsers):
    write_not_named(cast, cast.fellow)
    Record.objects.filter(submission="consultants").delete()
    for url in addresses(cast, cast.fellow):
        body = browsers.of("consultant").get(url).content.decode()
        assert not hours_in(body), (url, hours_in(body))
    assert date_format(MOMENT, "j F") in browsers.of("consultant").get(addresses(cast, cast.fellow)[1]).content.decode()


def test_the_author_is_not_offered_their_name(cast, browsers):
    write_not_named(cast, cast.fellow)
    own = browsers.of("fellow").get(reverse("reflections:reflection-detail", args=[NOTE_ID])).content.decode()
    assert "The author, not named" in own
    response = browsers.of("fellow").post(
        reverse("records:response-new", args=[NOTE_ID]),
        {"text": "More.", "verb": "say", "draft_key": "k1", "attribution": "named"},
    )
    assert response.status_code == 302
    written = Record.objects.get(author=cast.fellow, submission="k1")
    assert written.attribution == Attribution.NOT_NAMED


def test_no_filter_finds_it_not_even_for_its_author(cast, browsers):
    write_not_named(cast, cast.fellow)
    stream = reverse("records:stream", args=[cast.partnership.slug])
    for reader in ("fellow", "consultant"):
        browser = browsers.of(reader)
        assert "It was the rota." in browser.get(stream).content.decode()
        for asked in ({"author": cast.fellow.public_id}, {"tag": "swap-tag"}, {"tag": "SWAP-TAG"}):
            assert "It was the rota." not in browser.get(stream, asked).content.decode(), (reader, asked)


def test_space_level_and_day_do_find_it(cast, browsers):
    """The pair of the test above."""
    write_not_named(cast, cast.fellow)
    stream = reverse("records:stream", args=[cast.partnership.slug])
    for asked in ({"space": cast.peers.public_id}, {"level": "1"}, DAY):
        assert "It was the rota." in browsers.of("consultant").get(stream, asked).content.decode(), asked


def test_named_records_are_found_by_author_and_tag(cast, browsers):
    stream = reverse("records:stream", args=[cast.partnership.slug])
    for asked in ({"author": cast.practitioner.public_id}, {"tag": "peers-tag"}):
        assert "peers words" in browsers.of("consultant").get(stream, asked).content.decode(), asked


def choices(cast, space, person):
    membership = make.membership_of(person=person, partnership=cast.partnership)
    readers = list(space.members().with_roles())
    return {choice.value: choice for choice in choices_in(space, membership, readers)}


def make_space_of(cast, number, *, role="practitioner"):
    """Open a peers' space of the practitioner and so many others, of one role."""
    others = []
    for _other in range(number):
        person = make.make_person()
        make.make_member(partnership=cast.partnership, person=person, role=role)
        others.append(person)
    return make.make_space(partnership=cast.partnership, by=cast.practitioner, people=tuple(others))


@pytest.mark.parametrize(("others", "offered"), [(0, False), (1, False), (4, False), (5, True), (6, True)])
def test_not_named_needs_five_others(cast, others, offered):
    space = make_space_of(cast, others, role="other")
    choice = choices(cast, space, cast.practitioner)[Attribution.NOT_NAMED]
    assert choice.is_offered == offered
    assert offered or choice.reason


@pytest.mark.parametrize(("others", "offered"), [(0, False), (3, False), (4, True), (5, True)])
def test_by_role_needs_five_of_that_role(cast, others, offered):
    space = make_space_of(cast, others)
    choice = choices(cast, space, cast.practitioner)[Attribution.ROLE]
    assert choice.is_offered == offered
    assert offered or choice.reason


def test_a_role_that_one_holds_alone_is_said_to_tell_it_all(cast):
    choice = choices(cast, cast.peers, cast.academic)[Attribution.ROLE]
    assert "only one" in choice.reason


def test_former_members_do_not_count_towards_the_floor(cast):
    space = make_space_of(cast, 5, role="other")
    somebody = space.members().exclude(person=cast.practitioner).first()
    assert choices(cast, space, cast.practitioner)[Attribution.NOT_NAMED].is_offered
    partnership_actions.end_membership(membership=somebody, by=somebody.person)
    assert not choices(cast, space, cast.practitioner)[Attribution.NOT_NAMED].is_offered


@pytest.mark.parametrize("attribution", [Attribution.NOT_NAMED, Attribution.ROLE])
@pytest.mark.parametrize("place", ["one_to_one", "power_line", "wider"])
def test_the_floor_holds_in_the_action_too(cast, place, attribution):
    """Whatever a form let through."""
    note = make.make_note(by=cast.practitioner)
    with pytest.raises(ValidationError):
        make.share(note=note, space=cast[place], attribution=attribution)
    note.refresh_from_db()
    assert note.is_private
    assert note.version == 1


def test_an_attribution_that_there_is_not_is_refused(cast):
    note = make.make_note(by=cast.practitioner)
    with pytest.raises(ValidationError):
        make.share(note=note, space=cast.peers, attribution="secret")


def test_the_floor_is_looked_at_when_it_is_shared(cast, browsers):
    """The page was opened when there were enough; then somebody left."""
    space = make_space_of(cast, 5, role="other")
    note = make.make_note(by=cast.practitioner)
    url = reverse("reflections:reflection-share", args=[note.public_id])
    browser = browsers.of("practitioner")
    assert browser.get(url, {"space": space.public_id}).status_code == 200
    leaving = space.members().exclude(person=cast.practitioner).first()
    partnership_actions.leave_space(space=space, by=leaving.person)
    response = browser.post(url, {"space": space.public_id, "attribution": "not_named", "version": "1"})
    assert response.status_code == 422
    note.refresh_from_db()
    assert note.is_private


def test_when_numbers_fall_later_the_author_is_told_and_readers_see_no_change(cast, browsers):
    space = make_space_of(cast, 5, role="other")
    note = make.make_shared_note(by=cast.practitioner, space=space, attribution=Attribution.NOT_NAMED)
    people = [row.person for row in space.members().exclude(person=cast.practitioner)]
    url = reverse("reflections:reflection-detail", args=[note.public_id])
    before = browsers.of("practitioner").get(url).context["hides_nobody"]
    partnership_actions.leave_space(space=space, by=people[0])
    own = browsers.of("practitioner").get(url)
    assert (before, own.context["hides_nobody"]) == (False, True)
    others = Browsers(cast)
    others.sessions["fellow"] = session_of(people[1])
    page = others.of("fellow").get(url)
    assert page.context["hides_nobody"] is False
    assert cast.practitioner.name not in page.content.decode()


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_app_never_says_anonymous(cast, browsers):
    """Small groups recognise each other, so the word would promise too much."""
    from tests.house.code import ROOT

    for path in (ROOT / "templates").rglob("*.html"):
        # "An anonymous request" is Django's word, in comments; in what people read it is not ours.
        text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)
        for found in re.finditer(r"anonymous", text, re.I):
            around = text[max(0, found.start() - 60) : found.end() + 20]
            assert re.search(r"(never|not|no)\b[^.]*$", around[: around.lower().find("anonymous")], re.I), (
                path,
                around,
            )


def test_an_edit_shows_the_day_and_not_the_hour(cast, browsers):
    from records import actions

    write_not_named(cast, cast.fellow)
    note = Record.objects.get(public_id=NOTE_ID)
    with time_machine.travel(MOMENT, tick=False):
        actions.edit(
            note,
            by=cast.fellow,
            version=note.version,
            changes={"text": "It was the rota, again."},
            key="e",
            form="reflection-edit",
        )
    Record.objects.filter(submission="consultants").delete()
    page = browsers.of("consultant").get(reverse("reflections:reflection-detail", args=[NOTE_ID])).content.decode()
    assert "again." in page
    assert not hours_in(page)

"""Every place that shows a record follows at once: what is withheld is in no byte of any page, and in no mail.

The crawl opens every page that it can reach as several of the cast, and looks for planted words: those of what still
stands must be found (so the crawl can find), those of what was withheld must not.
"""

import email
import re
from collections import deque
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
import time_machine
from django.urls import reverse

from desk import drafts
from desk.models import Notice, Outbox
from desk.tasks import deliver_due_mail, send_due_notices
from home import needs
from partnerships.actions.shelf import add_to_shelf
from partnerships.reader import Reader
from records import actions
from records.checks import broken_rules
from records.models import Record, RecordQuerySet, SettingAside
from records.parts import Parts
from reflections import actions as reflection_actions
from tests import factories as make
from tests.access.asking import Browsers
from tests.desk import mailers
from tests.house.test_queries import MOST, queries_of

from .test_folding import fresh

CANARY = "qxzcanary"
LINKS = re.compile(r'(?:href|action)="(/[^"#]*)')
# Signing out, pages of partnerships and of the site that hold nothing of records, and more of the same list.
NOT_FOLLOWED = re.compile(
    r"/(account|admin|static|healthz|styleguide|help|privacy|accessibility|settings|people|agreement|invitations)/"
    r"|before=|draft=|/(hand-over|organisations)/"
    # Each record with each pattern: both are read on the page that leads there.
    r"|/patterns/[\w-]+/sources/[\w-]+/|/patterns/new/\?from="
)
MOST_PAGES = 600

STATES = {
    "folded": lambda cast, record: make.fold(record=record, by=cast.learning_partner),
    "set aside": lambda cast, record: make.set_aside(record=record, by=cast.steward),
    "set aside by order": lambda cast, record: actions.set_aside_by_order(
        address=record.get_absolute_url(), reason="By the court.", key=drafts.new_key(), by=cast.site_admin
    ),
    "taken back": lambda cast, record: actions.withdraw(fresh(record), by=record.author),
    "undone": lambda cast, record: actions.undo_share(fresh(record), by=record.author),
}


def plant(cast, word):
    """Share a note with that word wherever words can stand, and what leads to it: a response, a link, the shelf."""
    note = reflection_actions.write(
        by=cast.practitioner, key=drafts.new_key(), title=f"{word} title", text=f"{word} text", parts=Parts(tags=[word])
    )
    return make.share(note=note, space=cast.everyone)


def stage_of(cast):
    """Bring each state on stage twice, as a note and as a response; and one note that stands."""
    words = {"stands": f"{CANARY}standing"}
    plant(cast, words["stands"])
    for number, (state, bring) in enumerate(STATES.items()):
        words[state] = f"{CANARY}{number}note"
        note = plant(cast, words[state])
        if state != "undone":
            make.make_response(to=note, by=cast.expert, text="said below it", verb="ask")
            grown = reflection_actions.write(
                by=cast.academic, key=drafts.new_key(), text="grown from it", parts=Parts(tags=[], grown_from=[note])
            )
            make.share(note=grown, space=cast.everyone)
        if number < 2:
            address = note.get_absolute_url()
            add_to_shelf(partnership=cast.partnership, title="Thing", address=address, why="", by=cast.steward)
        make.make_draft(by=cast.manager, form="response", about=note.public_id, text="typed before")
        bring(cast, note)
        if state == "undone":
            continue
        words[f"{state}, a response"] = f"{CANARY}{number}response"
        response = make.make_response(
            to=cast.wider_note if state == "set aside by order" else cast.everyone_note,
            by=cast.practitioner,
            text=f"{CANARY}{number}response",
            verb="ask",
        )
        bring(cast, response)
    return words


def crawl(browser, words, start=()):
    """Open every page that can be reached, and give which of the words were found, each with where."""
    found: dict[str, set[str]] = {}
    nothing = f"{CANARY}nowhere"
    searches = {f"{reverse('records:search')}?q={word}": word for word in (nothing, *words.values())}
    # A search says again what was asked for: so often where there is nothing.
    echoes = browser.get(next(iter(searches))).content.decode().count(nothing)
    waiting = deque([*start, reverse("home:home"), *searches])
    seen = set(waiting)
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.popleft()
        answer = browser.get(url)
        assert answer.status_code < 500, url
        body = b"".join(answer).decode(errors="ignore")
        for word in words.values():
            if body.count(word) > (echoes if searches.get(url) == word else 0):
                found.setdefault(word, set()).add(url)
        for link in LINKS.findall(body):
            link = link.replace("&amp;", "&")
            if link not in seen and not NOT_FOLLOWED.search(link) and CANARY not in link:
                seen.add(link)
                waiting.append(link)
    return found, len(seen)


@pytest.fixture
def stage(cast):
    return cast, stage_of(cast)


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("name", ["manager", "steward", "site_admin"])
def test_no_page_that_can_be_reached_holds_a_byte_of_what_is_withheld(stage, name):
    cast, words = stage
    found, pages = crawl(Browsers(cast).of(name), words)
    assert pages < MOST_PAGES, "nothing was left out"
    standing = found.pop(words["stands"], set())
    assert found == {}
    if name != "site_admin":
        tells = {reverse("home:home"), reverse("records:stream", args=[cast.partnership.slug])}
        assert tells <= standing, "the crawl finds what stands"
        assert any("/search/" in url for url in standing)


def test_the_crawl_finds_a_planted_leak(stage, monkeypatch):
    """Otherwise it would prove nothing: without the rule, lists and pages show it all."""
    cast, words = stage
    monkeypatch.setattr("records.models.record.withheld_from", lambda reader: ~_everything())
    monkeypatch.setattr(RecordQuerySet, "standing", lambda self: self)
    start = [reverse("records:stream", args=[cast.partnership.slug]), cast.everyone_note.get_absolute_url()]
    monkeypatch.setattr(f"{__name__}.MOST_PAGES", 60)
    found, _pages = crawl(Browsers(cast).of("manager"), words, start)
    assert {words[state] for state in ("folded", "set aside", "set aside by order", "taken back")} <= set(found)
    assert words["folded, a response"] in found


def _everything():
    from django.db.models import Q

    return Q(pk__isnull=False)


def test_the_author_reads_all_of_it(stage):
    cast, words = stage
    browser = Browsers(cast).of("practitioner")
    body = browser.get(reverse("reflections:notebook")).content.decode()
    body += browser.get(reverse("reflections:notebook") + "?show=shared").content.decode()
    for state, word in words.items():
        if "response" not in state:
            assert word in body, state


# Lists, one by one -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_what_is_new_and_what_is_asked_follow(cast, state):
    note = plant(cast, CANARY)
    question = make.make_response(to=cast.everyone_note, by=cast.manager, text=CANARY, verb="ask")
    reader = Reader(cast.fellow)
    assert note.pk in {row.pk for group in needs.new_for(reader) for row in group.records}
    STATES[state](cast, note)
    assert note.pk not in {row.pk for group in needs.new_for(Reader(cast.fellow)) for row in group.records}
    if state != "undone":
        assert question.pk in {row.pk for row in needs.questions_for(Reader(cast.practitioner))}
        STATES[state](cast, question)
        assert question.pk not in {row.pk for row in needs.questions_for(Reader(cast.practitioner))}


@pytest.mark.parametrize("state", ["folded", "set aside", "taken back"])
def test_a_tag_finds_nothing_that_is_withheld(cast, client_for, state):
    note = plant(cast, CANARY)
    url = f"{reverse('records:stream', args=[cast.partnership.slug])}?tag={CANARY}"
    assert note.get_absolute_url() in client_for(cast.manager).get(url).content.decode()
    STATES[state](cast, note)
    assert note.get_absolute_url() not in client_for(cast.manager).get(url).content.decode()
    folded = client_for(cast.manager).get(reverse("records:stream", args=[cast.partnership.slug])).content.decode()
    assert (note.get_absolute_url() in folded) == (state == "folded"), "what is folded stands, without its words"


# Mail ------------------------------------------------------------------------------------------------------------


NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def at(cast, mail_server):
    """The cast at a certain moment, with nothing to be told of what was before."""
    Notice.objects.all().delete()
    Outbox.objects.all().delete()
    with time_machine.travel(NOW, tick=False) as clock:
        cast.clock = clock
        yield cast


def mails(at, *, write=True, deliver=True):
    """Let five minutes pass, and give what goes then: subjects by address."""
    at.clock.shift(timedelta(minutes=5))
    before = len(mailers.taken)
    if write:
        send_due_notices.call()
    if deliver:
        deliver_due_mail.call()
    messages = [email.message_from_bytes(raw, policy=policy.default) for raw in mailers.taken[before:]]
    return {message["To"]: message["Subject"] for message in messages}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("written", [False, True], ids=["before it is written", "in the outbox"])
def test_a_mail_not_sent_yet_does_not_go(at, state, written):
    note = plant(at, CANARY)
    if written:
        assert mails(at, deliver=False) == {}
        assert Outbox.objects.waiting().exists()
    STATES[state](at, note)
    told = mails(at)
    assert not [address for address, subject in told.items() if "new" in subject], told
    assert set(told) <= {at.practitioner.email}


@pytest.mark.parametrize("state", ["folded", "set aside", "taken back"])
def test_nor_one_of_a_response(at, state):
    response = make.make_response(to=at.everyone_note, by=at.manager)
    mails(at, deliver=False)
    STATES[state](at, response)
    told = mails(at)
    assert at.practitioner.email not in told
    assert all("yours" in subject for subject in told.values())


def test_the_author_is_told_where_and_not_what_nor_by_whom(at):
    note = plant(at, CANARY)
    mails(at)
    make.fold(record=note, by=at.manager, words="It is the street.")
    assert mails(at) == {at.practitioner.email: "A reader folded something of yours in Early Shift"}
    raw = mailers.taken[-1].decode()
    for hidden in (CANARY, "street", at.manager.name, at.manager.email):
        assert hidden not in raw
    other = plant(at, CANARY)
    mails(at)
    make.set_aside(record=other, by=at.steward)
    assert mails(at) == {at.practitioner.email: "Something of yours was set aside in Early Shift"}


@pytest.mark.parametrize("end", ["edit", "put back", "take back"])
def test_the_author_is_not_told_of_a_fold_that_is_over(at, end):
    note = plant(at, CANARY)
    mails(at)
    make.fold(record=note, by=at.manager)
    mails(at, deliver=False)
    if end == "edit":
        now = fresh(note)
        actions.edit(now, by=at.practitioner, version=now.version, changes={"text": "x"}, key="k", form="f")
    elif end == "put back":
        actions.put_back(note, reason="r", key="k", by=at.practitioner)
    else:
        actions.withdraw(fresh(note), by=at.practitioner)
    assert mails(at) == {}


# At what cost ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["folded", "set aside", "taken back"])
@pytest.mark.parametrize("name", ["practitioner", "manager", "steward"])
def test_a_page_takes_no_more_queries_for_what_became_of_it(cast, client_for, state, name):
    note = plant(cast, CANARY)
    for _response in range(3):
        response = make.make_response(to=note, by=cast.expert)
        STATES["folded"](cast, response)
    browser = client_for(cast[name])
    browser.get("/healthz")
    plain = len(queries_of(browser, note.get_absolute_url()))
    STATES[state](cast, note)
    assert len(queries_of(browser, note.get_absolute_url())) <= min(plain + 1, MOST)


def test_the_data_is_checked_for_columns_that_say_otherwise(cast):
    assert broken_rules() == []
    note = plant(cast, CANARY)
    make.fold(record=note, by=cast.manager)
    Record.objects.filter(pk=note.pk).update(folded_at=None)
    make.set_aside(record=cast.everyone_note, by=cast.steward)
    SettingAside.objects.filter(record=cast.everyone_note).update(lifted_at=NOW, lifted_by=cast.steward)
    assert {line.rpartition(" ")[2] for line in broken_rules()} == {str(note.pk), str(cast.everyone_note.pk)}

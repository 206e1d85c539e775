"""The writing part of the live page: without a script, in parts, and with what nobody may see."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convening import actions
from convening.models import Cluster, Contribution, SilentWriting, UnsignedNote
from desk import drafts
from desk.models import Draft
from records import actions as record_actions
from tests.scenery.live_writing import open_writing, paper, put_together, running, write

IN_PART = {"HX-Request": "true", "HX-Target": "div#live"}


@pytest.fixture
def session(cast):
    return running(by=cast.practitioner, space=cast.peers)


@pytest.fixture
def writing(session, cast):
    return open_writing(session, by=cast.practitioner)


def at(name, *things):
    return reverse(f"convening:{name}", args=[thing.public_id for thing in things])


def live(browser, session):
    return browser.get(at("session-live", session)).content.decode()


def sent(text="my words", wish="not_named", unseen="True", **more):
    return {"text": text, "wish": wish, "unseen": unseen, "draft_key": drafts.new_key()} | more


def plain(page):
    """Leave out what is new each time that a page is opened: tokens and keys."""
    return re.sub(r'(value|data-autosave|data-read|data-left)="[^"]*"|/drafts/[^/"]+', "", page)


def reveal(writing, cast):
    actions.reveal_writing(writing=writing, by=cast.practitioner)


def test_a_session_without_a_script(session, cast, client_for):
    """The host asks, two write, the host reveals, somebody sorts and names, and it stays with the session."""
    host, fellow, academic = (client_for(cast[name]) for name in ("practitioner", "fellow", "academic"))
    asked = {"question": "What do we notice?", "wish": "not_named", "key": "k"}
    assert host.post(at("writing-open", session), asked).status_code == 302
    writing = SilentWriting.objects.get(session=session)
    assert "What do we notice?" in live(fellow, session)
    for browser, text in ((fellow, "The ward is loud."), (academic, "Nobody rings.")):
        answer = browser.post(at("live-note", session, writing), sent(text), follow=True)
        assert "Kept. Nobody else sees it before the reveal." in answer.content.decode()
        assert text in answer.content.decode()
    assert "The ward is loud." not in live(academic, session)
    fellow.post(at("paper-notes", session, writing), {"text": "First\n\n  Second \n", "unseen": "True"})
    assert host.post(at("writing-reveal", session, writing)).status_code == 302
    page = live(academic, session)
    assert all(words in page for words in ("The ward is loud.", "Nobody rings.", "Second", "From paper"))
    assert "Fellow Q" not in page.partition('id="revealed"')[2].partition("</section>")[0]
    ids = list(Contribution.objects.filter(writing=writing).values_list("public_id", flat=True))
    academic.post(at("notes-sort", session, writing), {"note": ids, "cluster": ""})
    cluster = Cluster.objects.get(writing=writing)
    academic.post(at("cluster-name", session, cluster), {"name": "At night"})
    page = live(fellow, session)
    assert page.index("At night") < page.index("The ward is loud.") < page.index("Second")


def test_before_the_reveal_no_byte_tells_that_somebody_has_written(session, writing, cast, client_for):
    with time_machine.travel(session.starts_at + timedelta(minutes=20), tick=False):
        browsers = {name: client_for(cast[name]) for name in ("practitioner", "consultant", "academic")}
        before = {name: plain(live(browser, session)) for name, browser in browsers.items()}
        assert len(before["practitioner"]) > 3000
        for person in cast.peers_more:
            write(writing, by=person, text="hidden until then")
        paper(writing, "hidden from paper", by=cast.peers_more[0])
        assert {name: plain(live(browser, session)) for name, browser in browsers.items()} == before


def test_an_open_page_is_told_nothing_while_people_write_and_learns_of_the_reveal(session, writing, cast, client_for):
    browser = client_for(cast.academic)
    browser.get("/healthz")
    seen = re.search(r'name="seen" value="([^"]+)"', live(browser, session))[1]
    ask = lambda: browser.get(at("session-live", session), {"seen": seen}, headers=IN_PART)  # noqa: E731
    assert ask().status_code == 204
    write(writing, by=cast.fellow)
    paper(writing, by=cast.fellow)
    assert ask().status_code == 204
    reveal(writing, cast)
    assert ask().status_code == 200


def test_what_was_sent_leaves_an_empty_box_without_errors_behind(session, writing, cast, client_for):
    """Also what another form of the page sent."""
    for person, name, things, body in (
        ("fellow", "live-note", [writing], sent("kept now")),
        ("fellow", "paper-notes", [writing], {"text": "from paper", "unseen": "True"}),
        ("practitioner", "writing-reveal", [writing], {}),
        ("practitioner", "live-extend", [], {"ends": ""}),
    ):
        answer = client_for(cast[person]).post(at(name, session, *things), body, headers=IN_PART)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "error-summary" not in page
        assert not any(box.strip() for box in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S))


def test_what_is_sent_in_the_second_of_the_reveal_is_asked_about_and_then_shown(session, writing, cast, client_for):
    browser = client_for(cast.fellow)
    reveal(writing, cast)
    for headers in ({}, IN_PART):
        answer = browser.post(at("live-note", session, writing), sent("not for all yet"), headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Press once more to show yours to all." in page
        box = re.search(r'<textarea[^>]*name="text".*?</textarea>', page, re.S)[0]
        assert "not for all yet" in box
        assert "Show it to all" in page
        assert re.search(r'name="unseen"(?! value="True")', page)
    assert "not for all yet" not in live(client_for(cast.academic), session)
    assert Draft.objects.of(cast.fellow).open().filter(form="live-note").exists()
    assert browser.post(at("live-note", session, writing), sent("not for all yet", unseen="")).status_code == 302
    assert "not for all yet" in live(client_for(cast.academic), session)


def test_paper_notes_in_the_second_of_the_reveal_are_asked_about(session, writing, cast, client_for):
    reveal(writing, cast)
    typed = {"text": "one\ntwo", "unseen": "True", "draft_key": "paper"}
    answer = client_for(cast.fellow).post(at("paper-notes", session, writing), typed, headers=IN_PART)
    assert answer.status_code == 422
    assert "Press once more to show these to all." in answer.content.decode()
    assert "one\ntwo" in answer.content.decode()
    assert not UnsignedNote.objects.filter(writing=writing).exists()


def test_what_was_typed_comes_back_and_after_another_question_is_linked_to(session, writing, cast, client_for):
    browser = client_for(cast.fellow)
    about = f"{session.public_id}/{writing.public_id}"
    words = {"text": ["typed and not sent"], "wish": ["named"], "unseen": ["True"]}
    draft = Draft.keep(author=cast.fellow, key="key-of-a-draft", form="live-note", about=about, data=words)
    assert "typed and not sent" in live(browser, session)
    # An open page that asks what is new holds it already.
    assert "typed and not sent" not in browser.get(at("session-live", session), headers=IN_PART).content.decode()
    reveal(writing, cast)
    open_writing(session, by=cast.practitioner, question="And now?")
    page = live(browser, session)
    assert "typed and not sent" not in page
    assert f"{at('live-note', session, writing)}?draft={draft.key}" in page
    assert draft.key not in live(client_for(cast.academic), session)
    # It was typed as unseen, and says so: sent now, one is asked first.
    going_on = browser.get(f"{at('live-note', session, writing)}?draft={draft.key}").content.decode()
    assert "typed and not sent" in going_on
    assert re.search(r'name="unseen" value="True"', going_on)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type the notes first"),
        (" \n\n ", "Type the notes first"),
        ("x" * 501, "Note 1 is 501 characters long"),
        ("a\n" * 61, "These are 61 notes"),
        ("what is \ufffd", "did not arrive whole"),
    ],
)
def test_paper_notes_that_do_not_fit_come_back(session, writing, cast, client_for, text, said):
    typed = {"text": text, "unseen": "True", "draft_key": "paper"}
    answer = client_for(cast.fellow).post(at("paper-notes", session, writing), typed, headers=IN_PART)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not UnsignedNote.objects.filter(writing=writing).exists()


def test_sixty_paper_notes_are_sixty_and_html_is_text(session, writing, cast, client_for):
    typed = {"text": "\r\n".join(f"<b>note {n}</b>" for n in range(60)), "unseen": "True", "draft_key": "paper"}
    assert client_for(cast.fellow).post(at("paper-notes", session, writing), typed).status_code == 302
    assert UnsignedNote.objects.filter(writing=writing).count() == 60
    reveal(writing, cast)
    assert "&lt;b&gt;note 59&lt;/b&gt;" in live(client_for(cast.academic), session)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("writing-open", {"question": "", "wish": "not_named", "key": "k"}),
        ("writing-open", {"question": "x" * 301, "wish": "not_named", "key": "k"}),
        ("writing-open", {"question": "Who?", "wish": "king", "key": "k"}),
        ("writing-open", {"question": "Who?", "wish": "named", "key": "\0"}),
        ("live-note", {"text": "", "wish": "named"}),
        ("live-note", {"text": "words", "wish": "king"}),
        ("live-note", {"text": "x" * 10_001, "wish": "named"}),
        ("cluster-name", {"name": "x" * 81}),
        ("cluster-name", {"name": "two\nlines"}),
        ("notes-sort", {}),
        ("notes-sort", {"note": ["\0", "'--"], "cluster": "\0"}),
        ("cluster-merge", {}),
    ],
)
@pytest.mark.parametrize("headers", [{}, IN_PART], ids=["whole", "part"])
def test_what_is_not_right_changes_nothing_and_is_given_back(cast, client_for, name, body, headers):
    session = cast["sorted_session"]
    things = {"live-note": ["revealed_writing"], "notes-sort": ["revealed_writing"]}
    things |= {"cluster-name": ["cluster"], "cluster-merge": ["cluster"]}
    address = at(name, session, *(cast[thing] for thing in things.get(name, [])))
    before = rows_of(session)
    answer = client_for(cast.academic).post(address, body, headers=headers)
    # Without a script what is no form with words is said on the next page.
    said = name in {"notes-sort", "cluster-merge"} and not headers
    assert answer.status_code == (302 if said else 422)
    words = body.get("question") or body.get("text") or body.get("name", "")
    if words and "\0" not in words:
        assert words in answer.content.decode()
    assert rows_of(session) == before


def rows_of(session):
    notes = Contribution.objects.filter(within=session).order_by("pk").values_list("pk", "cluster", "cluster__name")
    return [*notes, SilentWriting.objects.filter(session=session).count()]


def test_while_something_is_written_on_another_question_comes_back(session, writing, cast, client_for):
    asked = {"question": "And this?", "wish": "named", "key": "k"}
    answer = client_for(cast.practitioner).post(at("writing-open", session), asked, headers=IN_PART)
    assert answer.status_code == 422
    assert 'value="And this?"' in answer.content.decode()
    assert "Reveal it first" in answer.content.decode()


def test_each_is_shown_as_they_wished_and_the_host_can_take_a_paper_note_off(cast, client_for):
    page = live(client_for(cast.academic), cast["sorted_session"])
    assert len(re.findall(r'<li class="fact">Fellow Q', page)) == 3
    remove = at("unsigned-note-remove", cast["sorted_session"], cast["revealed_paper"])
    assert remove in page
    assert remove not in live(client_for(cast.fellow), cast["sorted_session"])


def test_one_opens_the_page_late_and_after_the_end_it_stays_as_it_was(session, writing, cast, client_for):
    note = write(writing, by=cast.fellow, text="a note in a cluster")
    unseen_by_others = client_for(cast.academic).get(session.get_absolute_url()).content.decode()
    assert "a note in a cluster" not in unseen_by_others
    reveal(writing, cast)
    actions.name_cluster(cluster=put_together(writing, note, by=cast.fellow), name="Beds", by=cast.fellow)
    with time_machine.travel(session.ends_at + timedelta(minutes=1), tick=True):
        page = client_for(cast.academic).get(session.get_absolute_url()).content.decode()
        assert "Beds" in page
        assert "a note in a cluster" in page
        assert 'type="checkbox"' not in page.partition("Beds")[2].partition("</section>")[0]


def test_what_was_not_revealed_is_revealed_by_the_host_from_the_sessions_page(session, writing, cast, client_for):
    write(writing, by=cast.fellow, text="waited for it")
    address = at("writing-reveal", session, writing)
    with time_machine.travel(session.ends_at + timedelta(hours=2), tick=True):
        assert address not in client_for(cast.academic).get(session.get_absolute_url()).content.decode()
        host = client_for(cast.practitioner)
        assert address in host.get(session.get_absolute_url()).content.decode()
        assert "waited for it" in host.post(address, follow=True).content.decode()


def test_a_note_that_came_too_late_is_kept_as_a_draft(session, writing, cast, client_for):
    with time_machine.travel(session.ends_at + timedelta(minutes=1), tick=True):
        answer = client_for(cast.fellow).post(at("live-note", session, writing), sent("too late"))
        assert answer.status_code == 422
        assert "This session is over" in answer.content.decode()
        assert "too late" in answer.content.decode()
    assert Draft.objects.of(cast.fellow).open().get(form="live-note").data["text"] == ["too late"]


def test_folded_words_are_not_among_the_notes_for_others(session, writing, cast, client_for):
    note = write(writing, by=cast.fellow, text="could identify somebody")
    reveal(writing, cast)
    note.refresh_from_db()
    record_actions.fold(note, version=note.version, words="A name.", by=cast.academic, key="fold")
    for name in ("consultant", "practitioner", "academic"):
        assert "could identify somebody" not in live(client_for(cast[name]), session)
    assert "could identify somebody" in live(client_for(cast.fellow), session)


def asked_of(browser, session, box=""):
    """Return what the changing part of the page asks of the database, for a page that has that box already."""
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(at("session-live", session), {"box": box}, headers=IN_PART).status_code == 200
    return [query["sql"] for query in captured]


def test_sixty_notes_take_no_more_queries_than_one(session, writing, cast, client_for):
    notes = [write(writing, by=cast.fellow, wish="named")]
    reveal(writing, cast)
    put_together(writing, *notes, by=cast.fellow)
    browser = client_for(cast.academic)
    few = asked_of(browser, session, writing.public_id)
    for person in (cast.fellow, *cast.peers_more):
        notes += [write(writing, by=person, wish=wish) for wish in ("named", "role", "not_named") * 3]
    typed = paper(writing, *(f"line {n}" for n in range(10)), by=cast.fellow)
    for part in (notes[:20], notes[20:30], typed[:5]):
        put_together(writing, *part, by=cast.fellow)
    many = asked_of(browser, session, writing.public_id)
    assert len(many) <= len(few), "\n".join(sql[:160] for sql in many)
    bare = asked_of(browser, running(by=cast.practitioner, space=cast.peers))
    # The notes, those from paper, and how many read them.
    assert len(many) <= len(bare) + 3, "\n".join(sql[:160] for sql in many)
    with_box = asked_of(browser, session)
    # What was typed and not sent, and who is there with the roles among which one is named.
    assert len(with_box) <= len(many) + 5, "\n".join(sql[:160] for sql in with_box)


def test_a_box_that_an_open_page_has_is_not_sent_again_and_another_one_is(session, writing, cast, client_for):
    browser = client_for(cast.fellow)
    field = 'name="text"'
    assert field in live(browser, session)
    has_it = {"data": {"box": writing.public_id}, "headers": IN_PART}
    reveal(writing, cast)
    answer = browser.get(at("session-live", session), **has_it).content.decode()
    assert f'id="box-{writing.public_id}" hx-morph-skip data-kept></div>' in answer
    assert field not in answer
    # Opened anew it has none, whatever stands in its address.
    assert field in browser.get(at("session-live", session), {"box": writing.public_id}).content.decode()
    other = open_writing(session, by=session.host, question="And now?")
    answer = browser.get(at("session-live", session), **has_it).content.decode()
    assert f'id="box-{other.public_id}"' in answer
    assert field in answer

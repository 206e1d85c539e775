"""Keeping what was said at a session: a note of one's own begins with those words, and leads back to them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.models import Cluster, Contribution, SilentWriting, UnsignedNote
from desk.models import Draft
from partnerships.reader import Reader
from records.links import sources_for
from records.models import Link, Record
from reflections.models import Reflection
from tests import factories as make

from . import after_made as made

NEW = reverse("reflections:reflection-new")


@pytest.fixture
def session(cast):
    """Give a running session in the peers' space, hosted by the practitioner."""
    return made.held(cast, ago=timedelta(minutes=10))


def silent_writing(session, *, revealed=True):
    now, host = timezone.now(), session.host
    who = {"revealed_at": now, "revealed_by": host} if revealed else {}
    return SilentWriting.objects.create(
        session=session, question="Who rings?", opened_at=now, opened_by=host, submission=f"w{revealed}", **who
    )


def unsigned(writing, text="On paper", *, cluster=None):
    return UnsignedNote.objects.create(
        writing=writing,
        source="paper",
        typed_by=writing.opened_by,
        text=text,
        made_at=timezone.now(),
        submission=text[:24],
        cluster=cluster,
    )


def in_cluster(writing, name="Nights"):
    return Cluster.objects.create(writing=writing, name=name, made_at=timezone.now(), made_by=writing.opened_by)


def written(session, by, text, *, wish="named", revealed=True, **columns):
    row = make.make_contribution(to=session, by=by, text=text, wish=wish)
    if revealed:
        actions.reveal(session=session, by=session.host)
    Contribution.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    return row


def keep(browser, source, quote):
    return browser.get(NEW, {"from": source.public_id, "quote": quote.public_id})


def box_of(answer):
    return answer.context["form"]["text"].value()


def test_a_note_begins_with_what_was_written_and_leads_back_to_it(cast, session, client_for):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    browser = client_for(cast.consultant)
    before = Record.objects.count(), Draft.objects.count()
    answer = keep(browser, row, row)
    body = answer.content.decode()
    assert box_of(answer) == "“Did anyone ask him twice?”\n\n"
    until_the_box = body.partition('<h1 class="heading-section">Write</h1>')[2].partition("</textarea>")[0]
    assert "Leave out who said it" in until_the_box and cast.fellow.name not in until_the_box
    assert row.get_absolute_url() in body and f'name="grown_from" value="{row.public_id}"' in body
    assert (Record.objects.count(), Draft.objects.count()) == before
    data = {"text": f"{box_of(answer)}I never do.", "audience": "me", "person_level": "1", "draft_key": "k"}
    assert browser.post(NEW, data | {"grown_from": row.public_id}).status_code == 302
    note = Reflection.objects.get(text__contains="I never do.")
    assert (note.author, note.space) == (cast.consultant, None)
    assert Link.objects.get(grown=note).source_id == row.pk
    page = browser.get(note.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in page


def test_an_unsigned_note_and_a_cluster_lead_to_the_session(cast, session, client_for):
    writing = silent_writing(session)
    cluster = in_cluster(writing)
    paper = unsigned(writing, "Nobody, at eleven", cluster=cluster)
    written(session, cast.fellow, "The ward rings us", cluster=cluster, writing=writing, wish="not_named")
    browser = client_for(cast.consultant)
    one, all_of_it = keep(browser, session, paper), keep(browser, session, cluster)
    assert box_of(one) == "“Nobody, at eleven”\n\n"
    assert box_of(all_of_it) == "Nights\n“The ward rings us”\n“Nobody, at eleven”\n\n"
    for answer in (one, all_of_it):
        assert f'name="grown_from" value="{session.public_id}"' in answer.content.decode()
        assert session.get_absolute_url() in answer.content.decode()


def test_the_words_are_in_no_address(cast, session, client_for):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    page = client_for(cast.consultant).get(session.get_absolute_url()).content.decode()
    address = f"{NEW}?partnership={cast.partnership.slug}&amp;from={row.public_id}&amp;quote={row.public_id}"
    assert f'href="{address}"' in page and "twice" not in address


def test_what_is_unseen_cannot_be_kept_not_even_by_its_author(cast, session, client_for):
    """A note that grew from it before the reveal would tell who wrote what is shown without a name."""
    row = written(session, cast.fellow, "Unseen", revealed=False)
    writing = silent_writing(session, revealed=False)
    paper, cluster = unsigned(writing), in_cluster(writing)
    for person in (cast.fellow, cast.practitioner, cast.consultant):
        browser = client_for(person)
        assert keep(browser, row, row).status_code == 404
        assert keep(browser, session, paper).status_code == 404
        assert keep(browser, session, cluster).status_code == 404
    assert sources_for(Reader(cast.fellow), [row.public_id]) == []
    page = client_for(cast.fellow).get(NEW, {"from": row.public_id}).content.decode()
    assert "This comes from" not in page


@pytest.mark.parametrize("what", ["folded", "taken back", "session folded"])
def test_what_is_withheld_cannot_be_kept(cast, session, client_for, what):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    writing = silent_writing(session)
    cluster = in_cluster(writing, name="")
    Contribution.objects.filter(pk=row.pk).update(cluster=cluster)
    paper = unsigned(writing, "Nobody, at eleven")
    if what == "folded":
        make.fold(record=Record.objects.get(pk=row.pk), by=cast.consultant)
    elif what == "taken back":
        make.withdraw(record=Record.objects.get(pk=row.pk))
    else:
        make.fold(record=session, by=cast.consultant)
    browser = client_for(cast.academic)
    if what == "session folded":
        assert keep(browser, session, paper).status_code == 404
    else:
        assert keep(browser, row, row).status_code == 404
    assert keep(browser, session, cluster).status_code == 404
    if what == "taken back":
        assert keep(client_for(cast.fellow), row, row).status_code == 404


def test_nobody_outside_the_space_keeps_anything(cast, session, client_for):
    row, writing = written(session, cast.fellow, "Did anyone ask him twice?"), silent_writing(session)
    for person in (cast.manager, cast.outsider, cast.former, cast.site_admin):
        browser = client_for(person)
        for source, quote in (
            (row, row),
            (session, unsigned(writing, f"p{person.pk}")),
            (session, in_cluster(writing)),
        ):
            assert keep(browser, source, quote).status_code == 404


def test_words_of_another_session_or_of_something_else_are_not_kept(cast, session, client_for):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    paper = unsigned(silent_writing(session))
    other = made.held(cast, ago=timedelta(minutes=5))
    browser = client_for(cast.consultant)
    wrong = [
        {"from": other.public_id, "quote": paper.public_id},
        {"from": session.public_id, "quote": row.public_id},
        {"from": row.public_id, "quote": paper.public_id},
        {"from": cast.peers_note.public_id, "quote": cast.peers_note.public_id},
        {"from": session.public_id, "quote": ""},
        {"from": session.public_id, "quote": "nul\0" * 9},
        {"quote": paper.public_id},
    ]
    for query in wrong:
        assert browser.get(NEW, query).status_code == 404, query


def test_a_draft_that_was_begun_so_goes_on_with_what_was_typed(cast, session, client_for):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    data = {"text": ["“Did anyone ask him twice?”\n\nNo."], "grown_from": [row.public_id]}
    Draft.keep(author=cast.consultant, key="d", form="reflection", about="", data=data)
    browser = client_for(cast.consultant)
    answer = browser.get(NEW, {"draft": "d", "from": row.public_id, "quote": row.public_id})
    assert box_of(answer).endswith("No.")
    assert f'name="grown_from" value="{row.public_id}"' in answer.content.decode()


def test_taken_back_meanwhile_the_words_typed_are_saved_without_a_way_there(cast, session, client_for):
    row = written(session, cast.fellow, "Did anyone ask him twice?")
    make.withdraw(record=Record.objects.get(pk=row.pk))
    data = {
        "text": "My own words.",
        "audience": "me",
        "person_level": "1",
        "draft_key": "k",
        "grown_from": row.public_id,
    }
    answer = client_for(cast.consultant).post(NEW, data, follow=True)
    assert "no longer shared with you" in answer.content.decode()
    assert not Link.objects.filter(grown=Reflection.objects.get(text="My own words.")).exists()


def test_what_grew_from_words_without_a_name_names_nobody(cast, session, client_for):
    """The author of what is not named keeps words like anybody else; the link says nothing about them."""
    row = written(session, cast.fellow, "Did anyone ask him twice?", wish="not_named")
    assert row.attribution == "not_named"
    seen = {}
    for person in (cast.fellow, cast.consultant):
        browser = client_for(person)
        note = make.make_note(by=person, text="Kept")
        Link.objects.create(source_id=row.pk, grown_id=note.pk, made_at=timezone.now())
        make.share(note=note, space=cast.peers)
        page = client_for(cast.academic).get(note.get_absolute_url()).content.decode()
        aside = page.partition("Where this comes from")[2].partition("</div>")[0]
        seen[person.pk] = aside
        assert cast.fellow.name not in aside
        assert browser.get(note.get_absolute_url()).status_code == 200
    assert len(set(seen.values())) == 1

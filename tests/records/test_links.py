"""What grew from what: shown to those who may read both ends, and never a word more."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk import notices
from desk.models import Notice
from desk.models.notices import next_morning
from partnerships.actions import leave_space
from partnerships.models import Mute
from partnerships.reader import Reader
from records import actions, links
from records.models import Attribution, Link, Record
from records.parts import Parts
from reflections.actions import write
from reflections.models import Reflection
from tests import factories as make
from tests.access.asking import Browsers, plain

NOT_SHARED = "A source not shared with you"
NEW = reverse("reflections:reflection-new")


def grow(source, *, by, space=None, attribution=Attribution.NAMED, text="what came of it", key=""):
    """Write on from a record, and share it where a space is given."""
    note = write(by=by, text=text, title=text, key=key or f"g-{text}"[:24], parts=Parts(grown_from=[source]))
    return make.share(note=note, space=space, attribution=attribution) if space else note


def body_of(client_for, person, record):
    answer = client_for(person).get(record.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def compose(browser, source, **fields):
    body = {"draft_key": "k1", "text": "What I take away.", "person_level": "1", "audience": "me"}
    return browser.post(NEW, {**body, "grown_from": source.public_id, **fields})


# Writing on


def test_a_reader_writes_on_from_the_page_of_a_note(cast, client_for):
    browser = client_for(cast.fellow)
    page = browser.get(cast.peers_note.get_absolute_url()).content.decode()
    address = f"{NEW}?partnership={cast.partnership.slug}&amp;from={cast.peers_note.public_id}"
    assert address in page
    opened = browser.get(address.replace("&amp;", "&"))
    assert "This comes from" in opened.content.decode()
    assert f'name="grown_from" value="{cast.peers_note.public_id}"' in opened.content.decode()
    assert compose(browser, cast.peers_note).status_code == 302
    note = Reflection.objects.get(submission="k1")
    assert [link.source_id for link in note.links_back.all()] == [cast.peers_note.pk]
    assert note.is_private


def test_one_writes_on_from_ones_own_private_note(cast, client_for):
    assert compose(client_for(cast.practitioner), cast.private_note).status_code == 302
    body = body_of(client_for, cast.practitioner, cast.private_note)
    assert "What came of this" in body
    assert "What I take away." in body


@pytest.mark.parametrize("hidden", ["power_line_note", "sibling_note", "withdrawn_note", "private_note", "response"])
def test_only_what_the_writer_can_read_is_a_source(cast, client_for, hidden):
    browser = client_for(cast.fellow)
    source = cast[hidden]
    page = browser.get(NEW, {"from": source.public_id}).content.decode()
    assert "This comes from" not in page
    assert source.public_id not in page
    answer = compose(browser, source)
    assert answer.status_code == 302, "the words are saved all the same"
    assert not Link.objects.filter(grown__submission="k1").exists()
    assert not Link.objects.filter(source=source).exists()


@pytest.mark.parametrize("hidden", ["power_line_note", "sibling_note"])
def test_the_page_tells_nothing_of_a_source_that_is_hidden(cast, hidden):
    browser = Browsers(cast).of("fellow")
    answers = [plain(browser.get(NEW, {"from": public_id})) for public_id in (cast[hidden].public_id, "AAAAAAAAAAAA")]
    assert answers[0] == answers[1]


def test_a_source_that_was_taken_back_meanwhile_makes_no_link_and_the_writer_is_told(cast, client_for):
    browser = client_for(cast.fellow)
    actions.withdraw(cast.peers_note, by=cast.practitioner)
    answer = browser.get(compose(browser, cast.peers_note).url)
    assert "nothing leads there" in answer.content.decode()
    assert not Link.objects.filter(source=cast.peers_note).exists()


def test_it_is_looked_at_once_more_as_it_is_saved(cast):
    """Whatever a form let through: the action asks the rule of reading again."""
    grow(cast.power_line_note, by=cast.fellow)
    assert not Link.objects.filter(source=cast.power_line_note).exists()


def test_a_draft_keeps_where_it_came_from(cast, client_for):
    browser = client_for(cast.fellow)
    data = {"text": "half a sen", "draft_form": "reflection", "grown_from": cast.peers_note.public_id}
    browser.post(reverse("desk:draft-save", args=["d1"]), data, headers={"HX-Request": "true"})
    page = browser.get(NEW, {"draft": "d1"}).content.decode()
    assert f'value="{cast.peers_note.public_id}"' in page
    assert "This comes from" in page


def test_a_repeated_post_makes_one_link(cast, client_for):
    browser = client_for(cast.fellow)
    assert [compose(browser, cast.peers_note).status_code for _again in range(2)] == [302, 302]
    assert Link.objects.filter(grown__submission="k1").count() == 1


# Who is shown what


def test_both_ends_lead_to_each_other_for_who_reads_both(cast, client_for):
    grown = grow(cast.peers_note, by=cast.fellow, space=cast.peers)
    body = body_of(client_for, cast.consultant, grown)
    assert "Where this comes from" in body
    assert cast.peers_note.get_absolute_url() in body
    body = body_of(client_for, cast.consultant, cast.peers_note)
    assert "What came of this" in body
    assert grown.get_absolute_url() in body


def test_a_source_that_one_may_not_read_has_no_title_author_or_address(cast, client_for):
    source = make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Secret title", text="secret words")
    grown = grow(source, by=cast.fellow, space=cast.everyone)
    body = body_of(client_for, cast.manager, grown)
    assert NOT_SHARED in body
    for hidden in ("Secret title", "secret words", source.public_id, cast.practitioner.name):
        assert hidden not in body[body.find("Where this comes from") :], hidden


@pytest.mark.parametrize("reader", ["manager", "practitioner", "learning_partner", "steward", "former", "outsider"])
@pytest.mark.parametrize("space", ["everyone", "wider"])
def test_what_grew_and_is_hidden_changes_no_byte(cast, reader, space):
    """World with a grown note that the reader may not read, and without it: not counted, not hinted at."""
    browser = Browsers(cast).of(reader)
    source = cast[f"{space}_note"]
    pages = [source.get_absolute_url(), reverse("home:home"), reverse("records:landscape")]

    def seen():
        return [plain(browser.get(page)) for page in pages]

    before = seen()
    with transaction.atomic():
        grow(source, by=cast.fellow, text="kept to oneself")
        grow(source, by=cast.academic, text="taken back", space=cast.peers)
        actions.withdraw(Record.objects.get(title="taken back"), by=cast.academic)
        if reader in {"manager", "outsider", "learning_partner", "steward", "former"}:
            grow(source, by=cast.fellow, text="among peers", space=cast.peers)
        after = seen()
        transaction.set_rollback(True)
    assert before == after
    assert before[0][0] in {200, 404}


def test_the_comparison_can_fail(cast):
    browser = Browsers(cast).of("consultant")
    before = plain(browser.get(cast.everyone_note.get_absolute_url()))
    grow(cast.everyone_note, by=cast.fellow, space=cast.peers)
    assert plain(browser.get(cast.everyone_note.get_absolute_url())) != before


@pytest.mark.parametrize(("end", "said"), [("withdraw", "Taken back"), ("fold", "Folded for now")])
def test_what_became_of_a_source_is_said_to_who_could_read_it_alone(cast, client_for, end, said):
    source = make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Secret title", text="secret words")
    grown = grow(source, by=cast.fellow, space=cast.everyone)
    if end == "withdraw":
        actions.withdraw(source, by=cast.practitioner)
    else:
        make.fold(record=source, by=cast.academic)
    body = body_of(client_for, cast.consultant, grown)
    assert said in body
    assert source.get_absolute_url() in body
    assert "Secret title" not in body
    body = body_of(client_for, cast.manager, grown)
    assert said not in body
    assert NOT_SHARED in body
    assert "Secret title" in body_of(client_for, cast.practitioner, grown), "its own author reads it still"


def test_what_grew_and_was_folded_is_not_there_but_for_its_author(cast, client_for):
    grown = grow(cast.peers_note, by=cast.fellow, space=cast.peers, text="grown and folded")
    make.fold(record=grown, by=cast.academic)
    assert "grown and folded" not in body_of(client_for, cast.consultant, cast.peers_note)
    assert "What came of this" not in body_of(client_for, cast.consultant, cast.peers_note)
    assert "grown and folded" in body_of(client_for, cast.fellow, cast.peers_note)


def test_after_leaving_the_space_the_author_finds_a_source_that_is_not_shared_with_them(cast, client_for):
    grown = grow(cast.peers_note, by=cast.fellow)
    leave_space(space=cast.peers, by=cast.fellow)
    body = body_of(client_for, cast.fellow, grown)
    assert NOT_SHARED in body
    assert cast.peers_note.public_id not in body


# Not named


def test_where_something_not_named_came_from_is_shown_only_where_all_could_read_it(cast, client_for):
    """A note from a one to one, not named among peers, would tell which of the two wrote it."""
    few = make.make_shared_note(by=cast.learning_partner, space=cast.one_to_one, title="Between two")
    grown = grow(few, by=cast.practitioner, space=cast.peers, attribution=Attribution.NOT_NAMED, text="from two")
    for reader in (cast.consultant, cast.fellow):
        body = body_of(client_for, reader, grown)
        assert "Where this comes from" not in body
        assert NOT_SHARED not in body
    assert "Between two" in body_of(client_for, cast.practitioner, grown)
    # The other of the two reads the source, and cannot read what grew; nor is anybody told there.
    assert "from two" not in body_of(client_for, cast.learning_partner, few)
    assert not links.around(Reader(cast.consultant), Record.objects.get(pk=grown.pk)).not_shared


@pytest.mark.parametrize("attribution", [Attribution.NOT_NAMED, Attribution.ROLE])
def test_from_what_was_in_a_notebook_then_nobody_can_tell_who_wrote_on(cast, client_for, attribution):
    """Shared later, by name and with its day, the source would tell: nobody but its author could have begun there."""
    source = make.make_note(by=cast.fellow, text="first for me alone", title="first for me alone")
    grown = grow(source, by=cast.fellow, space=cast.peers, attribution=attribution)
    make.share(note=source, space=cast.peers)
    for person, is_shown in ((cast.fellow, True), (cast.academic, False), (cast.practitioner, False)):
        assert ("first for me alone" in body_of(client_for, person, grown)) is is_shown
        assert ("what came of it" in body_of(client_for, person, source)) is is_shown
        assert "A source not shared with you" not in body_of(client_for, person, grown)
    # What many could have begun from tells of nobody.
    shared = make.make_shared_note(by=cast.fellow, space=cast.peers, title="read by many")
    grown = grow(shared, by=cast.fellow, space=cast.peers, attribution=attribution, text="of many")
    assert "read by many" in body_of(client_for, cast.academic, grown)


@pytest.mark.parametrize("place", ["peers", "everyone", "wider"])
def test_from_where_all_who_read_it_read_the_link_shows(cast, client_for, place):
    source = make.make_shared_note(by=cast.consultant, space=cast[place], title="Open to all of them")
    attribution = Attribution.NOT_NAMED
    grown = grow(source, by=cast.fellow, space=cast.peers, attribution=attribution)
    assert "Open to all of them" in body_of(client_for, cast.academic, grown)
    assert grown.get_absolute_url() in body_of(client_for, cast.academic, source)


# Taking it off, deleting


def test_its_author_takes_the_link_off(cast, client_for):
    grown = grow(cast.peers_note, by=cast.fellow, space=cast.peers)
    link = grown.links_back.get()
    url = reverse("records:link-delete", args=[link.public_id])
    assert url in body_of(client_for, cast.fellow, grown)
    assert url not in body_of(client_for, cast.consultant, grown)
    browser = client_for(cast.fellow)
    assert cast.peers_note.text in browser.get(url).content.decode()
    assert Link.objects.filter(pk=link.pk).exists(), "looking changes nothing"
    assert browser.post(url).status_code == 302
    assert not Link.objects.filter(pk=link.pk).exists()
    assert browser.post(url).status_code == 404
    assert "Where this comes from" not in body_of(client_for, cast.consultant, grown)


def test_nobody_else_takes_it_off_not_even_the_author_of_the_source(cast):
    link = grow(cast.peers_note, by=cast.fellow, space=cast.peers).links_back.get()
    for person in (cast.practitioner, cast.consultant, cast.steward):
        with pytest.raises(PermissionDenied):
            actions.remove_link(link=link, by=person)


def test_deleting_the_source_leaves_no_trace(cast, client_for):
    source = make.make_note(by=cast.fellow, title="Gone soon")
    grown = grow(source, by=cast.fellow, space=cast.peers)
    assert NOT_SHARED in body_of(client_for, cast.consultant, grown)
    actions.delete(source, by=cast.fellow)
    assert not Link.objects.filter(grown=grown).exists()
    for reader in (cast.consultant, cast.fellow):
        body = body_of(client_for, reader, grown)
        assert NOT_SHARED not in body
        assert "Where this comes from" not in body


def test_deleting_what_grew_leaves_none_either(cast, client_for):
    grown = grow(cast.peers_note, by=cast.practitioner)
    actions.delete(grown, by=cast.practitioner)
    assert "What came of this" not in body_of(client_for, cast.practitioner, cast.peers_note)


# Being told


def told(person, grown):
    """Give the line of the notice that the person gets of what grew, or None."""
    notice = Notice.objects.filter(person=person, kind="grown", about=grown.public_id).first()
    return notices._finders["grown"](person, grown.public_id) if notice else None


def test_the_author_of_the_source_is_told_where_and_not_what(cast):
    grown = grow(cast.peers_note, by=cast.fellow, text="secret words")
    assert not Notice.objects.filter(kind="grown", about=grown.public_id).exists(), "nothing is shared yet"
    make.share(note=grown, space=cast.peers)
    line = told(cast.practitioner, grown)
    assert line.words == "Something came of what you shared, in Early peers"
    assert line.place == "Early Shift"
    assert not Notice.objects.filter(kind="grown", about=grown.public_id).exclude(person=cast.practitioner).exists()
    for hidden in ("secret words", cast.fellow.name):
        assert hidden not in f"{line.place} {line.words} {line.address}"


def test_nobody_is_told_of_what_they_may_not_read_or_know(cast):
    elsewhere = grow(cast.everyone_note, by=cast.manager, space=cast.power_line, text="one")
    assert told(cast.practitioner, elsewhere) is not None
    leave_space(space=cast.power_line, by=cast.practitioner)
    assert told(cast.practitioner, elsewhere) is None
    grown = grow(cast.peers_note, by=cast.fellow, space=cast.peers, text="two")
    Mute.objects.create(person=cast.practitioner, space=cast.peers)
    assert told(cast.practitioner, grown) is None
    Mute.objects.all().delete()
    assert told(cast.practitioner, grown) is not None
    actions.undo_share(Record.objects.get(pk=grown.pk), by=cast.fellow)
    assert told(cast.practitioner, grown) is None


def test_of_what_is_not_named_the_hour_is_not_told(cast):
    source = make.make_shared_note(by=cast.practitioner, space=cast.peers)
    grown = grow(source, by=cast.fellow, space=cast.peers, attribution=Attribution.NOT_NAMED)
    assert Notice.objects.get(kind="grown", about=grown.public_id).due_at == next_morning()
    few = make.make_shared_note(by=cast.learning_partner, space=cast.everyone)
    hidden = grow(few, by=cast.fellow, space=cast.peers, attribution=Attribution.NOT_NAMED, text="hidden")
    assert told(cast.learning_partner, hidden) is None


def test_home_says_that_something_came_of_what_one_shared(cast, client_for):
    make.make_shared_note(by=cast.fellow, space=cast.peers, title="Grew from nothing")
    said, home = "It came of what you shared.", reverse("home:home")
    before = client_for(cast.practitioner).get(home).content.decode().count(said)
    grow(cast.peers_note, by=cast.fellow, space=cast.peers, text="Grew from yours")
    body = client_for(cast.practitioner).get(home).content.decode()
    assert body.count(said) == before + 1
    assert said in body[body.find("Grew from yours") :]
    assert said not in client_for(cast.consultant).get(reverse("home:home")).content.decode()


# As many queries


def test_links_take_one_query_and_none_where_there_are_none(cast, client_for):
    browser = client_for(cast.practitioner)
    browser.get("/healthz")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(cast.peers_note.get_absolute_url()).status_code == 200
        return [query["sql"] for query in captured if '"records_link"' in query["sql"]]

    without = len(queries())
    for number in range(5):
        grow(cast.peers_note, by=cast.fellow, space=cast.peers, text=f"grown {number}", key=f"g{number}")
    few = len(queries())
    assert few == without + 1
    for number in range(5, 25):
        grow(cast.peers_note, by=cast.fellow, space=cast.peers, text=f"grown {number}", key=f"g{number}")
    assert len(queries()) == few

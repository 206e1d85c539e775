"""The pages of the library: cards by kind, versions with their differences, readings side by side, and words kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curating.models import BoundaryObject, Reading
from desk import drafts
from desk.models import Draft
from partnerships.actions import leave_space
from records import actions as record_actions
from records.models import Attachment, Link
from tests import factories as make
from tests.records.made import picture

from . import made

pytestmark = pytest.mark.once


def posted(**words):
    return {"draft_key": drafts.new_key(), **words}


def said(**words):
    return posted(title="Our plan", sort="plan", why="It is agreed.", text="Kept words.") | words


def page_of(browser, address):
    return browser.get(address).content.decode()


def new(cast):
    return reverse("curating:library-new", args=[cast.partnership.slug])


def test_it_is_brought_in_with_a_picture_and_a_document_and_changed_without_losing_either(cast, client_for):
    browser = client_for(cast.fellow)
    sent = said(space=cast.peers.public_id) | {
        "photos": made.called("plan.jpg", picture()),
        "documents": [made.called("../Our <plan>\u202e.pdf", made.PDF), made.called("b.csv", b"a;b\n1;2\n")],
    }
    answer = browser.post(new(cast), sent)
    found = BoundaryObject.objects.latest("created_at")
    assert answer.headers["Location"] == found.get_absolute_url()
    page = page_of(browser, found.get_absolute_url())
    assert "Our plan" in page and 'class="document"' in page and "<img" in page
    document = found.attachments.get(media_type="application/pdf")
    file = client_for(cast.academic).get(reverse("records:attachment-file", args=[document.public_id]))
    assert file.headers["Content-Disposition"] == "attachment"
    assert 'download="Our plan.pdf"' in page
    assert file.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in file.headers["Content-Security-Policy"]
    edit = reverse("curating:object-edit", args=[found.public_id])
    change = said(version=1, change="The second half.", text="Kept words, and more.", take_off=document.public_id)
    assert client_for(cast.academic).post(edit, change).status_code == 302
    assert "Our plan.pdf" not in page_of(browser, found.get_absolute_url()) and found.attachments.count() == 3
    second = page_of(browser, reverse("curating:version-detail", args=[found.public_id, 2]))
    assert "<ins>" in second and "and more" in second and "Left out:" in second and "The second half." in second
    first = page_of(browser, reverse("curating:version-detail", args=[found.public_id, 1]))
    assert reverse("records:attachment-file", args=[document.public_id]) in first


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"title": ""}, "Give it a name"),
        ({"sort": "poem"}, "Choose one of these"),
        ({"why": ""}, "why it matters"),
        ({"why": "w" * 301}, "300"),
        ({"text": "", "title": "Kept words."}, "Say it in words"),
        ({"space": "AAAAAAAAAAAA"}, "not in that space"),
        ({"origin_id": "AAAAAAAAAAAA"}, "taken back meanwhile"),
        ({"documents": made.called("a.docm", made.word_document(**{"word/vbaProject.bin": b"x"}))}, "There are macros"),
        ({"documents": made.called("page.pdf", b"<html>%PDF-")}, "no document that is taken here"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for, words, told):
    response = client_for(cast.fellow).post(new(cast), said(space=cast.peers.public_id) | words)
    page = response.content.decode()
    assert response.status_code == 422 and told in page and "Kept words." in page


def test_files_sent_with_a_form_that_was_wrong_need_not_be_sent_again(cast, client_for):
    browser, body = client_for(cast.fellow), said(space=cast.peers.public_id, why="")
    page = browser.post(new(cast), body | {"documents": made.called("Times.pdf", made.PDF)}).content.decode()
    kept = Attachment.objects.get(draft_key=body["draft_key"])
    assert f'value="{kept.public_id}"' in page and "Times" in page
    box = f"description_{kept.public_id}"
    assert f'name="{box}"' in page and ">\nTimes</textarea>" in page
    browser.post(new(cast), body | {"why": "It matters.", "shown_file": kept.public_id, box: "Times of day"})
    assert BoundaryObject.objects.latest("created_at").attachments.get().called == "Times of day"


def test_a_note_takes_no_document(cast, client_for):
    body = posted(text="A note.", person_level="1", audience="me", documents=made.called("a.pdf", made.PDF))
    client_for(cast.academic).post(reverse("reflections:reflection-new"), body)
    assert not Attachment.objects.filter(kind="document", owner=cast.academic).exists()


def test_a_stale_version_shows_both_texts(cast, client_for):
    found = cast["library_object"]
    address = reverse("curating:object-edit", args=[found.public_id])
    body = {"version": found.version, "change": "c", "title": found.title, "sort": found.sort, "why": found.why}
    assert client_for(cast.fellow).post(address, posted(text="Theirs is this.") | body).status_code == 302
    response = client_for(cast.academic).post(address, posted(text="Mine is other.") | body)
    page = response.content.decode()
    assert response.status_code == 409 and "Mine is other." in page and "Theirs is this." in page
    assert Draft.objects.filter(author=cast.academic, form="boundary-object-edit").exists()


def test_readings_stand_side_by_side_each_under_its_heading(cast, client_for):
    address = cast["library_object"].get_absolute_url()
    made.reading(cast["library_object"], by=cast.academic, text="what I miss")
    page = page_of(client_for(cast.consultant), address)
    columns = page.split('class="side"')[1:]
    assert len(columns) == 2 and "reading words" in columns[0] and "reading without a name" in columns[0]
    assert "what I miss" in columns[1] and "Academic" in columns[1]
    without = columns[0][columns[0].index(f"reading-{cast['role_reading'].public_id}") :].split("</article>")[0]
    assert cast.practitioner.name not in without and "Somebody in this role" in without
    record_actions.withdraw(cast["reading"], by=cast.fellow)
    assert "reading words" not in page_of(client_for(cast.consultant), address)
    assert "reading words" in page_of(client_for(cast.fellow), cast["reading"].get_absolute_url())


def test_a_floor_is_explained_where_it_is_not_reached(cast, client_for):
    page = page_of(client_for(cast.academic), cast["library_object"].get_absolute_url())
    assert "You are the only one here whose role is" in page and 'value="role:role"' not in page
    address = reverse("curating:reading-new", args=[cast["library_object"].public_id])
    refused = client_for(cast.academic).post(address, posted(text="w", way="role:role", of_version="2"))
    assert refused.status_code == 422 and not Reading.objects.filter(author=cast.academic).exists()


def test_a_response_is_kept_by_a_link_and_its_words_stay_its_authors(cast, client_for):
    said_there = make.make_response(to=cast["library_object"], by=cast.fellow, text="The ferry is missing.")
    browser = client_for(cast.academic)
    link = f"{new(cast)}?from={said_there.public_id}"
    assert link in page_of(browser, cast["library_object"].get_absolute_url())
    opened = browser.get(link).context["form"]
    assert [key for key, _label in opened.fields["space"].choices] == [cast.peers.public_id]
    body = said(space=cast.peers.public_id, origin_id=said_there.public_id)
    kept = browser.post(new(cast), body).headers["Location"]
    page = page_of(browser, kept)
    assert "Where this comes from" in page and Link.objects.filter(source=said_there.pk).exists()
    record_actions.withdraw(said_there, by=cast.fellow)
    assert "ferry" not in page_of(browser, kept)
    # Of what one may not read nothing is begun with.
    hidden = client_for(cast.manager).get(link).content.decode()
    assert "ferry" not in hidden and said_there.public_id not in hidden.replace(link, "")


def test_what_was_said_of_the_superseded_leads_on_and_who_left_is_followed(cast, client_for):
    found = cast["library_object"]
    other = made.an_object(by=cast.fellow, space=cast.peers, title="The new bus map")
    state = reverse("curating:object-state", args=[found.public_id])
    body = {"seen": "live", "state": "superseded", "by_which": "", "reason": "Typed."}
    page = client_for(cast.academic).post(state, posted(**body)).content.decode()
    assert "Choose what takes its place" in page and "Typed." in page
    assert client_for(cast.academic).post(state, posted(**body | {"by_which": other.public_id})).status_code == 302
    assert other.get_absolute_url() in page_of(client_for(cast.consultant), found.get_absolute_url())
    stale = client_for(cast.fellow).post(state, posted(seen="live", state="retired", reason="Mine."))
    assert stale.status_code == 409 and "Mine." in stale.content.decode()
    leave_space(space=cast.peers, by=cast.practitioner)
    curator = reverse("curating:object-curator", args=[found.public_id])
    browser = client_for(cast.academic)
    assert curator in page_of(browser, found.get_absolute_url())
    own = [*browser.get(curator).context["form"].members]
    assert len(own) == 1 and browser.post(curator, {"curator": own[0]}).status_code == 302
    assert BoundaryObject.objects.get(pk=found.pk).curator == cast.academic


def test_a_file_is_deleted_for_good_after_a_page_that_names_it(cast, client_for):
    found, file = cast["library_object"], cast["library_file"]
    address = reverse("curating:file-delete", args=[found.public_id, file.public_id])
    assert address in page_of(client_for(cast.practitioner), found.get_absolute_url())
    assert address in page_of(client_for(cast.fellow), found.get_absolute_url())
    assert address not in page_of(client_for(cast.academic), found.get_absolute_url())
    assert client_for(cast.practitioner).post(address).status_code == 302
    assert client_for(cast.practitioner).get(address).status_code == 404
    assert client_for(cast.fellow).get(reverse("records:attachment-file", args=[file.public_id])).status_code == 404


def test_what_nobody_has_read_is_offered_to_be_looked_at_together(cast, client_for):
    session = make.make_session(by=cast.academic, space=cast.peers)
    fresh = made.an_object(by=cast.fellow, space=cast.peers, title="Nobody read this")
    wide = made.an_object(by=cast.fellow, space=cast.everyone, title="Elsewhere")
    plan = page_of(client_for(cast.academic), reverse("convening:agenda-edit", args=[session.public_id]))
    item = f"{reverse('convening:agenda-item-new', args=[session.public_id])}?about={fresh.public_id}"
    assert item in plan and wide.public_id not in plan and cast["library_object"].public_id not in plan
    page = page_of(client_for(cast.academic), item)
    assert 'value="Nobody read this"' in page and 'value="boundary_object" selected' in page
    body = posted(kind="boundary_object", title="Look", minutes="5", of_record=fresh.public_id)
    new_item = reverse("convening:agenda-item-new", args=[session.public_id])
    assert client_for(cast.academic).post(new_item, body).status_code == 302
    assert session.title in page_of(client_for(cast.fellow), fresh.get_absolute_url())
    # Of another space nothing stands on the agenda.
    client_for(cast.academic).post(new_item, body | {"draft_key": drafts.new_key(), "of_record": wide.public_id})
    assert session.title not in page_of(client_for(cast.fellow), wide.get_absolute_url())
    made.reading(fresh, by=cast.fellow)
    assert item not in page_of(client_for(cast.academic), reverse("convening:agenda-edit", args=[session.public_id]))


def test_the_library_is_there_for_who_reads_something_in_it_and_for_nobody_else(cast, client_for):
    listed = reverse("curating:library-list", args=[cast.partnership.slug])
    overview = cast.partnership.get_absolute_url()
    cast.partnership.opened_rooms = []
    cast.partnership.save(update_fields=["opened_rooms"])
    assert listed in page_of(client_for(cast.academic), overview)
    assert listed not in page_of(client_for(cast.manager), overview)
    page = page_of(client_for(cast.manager), listed)
    assert "Nothing is in the library yet" in page and cast["library_object"].public_id not in page
    assert cast["library_object"].public_id in page_of(client_for(cast.academic), f"{listed}?sort=map")
    assert cast["library_object"].public_id not in page_of(client_for(cast.academic), f"{listed}?sort=story")


def queries_of(browser, address):
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_queries_grow_with_nothing(cast, client_for):
    browser, found = client_for(cast.academic), cast["library_object"]
    listed = reverse("curating:library-list", args=[cast.partnership.slug])
    history = reverse("curating:version-list", args=[found.public_id])
    addresses = (found.get_absolute_url(), listed, history)
    made.an_object(by=cast.fellow, space=cast.peers, documents=[("a.pdf", made.PDF)])
    made.state(found, to="live", by=cast.fellow, reason="again")
    browser.get(listed)
    few = [queries_of(browser, address) for address in addresses]
    for number in range(8):
        made.reading(found, by=cast.fellow, text=f"reading {number}")
        made.version(found, by=cast.fellow, change=f"change {number}")
        made.use(found, by=cast.fellow)
        made.an_object(by=cast.fellow, space=cast.peers, title=f"Object {number}", documents=[("a.pdf", made.PDF)])
    assert [queries_of(browser, address) for address in addresses] == few
    assert max(few) <= 26, few

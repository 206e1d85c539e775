"""Search: what was written is found, what was changed is found as it is now, and what was taken away is gone."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records import actions
from records.checks import broken_rules
from records.models import Record, SearchText
from records.search import index, words
from records.search.engine import Says
from records.search.query import read
from records.search.results import PAGE, readable
from reflections.models import Reflection
from tests import factories as make

SEARCH = reverse("records:search")


@pytest.fixture
def found(client_for):
    """Give the public ids that somebody finds, on the page that they get."""

    def look(person, asked, **filters):
        response = client_for(person).get(SEARCH, {"q": asked, **filters})
        assert response.status_code == 200
        return [hit.record.public_id for hit in response.context["page"].hits]

    return look


def finds(person, asked):
    """Say whether somebody finds anything, asking afresh as the next request does."""
    return readable(Reader(person)).filter(Says(read(asked))).exists()


def edit(note, **changes):
    note = Reflection.objects.get(pk=note.pk)
    key = drafts.new_key()
    actions.edit(note, by=note.author, version=note.version, changes=changes, key=key, form="reflection-edit")


def test_a_note_is_found_by_its_title_and_text_at_once(cast):
    make.make_note(by=cast.practitioner, title="The heron", text="stood in the rain")
    assert finds(cast.practitioner, "heron rain")
    assert not finds(cast.practitioner, "heron snow")
    assert not finds(cast.fellow, "heron")


def test_a_response_is_found_and_leads_to_its_place_below_the_record(cast, client_for):
    response = make.make_response(to=cast.peers_note, by=cast.fellow, text="I saw a heron too")
    hit = client_for(cast.consultant).get(SEARCH, {"q": "heron"}).context["page"].hits[0]
    assert hit.address == f"{cast.peers_note.get_absolute_url()}#response-{response.public_id}"
    assert hit.within == "peers words"
    assert client_for(cast.consultant).get(hit.address).status_code == 200


def test_who_has_left_finds_their_response_alone(cast, client_for):
    page = client_for(cast.former).get(SEARCH, {"q": '"former response"'}).content.decode()
    assert reverse("records:response-detail", args=[cast.former_response.public_id]) in page
    assert "peers words" not in page
    assert "In a space that you have left" in page


def test_an_edit_is_found_and_what_it_replaced_is_gone(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="a heron")
    assert finds(cast.manager, "heron")
    edit(note, text="an egret")
    assert finds(cast.manager, "egret")
    assert not finds(cast.manager, "heron")
    assert not finds(cast.practitioner, "heron")


def test_sharing_undoing_and_taking_back_take_effect_at_once(cast):
    note = make.make_note(by=cast.practitioner, text="a heron")
    note = make.share(note=note, space=cast.everyone)
    assert finds(cast.manager, "heron")
    actions.undo_share(note, by=cast.practitioner)
    assert not finds(cast.manager, "heron")
    assert finds(cast.practitioner, "heron")


def test_what_was_taken_back_is_found_by_its_author_only(cast):
    make.withdraw(record=make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="a heron"))
    assert not finds(cast.manager, "heron")
    assert finds(cast.practitioner, "heron")


@pytest.mark.parametrize("column", ["folded_at", "set_aside_at"])
def test_what_is_folded_or_set_aside_is_found_by_its_author_only(cast, column):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="a heron")
    Record.objects.filter(pk=note.pk).update(**{column: timezone.now()})
    assert not finds(cast.manager, "heron")
    assert finds(cast.practitioner, "heron")
    Record.objects.filter(pk=note.pk).update(**{column: None})
    assert finds(cast.manager, "heron")


def test_leaving_and_deleting_take_effect_at_once(cast):
    make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="a heron")
    make.end_membership(person=cast.manager, partnership=cast.partnership)
    assert not finds(cast.manager, "heron")
    note = make.make_note(by=cast.practitioner, text="an egret")
    actions.delete(note, by=cast.practitioner)
    assert not finds(cast.practitioner, "egret")
    assert not SearchText.objects.filter(words__contains="egret").exists()


def test_what_was_before_and_is_now_is_found(cast):
    note = make.make_note(by=cast.practitioner, text="words")
    edit(note, what_changed="double", we_assumed="a heron", we_now_assume="an egret")
    assert finds(cast.practitioner, "heron egret")
    edit(note, what_changed="", we_assumed="", we_now_assume="")
    assert not finds(cast.practitioner, "heron")


def test_tags_are_not_searched(cast):
    make.make_note(by=cast.practitioner, text="words", tags=["heron"])
    assert not finds(cast.practitioner, "heron")


def test_other_modules_add_words(cast, monkeypatch):
    monkeypatch.setattr(words, "_providers", [])
    note = make.make_note(by=cast.practitioner, text="words")
    words.register(lambda keys: {key: ["a heron on a wall"] for key in keys if key == note.pk})
    assert not finds(cast.practitioner, "heron")
    index.write(note)
    assert finds(cast.practitioner, "heron wall words")


def test_the_newest_first_a_page_at_a_time(cast, client_for):
    notes = [make.make_shared_note(by=cast.fellow, space=cast.everyone, text=f"heron {n}") for n in range(PAGE + 3)]
    first = client_for(cast.manager).get(SEARCH, {"q": "heron"})
    assert [hit.record.pk for hit in first.context["page"].hits] == [note.pk for note in notes[::-1][:PAGE]]
    second = client_for(cast.manager).get(SEARCH + first.context["older"])
    assert [hit.record.pk for hit in second.context["page"].hits] == [note.pk for note in notes[::-1][PAGE:]]
    assert not second.context["older"]
    # What may not be read is no place to go on from.
    hidden = client_for(cast.manager).get(SEARCH, {"q": "heron", "before": cast.private_note.public_id})
    assert hidden.context["page"].hits[0].record == first.context["page"].hits[0].record


def test_no_page_says_how_many(cast, client_for):
    # More than there are days in a month, or minutes in an hour.
    many = 63
    for n in range(many):
        make.make_shared_note(by=cast.fellow, space=cast.everyone, text=f"heron {'x' * n}")
    page = client_for(cast.manager).get(SEARCH, {"q": "heron"}).content.decode()
    # Ids and tokens have digits too.
    shown = re.sub(r"<[^>]*>", " ", page)
    assert "heron" in shown and not re.search(rf"\b{many}\b", shown)


def test_what_was_written_long_ago_stands_where_it_was_shared(cast, found):
    """Otherwise its place would tell when a note that is not named was written."""
    old = make.make_note(by=cast.fellow, text="heron")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        newer = make.make_shared_note(by=cast.fellow, space=cast.everyone, text="heron")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        old = make.share(note=old, space=cast.everyone)
        assert found(cast.manager, "heron") == [old.public_id, newer.public_id]


def test_filters_narrow(cast, found):
    responses = {cast[name].public_id for name in ("response", "own_response", "former_response", "wider_response")}
    assert set(found(cast.practitioner, "words", kind="response")) == responses
    mine = found(cast.practitioner, "words", mine="on")
    assert cast.private_note.public_id in mine
    assert cast.response.public_id not in mine
    assert found(cast.practitioner, "words", partnership="notebook") == [cast.private_note.public_id]
    assert set(found(cast.practitioner, "words", partnership="wider")) == {
        cast.wider_note.public_id,
        cast.wider_response.public_id,
    }
    here = found(cast.practitioner, "words", partnership=cast.partnership.slug, space=cast.power_line.public_id)
    assert here == [cast.power_line_note.public_id]
    tomorrow = timezone.localdate() + timedelta(days=1)
    past = {"until_day": "1", "until_month": "1", "until_year": str(tomorrow.year - 1)}
    assert found(cast.practitioner, "words", **past) == []
    assert found(cast.practitioner, "words", level="3") == [cast["pattern"].public_id]


def test_author_and_tag_never_find_what_is_not_named(cast, found):
    asked = {"partnership": cast.partnership.slug, "author": cast.fellow.public_id}
    for person in (cast.fellow, cast.consultant):
        assert cast.not_named_note.public_id in found(person, "named")
        assert cast.not_named_note.public_id not in found(person, "words", **asked)
        assert cast.response.public_id in found(person, "words", **asked)
        assert found(person, "", tag="fellow-tag") == []
    assert found(cast.consultant, "", tag="peers-tag") == [cast.peers_note.public_id]


def test_chips_take_one_filter_off_and_keep_the_words(cast, client_for):
    page = client_for(cast.practitioner).get(SEARCH, {"q": "words", "mine": "on", "kind": "response"})
    urls = {chip["label"]: chip["url"] for chip in page.context["chips"]}
    assert urls == {
        "Only what I wrote": f"{SEARCH}?q=words&kind=response",
        "Responses": f"{SEARCH}?q=words&mine=on",
    }


def test_what_fits_is_marked_and_nothing_typed_becomes_code(cast, client_for):
    make.make_note(by=cast.practitioner, title="<b>Herons</b>", text="One <script>heron</script> & more")
    page = client_for(cast.practitioner).get(SEARCH, {"q": "heron"}).content.decode()
    assert "&lt;b&gt;<mark>Herons</mark>&lt;/b&gt;" in page
    assert "One &lt;script&gt;<mark>heron</mark>&lt;/script&gt; &amp; more" in page


def test_a_record_that_is_not_named_shows_neither_name_nor_hour(cast, client_for):
    page = client_for(cast.consultant).get(SEARCH, {"q": "named"}).content.decode()
    assert "Not named" in page
    assert cast.fellow.name not in page


def test_nothing_asked_says_what_can_be_found(cast, client_for):
    page = client_for(cast.practitioner).get(SEARCH).content.decode()
    assert "What you can find" in page
    assert " autofocus" in page
    assert "A minus leaves something out" in client_for(cast.practitioner).get(SEARCH, {"q": "-beds"}).content.decode()


def test_nothing_found_is_said_as_it_is(cast, client_for):
    page = client_for(cast.practitioner).get(SEARCH, {"q": "xylophone"}).content.decode()
    assert "Nothing that you can read says that" in page
    assert "Tags with that word" not in page


def test_tags_are_suggested_where_little_was_found(cast, client_for):
    suggested = {
        name: client_for(cast[name]).get(SEARCH, {"q": "peers-t fellow own"}).context["tags"]
        for name in ("practitioner", "consultant", "manager")
    }
    # The note that is not named has a tag that begins so.
    assert suggested == {"practitioner": ["own-tag", "peers-tag"], "consultant": ["peers-tag"], "manager": []}


def people_on(response):
    people = response.context.get("people")
    return [row.person.name for row in people.people] if people else None


def test_people_of_ones_partnerships_are_found(cast, client_for):
    browser = client_for(cast.manager)
    assert people_on(browser.get(SEARCH, {"q": '"consultant Q"'})) == ["Consultant Q"]
    assert people_on(browser.get(SEARCH, {"q": "what expert wants"})) == ["Expert Q"]
    assert people_on(browser.get(SEARCH, {"q": "outsider"})) == []
    assert people_on(browser.get(SEARCH, {"q": "former"})) == []
    response = browser.get(SEARCH, {"q": "Q"})
    assert people_on(response) == ["Academic Q", "Commissioner Q", "Consultant Q"]
    assert "More fit than stand here" in response.content.decode()
    assert reverse("partnerships:people-list", args=[cast.partnership.slug]) in response.content.decode()


def test_a_filter_on_records_asks_for_records_only(cast, client_for):
    assert people_on(client_for(cast.manager).get(SEARCH, {"q": "consultant", "kind": "response"})) is None
    assert people_on(client_for(cast.manager).get(SEARCH, {"q": "expert", "partnership": cast.partnership.slug})) == [
        "Expert Q"
    ]


def test_organisations_are_found_where_one_may_know_of_them(cast, client_for):
    make.make_organisation(name="Elsewhere council", by=cast.site_admin)

    def organisations(person):
        found = client_for(person).get(SEARCH, {"q": "council"}).context["people"].organisations
        return [(row.organisation.name, [part.name for part in row.partnerships]) for row in found]

    assert organisations(cast.manager) == [("The council", ["Early Shift"])]
    assert organisations(cast.outsider) == []
    assert organisations(cast.site_admin) == []


def test_the_way_to_search_is_in_the_menu_and_in_each_stream(cast, client_for):
    browser = client_for(cast.practitioner)
    stream = browser.get(reverse("records:stream", args=[cast.partnership.slug])).content.decode()
    assert f'href="{SEARCH}"' in stream
    assert f'href="{SEARCH}?partnership={cast.partnership.slug}"' in stream
    assert f'href="{SEARCH}?partnership=wider"' in browser.get(reverse("records:landscape")).content.decode()


def test_the_one_key_can_be_switched_off(cast, client_for):
    browser = client_for(cast.practitioner)
    assert f'data-search="{SEARCH}"' in browser.get(SEARCH).content.decode()
    browser.post(reverse("accounts:profile-appearance"), {"appearance": ""})
    assert "data-search" not in browser.get(SEARCH).content.decode()
    browser.post(reverse("accounts:profile-appearance"), {"appearance": "", "slash_searches": "on"})
    assert "data-search" in browser.get(SEARCH).content.decode()


def test_the_longest_texts_can_be_saved_and_found(cast):
    """PostgreSQL takes no tsvector over 1 MB; nothing that can be typed comes near it."""
    different = " ".join(chr(0x4E00 + n % 20_000) + chr(0x4E00 + n // 200) for n in range(33_000))
    make.make_note(by=cast.practitioner, text=different[:100_000])
    make.make_note(by=cast.practitioner, text="a" * 99_990 + " heron")
    make.make_note(by=cast.practitioner, text=" ".join(f"{n:x}" for n in range(20_000)) + " heron")
    assert readable(Reader(cast.practitioner)).filter(Says(read("heron"))).count() == 2
    most = index.prepared([" ".join(chr(0x4E00 + n % 20_000) + chr(0x5E00 + n // 20_000) for n in range(200_000))])
    SearchText.objects.filter(pk=cast.private_note.pk).update(**most)
    assert len(most["words"].encode()) <= index.MOST_KEPT


def test_the_databases_own_index_hangs_on_the_table(db):
    """SQLite drops triggers without a word when Django remakes a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records_searchtext'")
            there = {name for (name,) in cursor.fetchall()}
            assert there == {f"records_searchtext_{done}" for done in ("inserted", "updated", "deleted")}
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'records_searchtext'")
            assert {"records_searchtext_words", "records_searchtext_stems"} <= {name for (name,) in cursor.fetchall()}


def reindexed():
    out = StringIO()
    call_command("reindex", stdout=out)
    return out.getvalue().strip()


def test_reindex_puts_right_what_is_out_of_step(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="a heron")
    assert [line for line in broken_rules() if "searched" in line] == []
    SearchText.objects.filter(pk=note.pk).update(words="egret", stems="egret")
    SearchText.objects.filter(pk=cast.peers_note.pk).delete()
    assert {line.rpartition(": ")[2] for line in broken_rules()} == {
        f"record {note.pk}",
        f"record {cast.peers_note.pk}",
    }
    with pytest.raises(CommandError):
        call_command("check_data", stderr=StringIO())
    assert finds(cast.manager, "egret")
    assert reindexed() == reindexed() == f"{Record.objects.count()} records can be searched."
    assert finds(cast.manager, "heron")
    assert not finds(cast.manager, "egret")
    assert finds(cast.consultant, "peers words")
    assert broken_rules() == []


def test_reindex_mends_an_index_whose_triggers_were_lost(cast):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's columns are made of the row itself.")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_searchtext_inserted")
        make.make_note(by=cast.practitioner, text="a heron")
        assert not finds(cast.practitioner, "heron")
        reindexed()
    assert finds(cast.practitioner, "heron")


def test_reindex_goes_by_batches(cast, monkeypatch):
    monkeypatch.setattr("records.management.commands.reindex.BATCH", 3)
    SearchText.objects.all().delete()
    assert reindexed() == f"{Record.objects.count()} records can be searched."
    assert SearchText.objects.count() == Record.objects.count()


def test_a_place_in_a_space_is_asked_for_each_time(cast):
    make.make_shared_note(by=cast.practitioner, space=cast.peers, text="a heron")
    assert finds(cast.fellow, "heron")
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not finds(cast.fellow, "heron")


def many(cast, number):
    """Add so many of all that a page of hits shows: notes and responses by as many people, in as many places."""
    for n in range(number):
        member = make.make_member(partnership=cast.partnership, organisation=make.make_organisation(by=cast.site_admin))
        note = make.make_shared_note(by=member.person, space=cast.everyone, text=f"heron {n}", tags=["heron"])
        make.make_response(to=note, by=cast.manager, text=f"heron {n}", verb="ask")
        make.make_space(partnership=cast.partnership, by=cast.practitioner, kind="one_to_one", people=(member.person,))


@pytest.mark.parametrize("asked", ["heron", "heron -egret person", "xylophone"])
def test_a_page_takes_twelve_queries_at_most_however_much_there_is(cast, client_for, asked):
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    numbers = []
    for more in (1, 6):
        many(cast, more)
        with CaptureQueriesContext(connection) as captured:
            browser.get(SEARCH, {"q": asked})
        numbers.append(len(captured))
        assert not any(" OFFSET " in query["sql"] or "COUNT(" in query["sql"] for query in captured)
    assert numbers[1] <= numbers[0] <= 12, [query["sql"][:150] for query in captured]

"""Help with the words: only who can read them is asked, nothing changes by it, and nobody else sees."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk import drafts
from desk.models import AuditEvent, Draft, Notice
from partnerships import actions as partnership_actions
from partnerships.models import Mute
from records import actions, notices
from records.models import Attribution, Record
from records.versions import token_of
from reflections.models import Reflection
from tests import factories as make
from tests.cast import SIGNED_IN

from .helping import CANARY, HAD, MENDED, TITLE, ask, edit, suggest, url


@pytest.fixture
def note(cast):
    return make.make_shared_note(by=cast.practitioner, space=cast.peers, title=TITLE, text=HAD)


@pytest.fixture
def asked(cast, note):
    return ask(note, helper=cast.fellow)


# Asking


def test_only_the_author_asks(cast, note):
    for name in SIGNED_IN - {"practitioner"}:
        with pytest.raises(PermissionDenied):
            ask(note, helper=cast.consultant, by=cast[name])
    assert not note.suggestions.exists()


def test_only_somebody_who_can_read_it_is_asked(cast, note):
    readers = {"fellow", "consultant", "academic"}
    for name in SIGNED_IN - readers:
        with pytest.raises(ValidationError):
            ask(note, helper=cast[name])
    for name in readers:
        assert ask(note, helper=cast[name]).helper == cast[name]


def test_the_page_offers_those_who_can_read_it_and_nobody_else(cast, client_for, note):
    page = client_for(cast.practitioner).get(url("ask", note))
    offered = {label.partition(",")[0] for value, label in page.context["form"].fields["helper"].choices if value}
    readers = {cast.fellow, cast.consultant, cast.academic, *cast.peers_more}
    assert offered == {person.name for person in readers}
    assert not page.context["asked"]


def test_of_the_wider_field_those_of_ones_own_partnerships_are_offered(cast, client_for):
    page = client_for(cast.practitioner).get(url("ask", cast.wider_note))
    offered = {label.partition(",")[0] for value, label in page.context["form"].fields["helper"].choices if value}
    assert cast.manager.name in offered
    assert cast.outsider.name not in offered
    assert cast.practitioner.name not in offered
    assert ask(cast.wider_note, helper=cast.manager)


@pytest.mark.parametrize("attribution", [Attribution.NOT_NAMED, Attribution.ROLE])
def test_where_readers_are_not_told_the_author_nobody_can_be_asked(cast, client_for, attribution):
    """The question itself would tell the helper who wrote it."""
    note = make.make_shared_note(by=cast.fellow, space=cast.peers, attribution=attribution)
    with pytest.raises(ValidationError):
        ask(note, helper=cast.consultant)
    browser = client_for(cast.fellow)
    assert "Whoever you asked would learn that it was you." in browser.get(url("ask", note)).content.decode()
    assert browser.post(url("ask", note), {"helper": cast.consultant.public_id}).status_code == 403
    assert not note.suggestions.exists()


def test_nobody_is_asked_about_what_nobody_else_reads(cast, client_for):
    for name in ("private_note", "withdrawn_note"):
        with pytest.raises(ValidationError):
            ask(cast[name], helper=cast.fellow)
        assert client_for(cast.practitioner).get(url("ask", cast[name])).status_code == 404


def test_one_open_question_for_each_helper(cast, note, asked):
    with pytest.raises(ValidationError, match="asked already"):
        ask(note, helper=cast.fellow)
    assert ask(note, helper=cast.academic) != asked
    actions.take_question_back(suggestion=asked, by=note.author)
    assert ask(note, helper=cast.fellow) != asked


def test_a_repeated_post_asks_once(cast, client_for, note):
    browser = client_for(cast.practitioner)
    body = {"helper": cast.fellow.public_id, "wish": "Spelling only, please.", "draft_key": "k1"}
    for _time in range(2):
        assert browser.post(url("ask", note), body).status_code == 302
    assert note.suggestions.get().wish == "Spelling only, please."
    assert AuditEvent.objects.filter(action="suggestion.ask", facts__within=note.public_id).count() == 1


def test_asking_widens_nothing(cast, client_for, note):
    readable = {name: client_for(cast[name]).get(note.get_absolute_url()).status_code for name in SIGNED_IN}
    ask(note, helper=cast.fellow)
    assert {name: client_for(cast[name]).get(note.get_absolute_url()).status_code for name in SIGNED_IN} == readable


# Helping


def test_the_helper_finds_the_question_on_home_and_by_mail(cast, client_for, note, asked):
    home = client_for(cast.fellow).get(reverse("home:home")).content.decode()
    assert url("detail", asked) in home
    assert f"{cast.practitioner.name} asks you to help with the words" in home
    assert url("detail", asked) not in client_for(cast.academic).get(reverse("home:home")).content.decode()
    assert Notice.objects.filter(kind="help_asked", about=asked.public_id).get().person == cast.fellow


def test_mails_name_the_place_and_nobody(cast, note, asked):
    line = notices.help_asked_line(cast.fellow, asked.public_id)
    assert line.words == "You are asked to help with a note in Early peers"
    assert (line.place, line.address) == (cast.partnership.name, url("detail", asked))
    assert not any(notices.help_asked_line(cast[name], asked.public_id) for name in SIGNED_IN - {"fellow"})
    assert notices.help_given_line(cast.practitioner, asked.public_id) is None, "nothing is suggested yet"
    suggest(asked, note=CANARY)
    assert notices.help_asked_line(cast.fellow, asked.public_id) is None, "it is answered"
    line = notices.help_given_line(cast.practitioner, asked.public_id)
    assert line.words == "Changes were suggested to your note in Early peers"
    assert line.address == url("answer", asked)
    Mute.objects.create(person=cast.practitioner, space=cast.peers)
    assert notices.help_given_line(cast.practitioner, asked.public_id) is None


def test_nobody_is_told_of_a_question_that_is_over(cast, note, asked):
    actions.take_question_back(suggestion=asked, by=note.author)
    assert notices.help_asked_line(cast.fellow, asked.public_id) is None
    again = ask(note, helper=cast.fellow)
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert notices.help_asked_line(cast.fellow, again.public_id) is None


def test_what_is_suggested_changes_nothing(cast, note, asked):
    before = Record.objects.filter(pk=note.pk).values().get()
    suggest(asked, text=MENDED)
    assert Record.objects.filter(pk=note.pk).values().get() == before
    assert not note.versions.exists()


def test_only_the_one_who_is_asked_suggests(cast, note, asked):
    for name in ("practitioner", "academic", "manager"):
        with pytest.raises(PermissionDenied):
            actions.suggest(
                suggestion=asked, texts={"title": TITLE, "text": "x"}, began=1, note="", by=cast[name], key="k"
            )


def test_nobody_but_author_and_helper_sees_what_was_suggested(cast, client_for, note, asked):
    suggest(asked, text=f"{MENDED} {CANARY}", note=f"{CANARY} because")
    pages = [note.get_absolute_url(), reverse("records:stream", args=[cast.partnership.slug]), reverse("home:home")]
    pages += [url(name, asked) for name in ("detail", "answer", "decline", "take-back")]
    seeing = set()
    for name in SIGNED_IN:
        browser = client_for(cast[name])
        seeing |= {(name, page) for page in pages if CANARY in browser.get(page).content.decode()}
    assert seeing == {("fellow", url("detail", asked)), ("practitioner", url("answer", asked))}


def test_what_a_helper_types_is_shown_on_its_own_page_only(cast, client_for, note, asked):
    """It holds the author's words, which may be taken back at any time."""
    browser = client_for(cast.fellow)
    draft = Draft.keep(
        author=cast.fellow, key="k1", form="suggestion", about=asked.public_id, data={"text": [f"{HAD} {CANARY}"]}
    )
    assert "recieved" not in browser.get(reverse("home:home")).content.decode()
    assert "k1" in browser.get(url("detail", asked)).content.decode(), "the page leads to what was begun"
    assert CANARY in browser.get(drafts.address_of(draft)).content.decode()
    actions.withdraw(Reflection.objects.get(pk=note.pk), by=note.author)
    for page in (drafts.address_of(draft), reverse("home:home"), reverse("reflections:notebook")):
        assert CANARY not in browser.get(page).content.decode()
    draft.refresh_from_db()
    assert draft.data == {}


def test_a_helper_who_leaves_the_space_is_not_asked_any_more(cast, client_for, note, asked):
    browser = client_for(cast.fellow)
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    for name in ("detail", "decline"):
        assert browser.get(url(name, asked)).status_code == 404
    assert browser.post(url("detail", asked), {"text": MENDED}).status_code == 404
    assert url("detail", asked) not in browser.get(reverse("home:home")).content.decode()
    with pytest.raises(ValidationError):
        suggest(asked)
    assert not client_for(cast.practitioner).get(url("ask", note)).context["asked"]


def test_who_comes_back_is_asked_anew(cast, client_for, note, asked):
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    make.admit(space=cast.peers, person=cast.fellow, by=cast.practitioner)
    assert client_for(cast.fellow).get(note.get_absolute_url()).status_code == 200
    assert client_for(cast.fellow).get(url("detail", asked)).status_code == 404
    again = ask(note, helper=cast.fellow)
    assert client_for(cast.fellow).get(url("detail", again)).status_code == 200


def test_an_author_who_left_asks_nobody_any_more(cast, client_for, note, asked):
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    assert client_for(cast.fellow).get(url("detail", asked)).status_code == 404
    assert client_for(cast.practitioner).get(url("ask", note)).status_code == 403


@pytest.mark.parametrize("verb", ["undo_share", "withdraw"])
def test_what_goes_dark_takes_its_suggestions_along(cast, client_for, note, asked, verb):
    other = ask(note, helper=cast.academic)
    suggest(other)
    getattr(actions, verb)(Reflection.objects.get(pk=note.pk), by=note.author)
    assert not note.suggestions.exists()
    for person, question in ((cast.fellow, asked), (cast.academic, other)):
        assert client_for(person).get(url("detail", question)).status_code == 404
    if verb == "undo_share":
        make.share(note=Reflection.objects.get(pk=note.pk), space=cast.peers)
        assert client_for(cast.fellow).get(url("detail", asked)).status_code == 404


def test_a_question_is_taken_back_at_any_time(cast, client_for, note, asked):
    browser = client_for(cast.practitioner)
    assert cast.fellow.name in browser.get(url("take-back", asked)).content.decode()
    assert browser.post(url("take-back", asked)).status_code == 302
    assert client_for(cast.fellow).get(url("detail", asked)).status_code == 404
    assert browser.get(url("take-back", asked)).status_code == 404


def test_words_that_come_after_it_was_taken_back_are_given_back(cast, client_for, note, asked):
    actions.take_question_back(suggestion=asked, by=note.author)
    body = {"title": TITLE, "text": f"{MENDED} {CANARY}", "version": token_of(note), "draft_key": "k1"}
    page = client_for(cast.fellow).post(url("detail", asked), body)
    assert page.status_code == 422
    assert CANARY in page.content.decode()
    assert "You are not asked any more" in page.content.decode()


def test_not_now(cast, client_for, note, asked):
    browser = client_for(cast.fellow)
    Draft.keep(author=cast.fellow, key="k1", form="suggestion", about=asked.public_id, data={"text": ["begun"]})
    assert browser.post(url("decline", asked)).status_code == 302
    assert browser.get(url("detail", asked)).status_code == 404
    assert Draft.objects.get(key="k1").data == {}
    page = client_for(cast.practitioner).get(url("ask", note))
    assert f"{cast.fellow.name}: not now" in page.content.decode()


def test_what_is_sent_twice_is_kept_once_and_other_words_are_told(cast, note, asked):
    suggest(asked, key="k1")
    suggest(asked, key="k1")
    with pytest.raises(ValidationError, match="not in them"):
        suggest(asked, text="Something else.", key="k2")
    asked.refresh_from_db()
    assert asked.suggested["text"] == MENDED


def test_nothing_at_all_is_no_suggestion(cast, note, asked):
    with pytest.raises(ValidationError, match="changed nothing"):
        suggest(asked, text=HAD)
    suggest(asked, text=HAD, note="I would leave it.")


def test_a_version_from_before_the_question_is_never_compared_with(cast, note):
    """Its words are the author's alone: a helper could not read them then."""
    note = edit(note, f"{HAD} later")
    question = ask(note, helper=cast.fellow)
    for began in (1, note.version - 1, note.version + 1):
        with pytest.raises(ValidationError, match="too old"):
            suggest(question, began=began)


def test_folded_words_nobody_can_be_asked_about(cast, note, client_for):
    make.fold(record=note, by=cast.academic)
    with pytest.raises(ValidationError):
        ask(Record.objects.get(pk=note.pk), helper=cast.fellow)
    address = reverse("records:suggestion-ask", args=[note.kind, note.public_id])
    assert address not in client_for(cast.practitioner).get(note.get_absolute_url()).content.decode()


def test_what_its_author_took_out_is_not_shown_to_who_helped_before(cast, note, client_for):
    question = ask(note, helper=cast.fellow)
    suggest(question)
    sent = client_for(cast.fellow).get(url("detail", question)).content.decode()
    assert "recieved" in sent and "alot" in sent
    edit(note, "I was there.")
    sent = client_for(cast.fellow).get(url("detail", question)).content.decode()
    assert "recieved" not in sent and "alot" not in sent
    assert "received" in sent, "their own words they find"


def test_undoing_takes_the_questions_about_ones_own_responses_along(cast, note, client_for):
    own = make.make_response(to=note, by=cast.practitioner, text="And then.")
    question = actions.ask_for_help(own, helper=cast.fellow, wish="", by=cast.practitioner, key="k9")
    actions.undo_share(Record.objects.get(pk=note.pk), by=cast.practitioner)
    assert not type(question).objects.filter(pk=question.pk).exists()

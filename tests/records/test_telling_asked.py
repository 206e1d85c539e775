"""The second member, who confirms that whose words these are agreed to them, and is shown no word of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk.models import AuditEvent, Notice, Outbox
from partnerships.models import Membership
from records import actions
from records.models import Telling, TellingQuestion
from records.telling_news import answered_line, asked_line
from records.versions import StaleVersion
from reflections.models import Reflection
from tests import factories as make
from tests.cast import SIGNED_IN
from tests.scenery.told import answer, ask, tell

from .telling_made import CANARY, agreement, asks, change, share, write_told


@pytest.fixture
def note(cast):
    return write_told(cast)


@pytest.fixture
def question(cast, note):
    return ask(note, person=cast.fellow, partnership=cast.partnership)


# The second member


def page_of(question):
    return reverse("records:telling-detail", args=[question.public_id])


def test_home_and_the_page_say_who_asks_whose_words_how_when_and_for_whom(cast, question, client_for):
    browser = client_for(cast.fellow)
    home = browser.get(reverse("home:home")).content.decode()
    assert "Practitioner Q asks you whether Mo agreed" in home
    assert page_of(question) in home
    body = browser.get(page_of(question)).content.decode()
    for said in ("Practitioner Q", "Mo", "I read it to him.", "Early peers"):
        assert said in body, said


def test_no_word_of_it_reaches_them_on_any_page_or_in_any_mail(cast, question, note, client_for):
    """A crawl of all that the second member can come to, before and after the answer, with a canary in every word."""
    browser = client_for(cast.fellow)
    stream = reverse("records:stream", args=[cast.partnership.slug])
    pages = ["/", page_of(question), "/notebook/", stream, f"{stream}?mark=not_going_well", "/search/?q=stood"]
    pages += [reverse("records:landscape"), f"{page_of(question)}?draft=k1"]

    def is_clean(page, answered):
        body = answered.content.decode()
        assert not [word for word in (CANARY, note.public_id) if word.lower() in body.lower()], page

    def crawl():
        for page in pages:
            answered = browser.get(page)
            assert answered.status_code == 200
            is_clean(page, answered)
        assert browser.get(note.get_absolute_url()).status_code == 404

    crawl()
    refused_answer = browser.post(page_of(question), {"draft_key": "k1", "knows": "yes"})
    assert refused_answer.status_code == 422
    is_clean("422", refused_answer)
    change(note, title=f"Another {CANARY}")
    moved = browser.post(
        page_of(question), {"draft_key": "k2", "knows": "yes", "how_known": "I sat with them.", "edition": "old"}
    )
    assert moved.status_code == 409
    is_clean("409", moved)
    answer(question)
    crawl()
    told = Notice.objects.filter(person=cast.fellow, kind="telling_asked").values_list("about", flat=True)
    assert not [line for line in (asked_line(cast.fellow, about) for about in told) if line and CANARY in str(line)]
    assert not [row for row in Outbox.objects.all() if CANARY.encode() in bytes(row.message)]
    assert not [row for row in AuditEvent.objects.all() if CANARY in str(row.facts)]


def test_nobody_but_the_two_reaches_the_question(cast, question, note, client_for):
    about_note = [reverse(f"records:telling-{name}", args=[note.public_id]) for name in ("ask", "withdraw")]
    for name in sorted(SIGNED_IN):
        browser = client_for(cast[name])
        assert (browser.get(page_of(question)).status_code == 200) == (name == "fellow"), name
        for page in about_note:
            assert (browser.get(page).status_code == 200) == (name == "practitioner"), (name, page)
        assert len(asks(cast, name)) == (name in {"fellow", "expert"}), name


def test_the_second_member_answers_on_the_page_and_the_writer_is_told(cast, question, note, client_for):
    browser = client_for(cast.fellow)
    form = browser.get(page_of(question)).context["form"]
    body = {"draft_key": form.key, "knows": "yes", "how_known": "I sat with them.", "edition": form["edition"].value()}
    assert browser.post(page_of(question), body).status_code == 302
    assert browser.post(page_of(question), body).status_code == 302, "sent twice is answered once"
    assert Telling.objects.get(record_id=note.pk).is_confirmed
    assert "You confirmed it" in browser.get(page_of(question)).content.decode()
    assert asks(cast, "fellow") == []
    line = answered_line(cast.practitioner, question.public_id)
    assert line.address == reverse("records:telling-ask", args=[note.public_id])
    assert answered_line(cast.fellow, question.public_id) is None
    page = client_for(cast.practitioner).get(line.address).content.decode()
    assert "Fellow Q confirmed it" in page
    assert "I sat with them." in page


def test_yes_needs_a_sentence_and_no_needs_none(cast, question, client_for):
    browser = client_for(cast.fellow)
    body = {"draft_key": "k1", "edition": question.telling.edition}
    refused_answer = browser.post(page_of(question), {**body, "knows": "yes", "how_known": " "})
    assert refused_answer.status_code == 422
    assert "Say in a sentence how you know." in refused_answer.content.decode()
    with pytest.raises(ValidationError):
        answer(question, how_known="")
    assert browser.post(page_of(question), {**body, "knows": "no"}).status_code == 302
    question.refresh_from_db()
    assert (question.knows, question.how_known) == (False, "")


def test_an_answer_to_what_has_changed_since_is_looked_at_once_more(cast, question, note, client_for):
    browser = client_for(cast.fellow)
    form = browser.get(page_of(question)).context["form"]
    change(note, parts=agreement(note, how_agreed="She signed a paper."))
    body = {"draft_key": form.key, "knows": "yes", "how_known": "I was there.", "edition": form["edition"].value()}
    answered = browser.post(page_of(question), body)
    assert answered.status_code == 409
    page = answered.content.decode()
    assert "She signed a paper." in page
    assert "I was there." in page
    again = answered.context["form"]
    assert browser.post(page_of(question), {**body, "edition": again["edition"].value()}).status_code == 302
    assert Telling.objects.get(record_id=note.pk).is_confirmed


def test_the_action_takes_no_answer_to_another_edition_nor_from_anybody_else(cast, question):
    right = {"question": question, "knows": True, "how_known": "x", "key": "k9", "form": "telling"}
    with pytest.raises(StaleVersion):
        actions.answer_telling_question(**right, edition="another", by=cast.fellow)
    for name in ("practitioner", "steward", "consultant"):
        with pytest.raises(PermissionDenied):
            actions.answer_telling_question(**right, edition=question.telling.edition, by=cast[name])


def test_who_has_left_is_asked_no_more(cast, question, client_for):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert client_for(cast.fellow).get(page_of(question)).status_code == 404
    assert asked_line(cast.fellow, question.public_id) is None
    assert asks(cast, "fellow") == []


def test_the_writer_withdraws_the_question(cast, question, note, client_for):
    browser = client_for(cast.practitioner)
    url = reverse("records:telling-withdraw", args=[note.public_id])
    assert "Fellow Q" in browser.get(url).content.decode()
    assert asks(cast, "fellow")
    assert browser.post(url).status_code == 302
    assert asks(cast, "fellow") == []
    assert asked_line(cast.fellow, question.public_id) is None
    assert client_for(cast.fellow).get(page_of(question)).status_code == 404
    assert browser.get(url).status_code == 404
    ask(note, person=cast.consultant, partnership=cast.partnership)


def test_deleting_the_note_takes_the_question_along(cast, question, note, client_for):
    actions.delete(Reflection.objects.get(pk=note.pk), by=cast.practitioner)
    assert not TellingQuestion.objects.filter(pk=question.pk).exists()
    assert client_for(cast.fellow).get(page_of(question)).status_code == 404


@pytest.mark.parametrize("person", ["practitioner", "outsider", "former"])
def test_only_another_present_member_of_the_partnership_can_be_asked(cast, note, person):
    membership = Membership.objects.filter(person=cast[person]).first()
    with pytest.raises(PermissionDenied):
        actions.ask_about_telling(note, membership=membership, by=cast.practitioner)
    assert not TellingQuestion.objects.filter(telling__record_id=note.pk).exists()


def test_for_the_wider_field_any_member_of_ones_partnerships_can_be_asked(cast):
    note = tell(by=cast.learning_partner, space=cast.wider, key="wide")
    asked = ask(note, person=cast.supervisor, partnership=cast.supervision)
    answer(asked)
    assert share(note, cast.wider).space == cast.wider


def test_one_is_asked_at_a_time_and_somebody_else_after_a_no(cast, note, question):
    with pytest.raises(ValidationError):
        ask(note, person=cast.consultant, partnership=cast.partnership)
    answer(question, knows=False)
    second = ask(note, person=cast.consultant, partnership=cast.partnership)
    assert not TellingQuestion.objects.filter(pk=question.pk).exists()
    answer(second)
    assert share(note, cast.peers).space == cast.peers


def test_a_one_to_one_of_others_is_told_without_names(cast, client_for):
    note = tell(by=cast.practitioner, space=cast.one_to_one, key="two")
    question = ask(note, person=cast.fellow, partnership=cast.partnership)
    body = client_for(cast.fellow).get(page_of(question)).content.decode()
    assert "One other person" in body
    assert cast.learning_partner.name not in body[body.find("<main") :]


def test_who_may_not_know_of_the_new_audience_is_asked_no_more(cast, note, client_for):
    """The audience becomes one of a partnership that who was asked is not in."""
    other = make.make_partnership(by=cast.practitioner, name="Quiet place")
    question = ask(note, person=cast.fellow, partnership=cast.partnership)
    change(note, parts=agreement(note, agreed_for=make.everyone_of(partnership=other)))
    assert not TellingQuestion.objects.filter(pk=question.pk).exists()
    answer_page = client_for(cast.fellow).get(page_of(question))
    assert answer_page.status_code == 404
    assert "Quiet place" not in client_for(cast.fellow).get(reverse("home:home")).content.decode()

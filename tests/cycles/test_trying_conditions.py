"""What is in the way: who raises and answers it, its age, and what home asks."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from cycles.models import Condition
from cycles.trying import actions
from cycles.trying.models import Answer
from desk import drafts
from partnerships.asked import asked_of
from partnerships.reader import Reader
from records.actions import AlreadySent, StaleVersion
from records.models import Record

from . import trying_made as made


@pytest.fixture
def raised(cast):
    return made.say(by=cast.practitioner, space=cast.peers, asked=cast.academic)


def change(condition, *, by, asked, version=0, title="Said otherwise"):
    now = Condition.objects.get(pk=condition.pk)
    actions.change_condition(
        condition=now,
        version=version or now.version,
        title=title,
        text="",
        asked=asked,
        by=by,
        key=drafts.new_key(),
    )


def asked(person, words):
    return [row for row in asked_of(Reader(person)) if row.words == words]


def test_somebody_in_its_space_is_asked_and_nobody_outside_it(cast, raised):
    assert raised.asked == cast.academic
    for outside in (cast.manager, cast.outsider):
        with pytest.raises(ValidationError, match="not in this space"):
            made.say(by=cast.practitioner, space=cast.peers, asked=outside)
        with pytest.raises(PermissionDenied):
            made.say(by=outside, space=cast.peers, asked=cast.academic)
        assert not Record.objects.visible_to(Reader(outside)).filter(pk=raised.pk).exists()


def test_only_who_is_asked_answers_and_each_answer_is_kept(cast, raised):
    for person in (cast.practitioner, cast.fellow, cast.manager, cast.steward):
        with pytest.raises(PermissionDenied):
            made.answer(raised, by=person)
    made.answer(raised, by=cast.academic, answer="trying", text="Until March.")
    made.answer(raised, by=cast.academic, answer="cannot", text="The auditors want it.")
    assert [row.answer for row in raised.answers.all()] == ["trying", "cannot"]
    assert Condition.objects.with_answer().get(pk=raised.pk).last_answer == "cannot"


@pytest.mark.parametrize("kind", [Answer.CANNOT, Answer.YOURS])
def test_these_answers_need_words(cast, raised, kind):
    with pytest.raises(ValidationError, match="line or two"):
        made.answer(raised, by=cast.academic, answer=kind, text=" ")
    assert not raised.answers.exists()


def test_a_form_that_is_sent_again_makes_one(cast, raised):
    first = made.say(by=cast.fellow, space=cast.peers, asked=cast.academic, key="form")
    assert made.say(by=cast.fellow, space=cast.peers, asked=cast.academic, key="form").pk == first.pk
    for _n in range(2):
        made.answer(first, by=cast.academic, key="answer")
    assert first.answers.count() == 1
    with pytest.raises(AlreadySent):
        made.answer(first, by=cast.academic, text="Something else.", key="answer")


def test_who_raised_it_asks_somebody_else_and_its_age_stays(cast, raised):
    with time_machine.travel(timezone.now() + timedelta(weeks=11, hours=1)):
        change(raised, by=cast.practitioner, asked=cast.fellow)
        now = Condition.objects.get(pk=raised.pk)
        assert (now.asked, now.weeks, now.title) == (cast.fellow, 11, "Said otherwise")
        made.answer(now, by=cast.fellow)
        with pytest.raises(PermissionDenied):
            made.answer(now, by=cast.academic)
    with pytest.raises(PermissionDenied):
        change(raised, by=cast.fellow, asked=cast.fellow)
    with pytest.raises(ValidationError, match="not in this space"):
        change(raised, by=cast.practitioner, asked=cast.manager)
    with pytest.raises(StaleVersion):
        change(raised, by=cast.practitioner, asked=cast.fellow, version=1, title="On what was there before")


def test_home_asks_until_it_is_answered(cast, raised):
    assert len(asked(cast.academic, raised.title)) == 1
    assert asked(cast.fellow, raised.title) == []
    made.answer(raised, by=cast.academic)
    assert asked(cast.academic, raised.title) == []


def test_the_list_says_how_long_it_waits_and_then_what_was_answered(cast, client_for):
    title = "Who decides about dogs?"
    condition = made.say(by=cast.practitioner, space=cast.everyone, asked=cast.manager, title=title)
    Condition.objects.filter(pk=condition.pk).update(shared_at=timezone.now() - timedelta(weeks=11, hours=1))
    path = reverse("cycles:condition-list", args=[cast.partnership.slug])
    waiting = client_for(cast.fellow).get(path).content.decode()
    assert "11 weeks" in waiting and waiting.index(title) < waiting.index("Answered")
    made.answer(condition, by=cast.manager, answer="yours", text="From Monday, within the rota.")
    seen = client_for(cast.fellow).get(path).content.decode()
    assert seen.index(title) > seen.index("Answered") and "Yours to decide" in seen
    assert "From Monday" in client_for(cast.fellow).get(condition.get_absolute_url()).content.decode()


def test_what_is_typed_stays_where_an_answer_is_refused(cast, client_for, raised):
    path = reverse("cycles:condition-answer", args=[raised.public_id])
    body = {"answer": "cannot", "text": "", "draft_key": drafts.new_key()}
    refused = client_for(cast.academic).post(path, body)
    assert refused.status_code == 422 and "Say why it cannot be changed." in refused.content.decode()
    assert not raised.answers.exists()

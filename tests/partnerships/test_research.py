"""Research: each member's own answer, which nobody else sees, and the studies it is about (issue 3, point 5)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from desk import drafts
from desk.models import AuditEvent
from partnerships.actions.agreements import add_study, answer_research, change_study, end_study
from partnerships.models import ResearchAnswer, Study
from partnerships.versions import StaleVersion
from tests import factories as make

EDIT = "partnerships:research-edit"


@pytest.fixture(autouse=True)
def no_study_yet(cast):
    Study.objects.all().delete()


def page(cast):
    return reverse(EDIT, args=[cast.partnership.slug])


def day(days):
    return timezone.localdate() + timedelta(days=days)


def words(**more):
    right = {
        "title": "What waiting does",
        "institution": "University of the Estuary",
        "approval": "Committee B, 2026-14",
        "information": "What it is for.\n\nWhat is used.",
        "last_day_on": day(90),
    }
    return right | more


def study(cast, **more):
    return add_study(partnership=cast.partnership, words=words(**more), key=drafts.new_key(), by=cast.steward)


def typed(**more):
    last = more.pop("last_day_on", day(90))
    right = {name: value for name, value in words().items() if name != "last_day_on"}
    boxes = {"last_day_on_day": last.day, "last_day_on_month": last.month, "last_day_on_year": last.year}
    return right | boxes | {"draft_key": "study-key"} | more


def test_without_an_answer_it_is_no(cast, client_for):
    answer = client_for(cast.fellow).get(page(cast))
    assert answer.context["form"]["answer"].value() == "no"
    assert ResearchAnswer.objects.count() == 0, "reading writes nothing"


def test_an_answer_can_be_changed_and_earlier_ones_are_kept_with_their_dates(cast, client_for):
    client = client_for(cast.fellow)
    for given in ("yes", "ask", "ask", "no"):
        assert client.post(page(cast), {"answer": given}).status_code == 302
    rows = list(ResearchAnswer.objects.order_by("pk"))
    assert [row.answer for row in rows] == ["yes", "ask", "no"]
    assert [row.ended_at is None for row in rows] == [False, False, True]
    assert rows[0].ended_at == rows[1].started_at
    assert client.get(page(cast)).context["form"]["answer"].value() == "no"


def test_nobody_else_sees_an_answer(cast, client_for):
    """Not on any page, and not in the audit: the same bytes whatever others have said."""
    pages = [page(cast), *(reverse(f"partnerships:{name}", args=[cast.partnership.slug]) for name in PAGES)]
    others = ("steward", "learning_partner", "academic", "manager")
    before = {(name, url): main_of(client_for(cast[name]).get(url)) for name in others for url in pages}
    answer_research(partnership=cast.partnership, answer="yes", by=cast.fellow)
    for (name, url), body in before.items():
        assert main_of(client_for(cast[name]).get(url)) == body, (name, url)
    event = AuditEvent.objects.get(action="research.answer")
    assert "yes" not in str(event.facts)


PAGES = ("agreement-detail", "people-list")


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("csrfmiddlewaretoken")[0]


@pytest.mark.parametrize("given", ["", "maybe", "\0"])
def test_another_answer_is_refused(cast, client_for, given):
    assert client_for(cast.fellow).post(page(cast), {"answer": given}).status_code == 422
    assert ResearchAnswer.objects.count() == 0


def test_only_members_answer(cast):
    with pytest.raises(PermissionDenied):
        answer_research(partnership=cast.partnership, answer="yes", by=cast.outsider)


def test_a_study_stands_beside_the_question_for_all_members(cast, client_for):
    row = study(cast)
    body = client_for(cast.expert).get(page(cast)).content.decode()
    for said in (row.title, row.institution):
        assert said in body
    body = client_for(cast.expert).get(reverse("partnerships:study-detail", args=[row.public_id])).content.decode()
    for said in (row.title, row.institution, row.approval, "What it is for."):
        assert said in body
    assert reverse("partnerships:study-edit", args=[row.public_id]) not in body


def test_who_looks_after_settings_adds_one(cast, client_for):
    address = reverse("partnerships:study-new", args=[cast.partnership.slug])
    assert client_for(cast.fellow).post(address, typed()).status_code == 403
    for _time in range(2):
        assert client_for(cast.learning_partner).post(address, typed()).status_code == 302
    assert Study.objects.get().added_by == cast.learning_partner
    # The same opened form with other words is another study, and no word is lost.
    answer = client_for(cast.learning_partner).post(address, typed(title="Another"))
    assert answer.status_code == 422
    assert "Another" in answer.content.decode()
    key = answer.context["form"].key
    assert client_for(cast.learning_partner).post(address, typed(title="Another", draft_key=key)).status_code == 302
    assert Study.objects.count() == 2


def test_a_last_day_that_is_past_is_refused(cast, client_for):
    address = reverse("partnerships:study-new", args=[cast.partnership.slug])
    answer = client_for(cast.steward).post(address, typed(last_day_on=day(-1)))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "That day is past" in body
    assert "What it is for." in body, "what was typed is still there"
    with pytest.raises(ValidationError):
        study(cast, last_day_on=day(-1))
    assert study(cast, last_day_on=day(0))


@pytest.mark.parametrize("name", ["title", "institution", "approval", "information"])
def test_each_part_of_a_study_is_wanted(cast, client_for, name):
    address = reverse("partnerships:study-new", args=[cast.partnership.slug])
    answer = client_for(cast.steward).post(address, typed(**{name: " "}))
    assert answer.status_code == 422
    assert name in answer.context["form"].errors


def change(row, cast, version=None, **more):
    changed = words(**more)
    change_study(study=row, version=version or row.version, words=changed, key=drafts.new_key(), by=cast.steward)


def test_a_change_shows_its_day_to_everybody(cast, client_for):
    """To everybody, so that the day tells nobody whether somebody had said yes."""
    row = study(cast)
    change(row, cast)
    row.refresh_from_db()
    assert row.changed_at is None, "nothing changed"
    change(row, cast, title="Another title")
    row.refresh_from_db()
    assert row.changed_at
    for name in ("fellow", "steward"):
        body = client_for(cast[name]).get(page(cast)).content.decode()
        assert "Changed on" in body
        assert "(since you answered)" not in body
    with pytest.raises(PermissionDenied):
        change_study(study=row, version=row.version, words=words(), key="k", by=cast.fellow)


def test_who_said_yes_before_a_change_is_told_so(cast, client_for):
    row = study(cast)
    answer_research(partnership=cast.partnership, answer="yes", by=cast.fellow)
    change(row, cast, title="Another title")
    assert "(since you answered)" in client_for(cast.fellow).get(page(cast)).content.decode()


def test_two_changes_at_once_lose_nothing(cast, client_for):
    row = study(cast)
    change(row, cast, title="What one wrote")
    address = reverse("partnerships:study-edit", args=[row.public_id])
    answer = client_for(cast.steward).post(address, typed(title="What the other wrote", version=1))
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "What one wrote" in body
    assert "What the other wrote" in body
    form = answer.context["form"]
    mended = typed(title="Both", version=form["version"].value(), draft_key=form.key)
    assert client_for(cast.steward).post(address, mended).status_code == 302
    row.refresh_from_db()
    assert row.title == "Both"
    with pytest.raises(StaleVersion):
        change(row, cast, version=1)


def test_a_last_day_may_pass_while_a_study_is_mended(cast):
    row = study(cast)
    Study.objects.filter(pk=row.pk).update(last_day_on=day(-3))
    row.refresh_from_db()
    change(row, cast, last_day_on=day(-3), title="Mended")
    row.refresh_from_db()
    with pytest.raises(ValidationError):
        change(row, cast, last_day_on=day(-2), title="Mended")


def test_a_study_ends_and_stays_readable(cast, client_for):
    row = study(cast)
    address = reverse("partnerships:study-end", args=[row.public_id])
    assert client_for(cast.fellow).post(address).status_code == 403
    for _time in range(2):
        assert client_for(cast.steward).post(address).status_code == 302
    assert AuditEvent.objects.filter(action="study.end").count() == 1
    assert client_for(cast.fellow).get(reverse("partnerships:study-detail", args=[row.public_id])).status_code == 200
    assert "Ended on" in client_for(cast.fellow).get(page(cast)).content.decode()
    row.refresh_from_db()
    with pytest.raises(ValidationError):
        change(row, cast, title="Too late")
    end_study(study=row, by=cast.steward)


def test_a_study_of_another_partnership_is_not_there(cast, client_for):
    row = study(cast)
    for name in ("outsider", "former", "orgadmin", "site_admin", "supervisor"):
        for url in ("study-detail", "study-edit", "study-end"):
            address = reverse(f"partnerships:{url}", args=[row.public_id])
            assert client_for(cast[name]).get(address).status_code == 404, (name, url)


def test_words_of_a_study_are_only_words(cast, client_for):
    row = study(cast, information="<script>alert(1)</script>", title="<b>bold</b>")
    body = client_for(cast.fellow).get(reverse("partnerships:study-detail", args=[row.public_id])).content.decode()
    assert "<script>alert" not in body
    assert "<b>bold" not in body


def test_who_returns_has_answered_nothing(cast, client_for):
    answer_research(partnership=cast.partnership, answer="yes", by=cast.fellow)
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    make.make_member(partnership=cast.partnership, person=cast.fellow)
    assert client_for(cast.fellow).get(page(cast)).context["form"]["answer"].value() == "no"

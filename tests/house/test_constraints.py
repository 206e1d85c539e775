"""What one row shows, the database refuses (2-architecture, 2.4), whatever code wrote it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from desk.models import Draft
from partnerships.models import (
    Organisation,
    Partnership,
    SpaceMembership,
)
from records.models import Record, Response

from . import (
    breaking_after,
    breaking_agenda,
    breaking_attachments,
    breaking_belonging,
    breaking_calendar,
    breaking_conversing,
    breaking_curating,
    breaking_cycles,
    breaking_data,
    breaking_folding,
    breaking_landscape,
    breaking_live_writing,
    breaking_looking_again,
    breaking_prompts,
    breaking_sessions,
    breaking_suggestions,
    breaking_told,
    breaking_trying,
)
from .breaking import BEFORE, BREAKING, NOW, membership, reflection, shared, space
from .code import FLOORS

BREAKING = BREAKING | breaking_belonging.BREAKING | breaking_folding.BREAKING | breaking_prompts.BREAKING
BREAKING |= breaking_suggestions.BREAKING | breaking_told.BREAKING
BREAKING |= breaking_attachments.BREAKING | breaking_data.BREAKING
BREAKING |= breaking_trying.BREAKING | breaking_curating.BREAKING | breaking_landscape.BREAKING
BREAKING |= breaking_sessions.BREAKING | breaking_agenda.BREAKING | breaking_after.BREAKING
BREAKING |= breaking_calendar.BREAKING | breaking_looking_again.BREAKING
BREAKING |= breaking_live_writing.BREAKING | breaking_cycles.BREAKING | breaking_conversing.BREAKING
# Those that need a row of their own to point at: tested one by one below.
SELF_REFERENCES = {"partnerships_partnership_is_not_its_own_parent", "records_record_not_within_itself"}


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


@pytest.mark.parametrize("name", BREAKING)
def test_the_database_refuses(cast, name):
    row = BREAKING[name](cast)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    # PostgreSQL names the constraint; SQLite names it for checks, and the columns for unique ones.
    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said or "index" in said, said


def test_every_constraint_is_tried_here():
    declared = {
        constraint.name for model in ours() for constraint in model._meta.constraints if "_ptr" not in constraint.name
    }
    assert declared == {*BREAKING, *SELF_REFERENCES}


def test_nothing_lies_within_itself(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=cast.partnership.pk).update(parent=cast.partnership)
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=cast.private_note.pk).update(within=cast.private_note)


def test_shared_without_a_moment_is_refused_too(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        shared(cast, shared_at=None).save()


def test_the_wider_field_within_a_partnership_is_refused(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        space(cast, kind="wider_field", name="").save()


def test_what_is_right_is_taken(cast):
    """The rows above fail for what they break, and not for something else."""
    reflection(cast).save()
    shared(cast, attribution="not_named", withdrawn_at=NOW).save()
    space(cast).save()
    space(cast, kind="power_line", power_statement="The manager decides.").save()
    SpaceMembership(space=cast.power_line, membership=membership(cast), started_at=BEFORE, ended_at=NOW).save()
    Draft(author=cast.practitioner, key="k2", form="reflection", saved_at=NOW, used_at=NOW).save()


@pytest.mark.parametrize("model", [model for model in ours()], ids=lambda model: model.__name__)
def test_nothing_that_somebody_wrote_goes_with_its_place(model):
    """Deleting a person, partnership or space never takes words along: those keys are protected."""
    if not issubclass(model, Record):
        return
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and not field.remote_field.parent_link:
            assert field.remote_field.on_delete is models.PROTECT, field.name


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_moments_end_in_at_and_days_in_on(model):
    for field in model._meta.local_fields:
        if field.name in {"last_login", "date_joined"}:
            continue
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at"), field.name
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_on"), field.name


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_a_model_prints_no_words(cast, model):
    """Delete pages and logs print `str(row)`: kind and key of what people wrote, and never a word of it."""
    if issubclass(model, Record) or model is Draft:
        for row in model.objects.all():
            assert "words" not in str(row)


def test_public_ids_are_random_and_all_there_is_in_an_address(cast):
    ids = [row.public_id for row in Record.objects.all()]
    assert len(set(ids)) == len(ids)
    assert all(len(public_id) == 12 for public_id in ids)
    assert str(cast.response.pk) != cast.response.public_id


def test_answers_of_another_record_stay_possible_to_find(cast):
    """What spans rows is looked for by `check_data`; the cast is sound."""
    from records.checks import broken_rules

    assert broken_rules() == []
    Response.objects.filter(pk=cast.response.pk).update(answers=None)
    Record.objects.filter(pk=cast.response.pk).update(space=cast.everyone)
    assert len(broken_rules()) == 1


def test_an_organisation_has_one_name(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name=cast.provider.name, kind="funder")

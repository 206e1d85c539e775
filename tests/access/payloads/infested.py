"""A world in which every column that people fill holds payloads, in every row that fills it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convening.actions import decline_offer
from convening.looking.tasks import LONGEST_TASK, LONGEST_TASK_LINE
from convening.models import CommitmentChange, OutcomeVersion, Session, SupervisionNote
from convening.models.agenda import LONGEST_ITEM
from conversing.models import Tension
from desk.drafts import NOT_TYPED, can_be_about, new_key
from desk.models import Draft
from learnpartner.fields import PublicIdField
from partnerships.models import Participation, SiteSettings
from partnerships.words import LONGEST_WORD, groups
from records.actions import put_back
from records.models import Record
from records.search import index
from tests import factories as make
from tests.access.worlds.crawl import World, world
from tests.access.worlds.hidden_words import first
from tests.access.worlds.steps import HIDDEN
from tests.cast import Cast
from tests.house.code import FLOORS
from tests.scenery.agenda import offer

from .corpus import mail_address, paragraphs, web_address, words

APPS = {*FLOORS, "taggit", "account", "mfa", "usersessions"}
# Columns of text that nobody types into, by why not. A column that is new, and not here, is filled.
OURS = {
    "keys of ours, and public ids": {
        "desk.AuditEvent.action",
        "desk.AuditEvent.kind",
        "desk.AuditEvent.public_id",
        "desk.AuditEvent.facts",
        "desk.AuditSeal.digest",
        "desk.Draft.key",
        "desk.Draft.form",
        "desk.Draft.about",
        "desk.Draft.page",
        "convening.AgendaItem.kind",
        "cycles.Activity.method",
        "convening.AgendaOffer.kind",
        "convening.AgendaOffer.submission",
        "convening.AgendaTemplate.submission",
        "convening.Decision.phase_key",
        "convening.Decision.submission",
        "convening.FormerNote.part",
        "convening.SilentWriting.submission",
        "convening.UnsignedNote.submission",
        "convening.Session.zone",
        "convening.SupervisionNote.lenses",
        "conversing.Tension.felt_by",
        "desk.Notice.kind",
        "desk.Notice.about",
        "desk.Outbox.kind",
        "desk.Outbox.about",
        "desk.Outbox.message_id",
        "partnerships.Partnership.opened_rooms",
        "partnerships.Phase.key",
        "records.Attachment.draft_key",
        "records.Attachment.digest",
        "records.Attachment.media_type",
        "records.TellingQuestion.answered_edition",
        "reflections.Reflection.prompt_set",
        "account.EmailConfirmation.key",
        "usersessions.UserSession.data",
    },
    "a hash": {"accounts.User.password"},
    "made of what was typed, here as there": {
        "desk.Outbox.subject",
        "desk.Outbox.recipients",
        "records.SearchText.words",
        "records.SearchText.stems",
    },
}
# So much in one row: pages stay as long as they are in life.
MOST = 700
# In a piece of JSON: what nobody types.
NAMES_OF_OURS = NOT_TYPED | {"kind", "key", "credential", "secret", "attribution", "what_changed", "person_level"}
NAMES_OF_OURS |= {"task", "who", "verdict", "lenses", "followed_up_on", "felt_by", "work"}

# Columns for one line that a form fills with several; every column of long text has several.
SEVERAL_LINES = {
    "partnerships.Agreement.confidentiality_limits",
    "partnerships.Intention.text",
    "records.Telling.how_agreed",
    "records.TellingQuestion.how_known",
}
# In a piece of JSON: lines, and how long one may be; all of it, or what stands under that name.
LINES_IN_JSON = {
    "partnerships.Partnership.words": LONGEST_WORD,
    "convening.AgendaTemplate.rows title": LONGEST_ITEM,
    "convening.TasksNow.answers name": LONGEST_TASK,
    "convening.TasksNow.answers line": LONGEST_TASK_LINE,
}
# Where only what looks like this comes through the form.
SHAPES: dict[str, Callable[[int, int], str]] = {
    "partnerships.ShelfItem.address": web_address,
    "convening.Session.link": web_address,
}
# Where nobody of the cast has written anything into a piece of JSON.
EXAMPLES = {"partnerships.Partnership.words": lambda row: {word.key: "word" for *_, of in groups(row) for word in of}}


class Column(NamedTuple):
    """One column of text, and the number of its words."""

    number: int
    model: type[models.Model]
    field: Any

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"


def all_text() -> Iterator[tuple[type[models.Model], Any]]:
    """Give every column that holds text which is no choice among words of ours, and no id that we make."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields if model._meta.app_label in APPS else ():
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            if is_text and field.editable and not isinstance(field, models.SlugField | PublicIdField):
                yield model, field


def columns() -> list[Column]:
    """Give the columns that people fill."""
    ours = set().union(*OURS.values())
    found = [(model, field) for model, field in all_text() if f"{model._meta.label}.{field.name}" not in ours]
    return [Column(number, model, field) for number, (model, field) in enumerate(found, 1)]


@contextmanager
def infested_world(cast: Cast) -> Iterator[World]:
    """Play all that can be hidden on the stage, so that every table has rows, and fill them; take it all back.

    Who wrote what is hidden belongs to this cast, as `first`.
    """
    with world(cast, HIDDEN, other=True, start=timezone.now().replace(microsecond=0)) as there:
        fill(there.cast)
        yield there


def fill(cast: Cast) -> None:
    """Fill the columns of everything on the stage."""
    cast.more["first"] = first(cast)
    _what_the_stage_has_not(cast)
    _infest()
    # The forms of the matrix say what they were opened with.
    for thing in (*vars(cast).values(), *cast.more.values()):
        if isinstance(thing, models.Model):
            thing.refresh_from_db()


def _what_the_stage_has_not(cast: Cast) -> None:
    """Add what is in no table yet: somebody erased whose words stay, a passkey, an open session, who runs the site."""
    # Those of the hidden half stand at no address where it gave them none.
    for draft in Draft.objects.all():
        if not can_be_about(draft.form, draft.about):
            draft.delete()
    gone = make.make_person(name="Gone since")
    make.make_member(partnership=cast.partnership, person=gone)
    note = make.make_shared_note(by=gone, space=cast.everyone, text="What stays.")
    make.make_response(to=note, by=cast.practitioner, text="An answer.")
    # As erasing leaves somebody whose name stays; it writes a ledger as well, which lies outside the database.
    User.objects.filter(pk=gone.pk).update(erased_at=timezone.now(), is_active=False, name_on_words="Gone since")
    folded = make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="Folded once.")
    make.fold(record=folded, by=cast.fellow)
    put_back(folded, reason="As it is.", key=new_key(), by=cast.practitioner)
    still = make.make_shared_note(by=cast["first"], space=cast.everyone, text="Still folded.")
    make.fold(record=still, by=cast.fellow, words="Is it them?")
    cast.more["looked_at"] = [folded.get_absolute_url(), still.get_absolute_url(), *_sessions_of_others(cast)]
    # One that was let go is in no list that is walked through.
    tensions = Tension.objects.filter(space=cast["space_of_others"])
    cast.more["looked_at"] += [tension.get_absolute_url() for tension in tensions]
    # Who offered it alone is told why not.
    brought = offer(session=cast["peers_session"], by=cast["first"], title="Brought")
    decline_offer(offer=brought, answer="Not now.", by=cast.practitioner)
    cast.more["looked_at"].append(cast["peers_session"].get_absolute_url())
    SupervisionNote.objects.filter(session=cast["supervision_session"]).update(
        followed_up="We rang them.", followed_up_on=timezone.localdate()
    )
    Participation.objects.filter(partnership=cast.partnership).update(in_words="In our own words")
    for person in (cast.practitioner, cast["first"]):
        Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
        UserSession.objects.create(user=person, ip="127.0.0.1", session_key=f"of {person.pk}", user_agent="A browser")
    SiteSettings.objects.create(pk=1, run_by="Doorway", concern_name="Somebody", concern_email="somebody@example.org")


def _sessions_of_others(cast: Cast) -> Iterator[str]:
    """Give the pages of all sessions of the hidden half, and those that tell what was said before; each is another."""
    there = Session.objects.filter(space=cast["space_of_others"])
    yield from (session.get_absolute_url() for session in there)
    for row in OutcomeVersion.objects.filter(outcome__session__in=there)[:1]:
        yield reverse("convening:outcome-versions", args=[row.outcome.session.public_id])
    for session in there.exclude(former_notes=None)[:1]:
        yield reverse("convening:note-list", args=[session.public_id])
    for change in CommitmentChange.objects.exclude(reason="")[:1]:
        yield change.commitment.get_absolute_url()


def _infest() -> None:
    """Put payloads in place of whatever is written; where nothing is in any row, in all rows that take it."""
    for column in columns():
        example = EXAMPLES.get(str(column), lambda row: None)
        rows = column.model._base_manager.order_by("pk")
        values = [(row.pk, getattr(row, column.field.name) or example(row)) for row in rows]
        filled = [(pk, value) for pk, value in values if value]
        for turn, (pk, value) in enumerate(filled):
            _put(column, pk, in_place_of(value, column, turn))
        if not filled:
            _put_in_any(column)
    index.write(*Record._base_manager.all())


def _put(column: Column, pk: Any, value: Any) -> None:
    column.model._base_manager.filter(pk=pk).update(**{column.field.name: value})


def _put_in_any(column: Column) -> None:
    for turn, pk in enumerate(column.model._base_manager.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _put(column, pk, in_place_of("", column, turn))
        except IntegrityError:
            continue


def in_place_of(value: Any, column: Column, turn: int, *, name: str = "") -> Any:
    """Give payloads that fit where this value stands; the texts in a piece of JSON one by one."""
    if name in NAMES_OF_OURS:
        return value
    if isinstance(value, dict):
        return {key: in_place_of(inner, column, turn, name=key) for key, inner in value.items()}
    if isinstance(value, list):
        return [in_place_of(inner, column, turn + at, name=name) for at, inner in enumerate(value)]
    if not isinstance(value, str):
        return value
    if shape := SHAPES.get(str(column)):
        return shape(column.number, turn)
    if isinstance(column.field, models.EmailField):
        return mail_address(column.number, turn)
    # The rest stands in the next row.
    limit = min(column.field.max_length or MOST, MOST)
    of_a_line = LINES_IN_JSON.get(str(column)) or LINES_IN_JSON.get(f"{column} {name}")
    is_line = bool(of_a_line) or not isinstance(column.field, models.TextField | models.JSONField)
    limit = of_a_line or limit
    if not is_line or str(column) in SEVERAL_LINES:
        return paragraphs(column.number, limit, turn=turn)
    # Some columns are unique.
    return f"{words(column.number, limit - 6, lines=False, turn=turn)} {turn}"

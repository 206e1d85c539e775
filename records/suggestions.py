"""Help with the words of a record: who may be asked, through which doors, and what is still to be taken or left."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Substr
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desk.models import Draft
from learnpartner.differences import Change, changes_between
from partnerships.asked import Asked
from partnerships.models import Membership, Space
from partnerships.reader import Reader

from . import kinds
from .access import own_record_or_404
from .merging import Proposed, proposals
from .models import Record, Suggestion
from .models.record import EXCERPT, WORDS
from .passages import Passage, passages_of

# The registered names of the forms that keep drafts.
ASKING, WRITING = "help", "suggestion"


@dataclass(frozen=True)
class Choice:
    """One suggested change to be taken or left: the key of its field in the form, whose passage it is, and itself."""

    key: str
    passage: str
    label: str
    change: Proposed


def choices_of(suggestion: Suggestion, words: dict[str, Any]) -> list[Choice]:
    """Return the changes of a suggestion against what the record says now; those made meanwhile are left out.

    Their keys depend on the suggestion alone, so what was chosen is found again when the record has changed.
    """
    now = {passage.name: passage for passage in passages_of(words)}
    found = []
    for name, had in suggestion.had.items():
        passage = now.get(name, Passage(name, _("The words"), ""))
        for number, change in enumerate(proposals(had, suggestion.suggested[name], passage.text), 1):
            if change:
                found.append(Choice(f"change_{name}_{number}", name, passage.label, change))
    return found


def marked(suggestion: Suggestion, words: dict[str, Any], *, to_helper: bool = False) -> list[tuple[str, list[Change]]]:
    """Return the passages that a helper would change, each with its name and all its words, the changes told apart.

    The helper is shown what stood there while it stands: former words are their author's.
    """
    now = {passage.name: passage for passage in passages_of(words)}
    found = []
    for name, had in suggestion.had.items():
        suggested = suggestion.suggested[name]
        label = now[name].label if name in now else _("The words")
        stands = name in now and now[name].text == had
        if had != suggested:
            found.append((label, changes_between(had if stands or not to_helper else suggested, suggested)))
    return found


def is_kept_from_helpers(record: Record) -> bool:
    """Say whether nobody can be asked: where readers are not told who wrote it, the question would tell."""
    return not record.is_named


def people_to_ask(reader: Reader, record: Record) -> list[Membership]:
    """Return those who can read the author's record now, by name; of the wider field, those of their partnerships."""
    if record.space is None:
        return []
    if record.space.kind == Space.Kind.WIDER_FIELD:
        others = {row.person_id: row for rows in reader.others.values() for row in rows if row.person.is_active}
        return sorted(others.values(), key=lambda row: row.person.name.casefold())
    members = record.space.members().filter(person__is_active=True).exclude(person=reader.person)
    return list(members.with_roles().order_by("person__name"))


def question_or_404(reader: Reader, public_id: str, *, ended_too: bool = False) -> Suggestion:
    """Return a question to the reader, while they can read the record's words and the question stands.

    What they have sent they find until it is answered, and then that it is. `ended_too` is for words that come just
    after the question was taken back: while the record can be read, they are given back.
    """
    readable = Record.objects.visible_to(reader).with_words_for(reader)
    questions = Suggestion.objects.filter(helper=reader.person, record__in=readable, public_id=public_id)
    question = questions.select_related("record__author", "record__space__partnership").first()
    if question is None:
        raise Http404
    is_sent = question.suggested_at is not None and question.is_open
    if is_sent or ended_too or question.outcome == Suggestion.Outcome.ANSWERED or questions.standing().exists():
        return question
    raise Http404


def own_question_or_404(reader: Reader, public_id: str) -> tuple[Suggestion, Record]:
    """Return a question that the reader has asked, and their record with all that its kind holds."""
    questions = Suggestion.objects.filter(record__author=reader.person, public_id=public_id)
    question = questions.select_related("record", "helper").first()
    if question is None:
        raise Http404
    model = kinds.model_of(question.record.kind)
    return question, own_record_or_404(reader, model, question.record.public_id)


def to_look_at(reader: Reader):
    """Return the questions that wait for the reader: to help with somebody else, or to look at what was suggested."""
    readable = Record.objects.visible_to(reader).with_words_for(reader)
    to_me = Suggestion.objects.standing().to_write().filter(helper=reader.person)
    by_me = Suggestion.objects.to_answer().filter(record__author=reader.person, record__space__in=list(reader.spaces))
    return (to_me | by_me).filter(record__in=readable)


def perhaps_asked(reader: Reader):
    """Return the questions that wait for the reader, whether they hold still or not."""
    to_me, by_me = Q(helper=reader.person, suggested_at=None), Q(record__author=reader.person)
    return Suggestion.objects.open().filter(to_me | by_me & Q(suggested_at__isnull=False))


def asked_of(reader: Reader) -> list[Asked]:
    """Return what is asked of the reader about words: to help with somebody's, or to look at what was suggested."""
    rows = to_look_at(reader).annotate(beginning=Substr("record__text", 1, EXCERPT))
    rows = rows.select_related("helper", "record__author", "record__partnership").order_by("asked_at", "pk")
    not_shown = [f"record__{name}" for name in WORDS if name != "title"]
    return [_asked(reader, row) for row in rows.defer("had", "suggested", *not_shown)]


def _asked(reader: Reader, row: Suggestion) -> Asked:
    is_mine = row.record.is_by(reader.person)
    words = row.record.title or Truncator(getattr(row, "beginning", "")).words(9)
    name = row.helper.name if is_mine else row.record.author.name
    title = _("%(name)s has suggested changes") if is_mine else _("%(name)s asks you to help with the words")
    return Asked(
        title=title % {"name": name},
        words=words,
        where=row.record.partnership.name if row.record.partnership else _("The wider field"),
        address=reverse(f"records:suggestion-{'answer' if is_mine else 'detail'}", args=[row.public_id]),
        label=_("Look at them") if is_mine else _("Look and help"),
    )


def forget(record: Record) -> None:
    """Delete what is asked and suggested about a record that goes dark, and wipe what helpers have begun to type."""
    wipe_drafts(*record.suggestions.values_list("public_id", flat=True))
    record.suggestions.all().delete()


def wipe_drafts(*public_ids: str) -> None:
    """Wipe what helpers typed on questions that are over: it holds the author's words, and late saves keep none."""
    typed = Draft.objects.open().filter(form=WRITING, about__in=public_ids)
    typed.update(data={}, used_at=timezone.now())

"""Writing in silence on the live page: the box, one's own words, and what was revealed."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from convening.access import contributions_live, contributions_to, is_host
from convening.actions.contributing import STILL_REVEALED
from convening.forms.live_writing import ClusterNameForm, LiveNoteForm, OpenWritingForm, PaperNotesForm
from convening.models import Cluster, Contribution, Session, SilentWriting, UnsignedNote
from desk.models import Draft
from learnpartner.htmx import wanted_partial
from partnerships.http import SignedInRequest
from partnerships.reader import Reader
from records.models import Attribution
from records.placing import know_space

from .steps import Step

SHOWN_OF_A_NOTE = (
    *("public_id", "kind", "text", "attribution", "role", "wish", "is_kept_back", "writing", "withdrawn_at", "space"),
    *("author__name", "author__name_on_words"),
    *("cluster__public_id", "cluster__writing", "cluster__name", "cluster__made_at"),
)


@dataclass(frozen=True)
class Note:
    """What somebody wrote and all now read. `byline` as its author wished, empty where not named.

    Whose author is signed in has a page of its own (`has_page`); what was on paper and what guests wrote has none.
    Rooms in which nobody is named, the wall and the guests', show its words alone.
    """

    public_id: str
    text: str
    byline: str
    cluster: Cluster | None
    has_page: bool = False
    is_mine: bool = False
    may_remove: bool = False

    @property
    def tick_id(self) -> str:
        """Return the id of its box: another one once it lies elsewhere, so that the tick goes when it was put there."""
        return f"tick-{self.public_id}-{self.cluster.public_id if self.cluster else ''}"


@dataclass
class Group:
    """A cluster with the notes that lie in it."""

    cluster: Cluster
    notes: list[Note]
    form: ClusterNameForm
    others: list["Group"] = field(default_factory=list)

    @property
    def first_words(self) -> str:
        """Return how its first note begins, to tell it by while it has no name."""
        return Truncator(self.notes[0].text).words(5)


@dataclass
class Revealed:
    """A silent writing after its reveal: all notes in an order that tells nothing, in clusters and on their own."""

    writing: SilentWriting
    notes: list[Note]
    groups: list[Group]
    loose: list[Note]

    @property
    def question(self) -> str:
        """Return what was written on."""
        return self.writing.question


@dataclass
class WritingBox:
    """What one writes in: for the writing that is open, or else the last one that was revealed.

    Without its forms for a page that has the box already, and keeps it as it is: somebody may be typing. `unseen` and
    `paper` are one's own that nobody has seen; `left` what one typed for another question and never sent.
    """

    writing: SilentWriting
    unseen: list[Contribution]
    paper: list[UnsignedNote]
    left: list[tuple[SilentWriting, Draft]]
    form: LiveNoteForm | None = None
    paper_form: PaperNotesForm | None = None


def open_one(writings: list[SilentWriting]) -> SilentWriting | None:
    """Return the one of a session's writings that is open, if any."""
    return next((row for row in writings if not row.is_revealed), None)


def shown(request: SignedInRequest, session: Session, writings: list[SilentWriting], *, heading: str) -> dict[str, Any]:
    """Return one's own unseen words for the writing that is open, and what was revealed, the last first.

    `writings` are all of the session; `heading` is that of the step, with which the host's question begins.
    """
    silent = open_one(writings)
    rows = written_at(session, contributions_live(request.reader, session)) if writings else []
    revealed = revealed_to(request.reader, session, writings, rows)
    present = session.is_live and session.space_id in request.reader.spaces
    context: dict[str, Any] = {"revealed": revealed, "box": None, "open_form": None}
    context["sorts"] = present
    if not present:
        return context
    if silent or revealed:
        context["box"] = box_of(request, session, writings, rows)
        context["readers"] = request.reader.who_reads(session.space)
    if silent is None and is_host(request.reader, session):
        context["open_form"] = OpenWritingForm(question=heading)
    return context


def written_live(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return what the page of a session shows of its silent writings, when it is over and before: three queries.

    What was written last and never revealed is its author's own; its host may reveal it until a day after.
    """
    writings = list(SilentWriting.objects.filter(session=session))
    rows = written_at(session, contributions_to(request.reader, session)) if writings else []
    silent = open_one(writings)
    return {
        "written_live": {
            "revealed": list(reversed(revealed_to(request.reader, session, writings, rows))),
            "silent": silent,
            "unseen": [row for row in rows if row.is_private],
            "can_reveal": timezone.now() <= session.ends_at + STILL_REVEALED and not session.is_cancelled,
        }
    }


def written_at(session: Session, readable: QuerySet[Contribution]) -> list[Contribution]:
    """Return those of a session's contributions that somebody may read which were written at it, in their order."""
    written = readable.filter(writing__isnull=False).select_related(None).select_related("author", "cluster")
    # Sixty of them, for forty people at once: without columns that no note shows, and with the space that is known.
    rows = list(written.only(*SHOWN_OF_A_NOTE))
    know_space(rows, session.space)
    return rows


def box_of(
    request: SignedInRequest, session: Session, writings: list[SilentWriting], rows: Iterable[Contribution]
) -> WritingBox:
    """Return the box for the writing that is open or was revealed last, with one's own unseen words for it."""
    writing = open_one(writings) or writings[-1]
    asks = bool(wanted_partial(request, ["live"]))
    # What one typed for the box that one has open is in it.
    drafts = _drafts_of(request, session, writings) if len(writings) > 1 or not asks else []
    paper = UnsignedNote.objects.filter(writing=writing, typed_by=request.user)
    box = WritingBox(
        writing=writing,
        unseen=[row for row in rows if row.writing_id == writing.pk and row.is_private],
        paper=[] if writing.is_revealed else list(paper.order_by("made_at", "line")),
        left=[(of, draft) for of, draft in drafts if of != writing],
    )
    if asks and request.GET.get("box") == writing.public_id:
        return box
    # Opened anew: with what was typed. A page that only asks what is new holds it already.
    here = None if asks else next((draft for of, draft in drafts if of == writing), None)
    # Whatever was sent, by a form of this page or of another part of it: these are new ones.
    opened = copy(request)
    opened.method = "GET"
    box.form = LiveNoteForm(opened, reader=request.reader, session=session, writing=writing, waiting=here)
    box.paper_form = PaperNotesForm(opened, session=session, writing=writing)
    return box


def _drafts_of(
    request: SignedInRequest, session: Session, writings: list[SilentWriting]
) -> list[tuple[SilentWriting, Draft]]:
    """Return what one typed for the questions of this session and never sent, the latest first."""
    by_id = {row.public_id: row for row in writings}
    drafts = Draft.objects.of(request.user).open().filter(form="live-note", about__startswith=f"{session.public_id}/")
    found = ((by_id.get(draft.about.rpartition("/")[2]), draft) for draft in drafts)
    return [(of, draft) for of, draft in found if of and "".join(draft.data.get("text", [])).strip()]


def revealed_to(
    reader: Reader, session: Session, writings: list[SilentWriting], rows: Iterable[Contribution]
) -> list[Revealed]:
    """Return what was revealed at a session, the last first, of `rows`: all contributions that the reader reads there.

    One query beside those that gave the two.
    """
    seen = [row for row in writings if row.is_revealed]
    if not seen:
        return []
    hosts = is_host(reader, session)
    by_writing: dict[int, list[Note]] = {row.pk: [] for row in seen}
    for row in rows:
        if row.writing_id in by_writing and not row.is_private:
            by_writing[row.writing_id].append(_signed(row, row.is_by(reader.person)))
    for unsigned in UnsignedNote.objects.filter(writing__in=seen).select_related("cluster"):
        may_remove = hosts or unsigned.typed_by_id == reader.person.pk
        by_writing[unsigned.writing_id].append(_unsigned(unsigned, may_remove))
    return [_revealed(row, by_writing[row.pk]) for row in reversed(seen)]


def notes_for_guests(session: Session) -> list[Revealed]:
    """Return what guests read: what was written to be shown to them, with nobody named, the last first. Three queries.

    Contributions that were taken back, folded or set aside are not among it.
    """
    seen = SilentWriting.objects.filter(session=session, is_shown_to_guests=True, revealed_at__isnull=False)
    writings = list(seen)
    stands = {"withdrawn_at": None, "folded_at": None, "set_aside_at": None}
    signed = Contribution.objects.filter(writing__in=writings, space__isnull=False, **stands).select_related("cluster")
    unsigned = UnsignedNote.objects.filter(writing__in=writings).select_related("cluster")
    by_writing: dict[int | None, list[Note]] = {row.pk: [] for row in writings}
    rows: list[Contribution | UnsignedNote] = [*signed, *unsigned]
    for row in rows:
        by_writing[row.writing_id].append(Note(row.public_id, row.text, "", row.cluster))
    return [_revealed(row, by_writing[row.pk]) for row in reversed(writings)]


def _signed(row: Contribution, is_mine: bool) -> Note:
    byline = "" if row.attribution == Attribution.NOT_NAMED else row.byline
    return Note(row.public_id, row.text, byline, row.cluster, has_page=True, is_mine=is_mine)


def _unsigned(row: UnsignedNote, may_remove: bool) -> Note:
    return Note(row.public_id, row.text, row.get_source_display(), row.cluster, may_remove=may_remove)


def _revealed(writing: SilentWriting, notes: list[Note]) -> Revealed:
    """Sort notes by their random ids, which tells nothing of who wrote when, and into their clusters."""
    notes = sorted(notes, key=lambda note: note.public_id)
    clusters = {note.cluster.pk: note.cluster for note in notes if note.cluster}
    groups = [
        Group(cluster, [note for note in notes if note.cluster == cluster], ClusterNameForm(cluster=cluster))
        for cluster in sorted(clusters.values(), key=lambda row: (row.made_at, row.pk))
    ]
    for group in groups:
        group.others = [other for other in groups if other is not group]
    return Revealed(writing, notes, groups, [note for note in notes if note.cluster is None])


def says(writings: list[SilentWriting], step: Step | None) -> str:
    """Return what goes on now, in a sentence: told aloud to those who do not see the page when it changes."""
    if silent := open_one(writings):
        return _("Write in silence: %(question)s") % {"question": silent.question}
    if writings and (step is None or writings[-1].item_id == step.item.pk):
        return _("Revealed: %(question)s") % {"question": writings[-1].question}
    if step:
        return _("Now: %(step)s") % {"step": step.heading}
    return ""

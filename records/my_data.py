"""What this room does when somebody is erased, and what they wrote, put in order for their export."""

from typing import Any

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.my_data import erasing, exporting
from partnerships.models import Space
from partnerships.reader import Reader

from . import kinds
from .actions.erasing import erase_words
from .models import Attachment, Attribution, Link, Record, Response, Version

Choice = erasing.Choice


def erase(leaving: erasing.Leaving) -> None:
    """Delete the notebook, and empty what is taken back."""
    erase_words(all_shared=leaving.choice == Choice.TAKEN_BACK, by=leaving.person)


def effects(leaving: erasing.Leaving) -> list[str]:
    """Say what becomes of their words, with counts that nobody else is ever told."""
    own = _own(leaving.person)
    standing = own.shared().filter(withdrawn_at=None)
    private, shared = own.private().filter(within=None).count(), standing.in_stream().count()
    responses = standing.exclude(pk__in=standing.in_stream()).count()
    said = [
        ngettext("%(n)d note in your notebook is deleted.", "%(n)d notes in your notebook are deleted.", private)
        % {"n": private}
        if private
        else _("Your notebook is empty."),
        _("What you have begun to write, and what your notes said before you changed them, is deleted."),
    ]
    if not shared + responses:
        return said
    what = _("%(notes)s and %(responses)s") % {
        "notes": ngettext("%(n)d note that you shared", "%(n)d notes that you shared", shared) % {"n": shared},
        "responses": ngettext("%(n)d response", "%(n)d responses", responses) % {"n": responses},
    }
    where = _places(leaving.person, standing)
    return [*said, f"{_BECOMES[leaving.choice] % {'what': what}} {where}".strip()]


class _Sentences(dict):
    """The sentence for each choice, in the language of whoever reads."""

    def __missing__(self, choice: str) -> str:
        if choice == Choice.NAMED:
            return _("%(what)s stay where they are, with your name as it is now.")
        if choice == Choice.NOT_NAMED:
            return _("%(what)s stay where they are. In place of your name stands “Somebody who has left”.")
        return _(
            "%(what)s are taken back: a notice stands in their place, and the words and files are deleted. "
            "What others have answered stays, for it is theirs."
        )


_BECOMES = _Sentences()


def _places(person: Any, standing: Any) -> str:
    """Name the places where somebody's words stand, as far as they may know them."""
    reader = Reader(person)
    spaces = {space.pk: reader.name_of(space) for space in reader.spaces.values()}
    found = set(standing.order_by().values_list("space", flat=True).distinct())
    names = sorted(name for pk, name in spaces.items() if pk in found)
    if found - set(spaces):
        names.append(_("spaces that you have left"))
    return _("They are in: %(places)s.") % {"places": ", ".join(names)} if names else ""


def _own(person: Any) -> Any:
    """Return the person's own words: what they opened for a group is the group's."""
    return Record.objects.visible_to(Reader(person)).written_by(person).filter(kind__in=kinds.personal_keys())


def own_words_only(rows: Any, person: Any) -> Any:
    """Leave out what somebody opened for a group, and the group has gone on with: it is its space's."""
    way = "" if rows.model is Record else "record__"
    return rows.filter(**{f"{way}kind__in": kinds.personal_keys()})


def own_files_only(rows: Any, person: Any) -> Any:
    """Leave out what somebody added to what is a group's, such as a photo on a session: it is the space's."""
    return rows.filter(Q(record=None) | Q(record__kind__in=kinds.personal_keys()))


# The export -----------------------------------------------------------------------------------------------------


def files(person: Any) -> list[exporting.File]:
    """Return the person's photos and voice notes."""
    rows = Attachment.objects.filter(owner=person, kept_at__isnull=False).exclude(record=None, draft_key="")
    return [_file(row) for row in own_files_only(rows, person).order_by("pk")]


def _file(row: Attachment) -> exporting.File:
    return exporting.File(
        owner=row.public_id,
        name=row.name,
        path=f"files/{row.public_id}.{row.ending}",
        size=row.size,
        description=row.description,
        is_picture=row.is_photo,
    )


def names(person: Any) -> dict[str, str]:
    """Say what the person's own records are called."""
    return {row.public_id: row.first_words for row in _own(person)}


def sections(person: Any) -> list[exporting.Section]:
    """Return what the person wrote, the newest first: the notebook, what is shared, and responses."""
    reader = Reader(person)
    own = _own(person).noting_withheld(reader).select_related("space__partnership", "partnership")
    rows = list(own.prefetch_related("tags", "attachments").order_by("-created_at", "-pk"))
    beside = _Beside(reader, rows)
    streamed = {kind.key for kind in kinds.all_kinds() if kind.in_stream}
    notebook = [row for row in rows if row.is_private and row.within_id is None]
    shared = [row for row in rows if not row.is_private and row.kind in streamed]
    responses = [row for row in rows if row.kind not in streamed and row not in notebook]
    return [
        exporting.Section(heading, [beside.entry(row) for row in found])
        for heading, found in (
            (_("Your notebook"), notebook),
            (_("What you shared"), shared),
            (_("Your responses"), responses),
        )
        if found
    ]


class _Beside:
    """What stands beside somebody's records: fetched once for all."""

    def __init__(self, reader: Reader, rows: list[Record]):
        self.reader = reader
        keys = [row.pk for row in rows]
        self.versions: dict[int, list[Version]] = {}
        for version in Version.objects.filter(record__author=reader.person).order_by("-number"):
            self.versions.setdefault(version.record_id, []).append(version)
        readable = Record.objects.visible_to(reader).with_words_for(reader)
        links = Link.objects.filter(grown__author=reader.person)
        wanted = {row.within_id for row in rows} | set(links.values_list("source", flat=True))
        self.titles = dict(readable.filter(pk__in=wanted - {None}).values_list("pk", "title"))
        self.sources: dict[int, list[int]] = {}
        for grown, source in links.values_list("grown", "source"):
            self.sources.setdefault(grown, []).append(source)
        self.further = {
            row.pk: kinds.get(kind).further_words(row)
            for kind in {row.kind for row in rows}
            for row in kinds.model_of(kind)._default_manager.visible_to(reader).filter(pk__in=keys)
        }
        self.verbs = dict(Response.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "verb"))

    def entry(self, row: Record) -> exporting.Entry:
        """Return one record as its author reads it."""
        attached = [_file(file) for file in row.attachments.all() if file.kept_at]
        return exporting.Entry(row.title, facts=self._facts(row), blocks=self._blocks(row), files=attached)

    def _facts(self, row: Record) -> list[str]:
        facts = [f"{row.kind_label}, {_moment(row.created_at)}"]
        if row.pk in self.verbs:
            facts.append(str(Response.Verb(self.verbs[row.pk]).label))
        if row.within_id:
            facts.append(_("To: %(title)s") % {"title": self._called(row.within_id)})
        facts.append(_("Who could read it when this was made: %(who)s") % {"who": self._who_reads(row)})
        if row.shared_at:
            facts.append(
                _("Shared %(moment)s, %(how)s")
                % {
                    "moment": _moment(row.shared_at),
                    "how": str(Attribution(row.attribution).label).lower(),
                }
            )
        if row.edited_at:
            facts.append(_("Edited %(moment)s") % {"moment": _moment(row.edited_at)})
        if row.what_became:
            facts.append(row.what_became)
        if row.happened_on:
            facts.append(_("Happened on %(day)s") % {"day": formats.date_format(row.happened_on, "j F Y")})
        facts.append(str(row.get_person_level_display()))
        facts += [str(mark.words) for mark in row.marks]
        tags = sorted(tag.name for tag in row.tags.all())
        if tags:
            facts.append(_("Tags: %(tags)s") % {"tags": ", ".join(tags)})
        facts += [_("Grew from: %(title)s") % {"title": self._called(key)} for key in self.sources.get(row.pk, [])]
        return facts

    def _called(self, key: int) -> str:
        """Say what somebody else's record is called, where it can be read now."""
        if key not in self.titles:
            return _("something that you cannot read now")
        return self.titles[key] or _("something without a title")

    def _who_reads(self, row: Record) -> str:
        """Say who reads it now; of a one to one, not who the other is."""
        if row.space is None:
            return _("Only you")
        if row.space_id not in self.reader.spaces:
            return _("A space that you have left")
        if row.space.kind == Space.Kind.ONE_TO_ONE:
            return str(row.space.get_kind_display())
        where = f", {row.space.partnership.name}" if row.space.partnership else ""
        return self.reader.who_reads(self.reader.spaces[row.space_id]) + where

    def _blocks(self, row: Record) -> list[tuple[str, str]]:
        blocks = _answers(self.further.get(row.pk, {})) or [("", row.text)]
        blocks += [(part["heading"], part["text"]) for part in row.before_and_now]
        if row.is_told:
            blocks.append((_("Told by"), row.teller))
        for version in self.versions.get(row.pk, []):
            until = _("What it said until %(moment)s") % {"moment": _moment(version.replaced_at)}
            words = [version.words.get("title", ""), version.words.get("text", "")]
            blocks.append((until, "\n\n".join(filter(None, words))))
        return [(heading, text) for heading, text in blocks if text]


def _answers(further: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the questions of a note with prompts, with their answers."""
    return [(row["question"], row["answer"]) for row in further.get("answers", []) if row["answer"]]


def _moment(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y, H:i")


ERASING = erasing.Part(erase=erase, effects=effects)
EXPORTING = exporting.Part(
    sections=sections,
    covers=("records.Record", "records.Response", "records.RecordTag", "records.Version", "records.Link"),
    names=names,
    files=files,
    narrows={
        "records.Record": own_words_only,
        "records.Version": own_words_only,
        "records.Attachment": own_files_only,
    },
)

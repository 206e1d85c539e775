"""Reading a list of people to invite, as a spreadsheet saves it: what stands in it, and what is wrong, line by line."""

import csv
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .forms.addresses import AddressField, name_field
from .forms.people import role_choices
from .invitations import Invitee, Known, Place
from .models import Organisation, Partnership, Role

MOST_LINES = 500
DELIMITERS = ",;\t"
# A line of nothing but these is empty: spreadsheets end their lists with many.
NOTHING = f'{DELIMITERS} "\x0b\x0c\xa0\ufeff'
# A spreadsheet takes a cell that begins so for a formula, on the computer of whoever opens the list next (OWASP, CSV
# injection). The full-width twins are read alike.
BEGINS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")
# How columns are called, without their spaces, hyphens and capitals.
HEADERS = {
    "email": ("email", "emailaddress", "mail", "address"),
    "name": ("name", "fullname"),
    "role": ("role",),
    "own_words": ("ownwords", "roleinownwords", "job", "jobtitle", "whattheydothere"),
    "organisation": ("organisation", "organization", "comesfrom", "employer"),
}
# Role and organisation mean something in a partnership only.
IN_ORGANISATIONS = ("email", "name", "own_words")


@dataclass
class Line:
    """One line of the list: its number as in a text editor, what it says, and what is wrong in it, in words."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    invitee: Invitee | None = None
    role_word: str = ""
    # What stands there, where it could not be read as cells.
    raw: str = ""


@dataclass
class Preview:
    """The list as it was understood: its lines, and what is said about all of them."""

    lines: list[Line]
    columns: list[str]
    notes: list[str]

    @property
    def invitees(self) -> list[Invitee]:
        """Return those whose line has nothing wrong in it."""
        return [line.invitee for line in self.lines if line.invitee]

    @property
    def wrong(self) -> list[Line]:
        """Return the lines that cannot be sent."""
        return [line for line in self.lines if not line.invitee]


def decode(data: bytes) -> str:
    """Make text of a file, as spreadsheets save it on various computers; ValidationError where it is none."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError(
            _("This is a whole spreadsheet. Save it as CSV first (in your spreadsheet: Save as, then CSV).")
        )
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("This file holds something else than text. Save your list as CSV, and choose it again."))


def look_at(text: str, *, place: Place, by) -> Preview:
    """Say for each line who would be invited, or what is wrong in it, in words. Nothing is sent.

    Raises ValidationError where it cannot be read as a list at all.
    """
    preview = _read(text, allowed=list(HEADERS) if isinstance(place, Partnership) else list(IN_ORGANISATIONS))
    known = Known(place, by=by, among=[line.cells["email"].lower() for line in preview.lines if line.cells])
    understand = _Understanding(place, known)
    for line in preview.lines:
        if not line.problems:
            understand.line(line)
    if isinstance(place, Partnership) and any(line.cells and not line.cells.get("role") for line in preview.lines):
        preview.notes.append(
            _("Where no role is given, people are invited as %(role)s.") % {"role": understand.default_role}
        )
    return preview


def _read(text: str, *, allowed: Collection[str]) -> Preview:
    """Split the text into lines and cells.

    Each line is read by itself, so that a quotation mark that is never closed spoils its own line and no other.
    """
    rows = [(number, row) for number, row in enumerate(_whole(text).split("\n"), 1) if row.strip(NOTHING)]
    if not rows:
        raise ValidationError(_("There is nothing here yet. Choose a file, or paste the list."))
    first = rows[0][1]
    delimiter = max(DELIMITERS, key=lambda mark: _knows(_cells(first, mark), allowed))
    head = _cells(first, delimiter)
    if head is None:
        raise ValidationError(_("The quotation marks in the first line do not match."))
    names = [_column_of(cell, allowed) for cell in head]
    if any(names):
        rows = rows[1:]
    elif len(head) <= 1:
        head, names = [""], ["email"]
    _check_header(head, names)
    if len(rows) > MOST_LINES:
        raise ValidationError(
            _("This list has %(n)s lines. %(most)s at a time is the limit: please send it in parts."),
            params={"n": f"{len(rows):,}", "most": MOST_LINES},
        )
    if not rows:
        raise ValidationError(_("Nobody stands below the names of the columns."))
    notes = [
        _("The column “%(name)s” is left out: nothing here needs it.") % {"name": cell.strip()}
        for cell, name in zip(head, names, strict=True)
        if not name and cell.strip()
    ]
    lines = [_line(number, row, delimiter, names) for number, row in rows]
    return Preview(lines=lines, columns=[name for name in allowed if name in names], notes=notes)


def _whole(text: str) -> str:
    """Give the text with one sort of line break, and without characters that no database takes."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _cells(row: str, delimiter: str) -> list[str] | None:
    """Return the cells of one line, or None where its quotation marks do not match."""
    try:
        return next(csv.reader([row], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _column_of(cell: str, allowed: Collection[str]) -> str:
    """Return which column it is that somebody calls so; empty where it is none that is looked for."""
    word = "".join(character for character in cell.casefold() if character.isalnum())
    return next((name for name in allowed if word in HEADERS[name]), "")


def _knows(cells: list[str] | None, allowed: Collection[str]) -> tuple[int, int]:
    """Say how well a line is understood when it is cut at this mark: known columns first, then their number."""
    cells = cells or []
    return sum(bool(_column_of(cell, allowed)) for cell in cells), len(cells)


def _check_header(head: list[str], names: list[str]) -> None:
    if not any(names):
        raise ValidationError(
            _("The first line has to say what stands in the columns, such as: e-mail, name, role, organisation.")
        )
    if "email" not in names:
        raise ValidationError(_("There is no column for the address. Call it “e-mail” in the first line."))
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        called = [cell.strip() for cell, name in zip(head, names, strict=True) if name == twice]
        raise ValidationError(
            _("Two columns say the same: “%(one)s” and “%(other)s”. Take one of them out."),
            params={"one": called[0], "other": called[1]},
        )


def _line(number: int, row: str, delimiter: str, names: list[str]) -> Line:
    cells = _cells(row, delimiter)
    if cells is None:
        words = _("The quotation marks do not match, so this line cannot be read.")
        return Line(number, problems=[words], raw=row[:120])
    line = Line(number, cells={name: cell.strip() for name, cell in zip(names, cells, strict=False) if name})
    for name in names:
        if name:
            line.cells.setdefault(name, "")
    if any(cell.strip(" ").startswith(BEGINS_A_FORMULA) for cell in cells):
        line.problems.append(_("A cell begins with =, +, -, @ or a tab, as a formula does. Take that sign out."))
    surplus = sum(bool(cell.strip()) for cell in cells[len(names) :])
    if surplus:
        line.problems.append(
            ngettext(
                "There is %(n)d more cell than the first line has columns.",
                "There are %(n)d more cells than the first line has columns.",
                surplus,
            )
            % {"n": surplus}
        )
    return line


class _Understanding:
    """What the cells of a line mean, in this place."""

    def __init__(self, place: Place, known: Known):
        self.known = known
        self.first_with: dict[str, int] = {}
        self.fields: dict[str, Field] = {
            "email": AddressField(),
            "name": name_field(required=False),
            "own_words": name_field(required=False),
        }
        self.roles: dict[str, str] = {}
        self.role_words: dict[str, str] = {}
        self.organisations: dict[str, Organisation] = {}
        if isinstance(place, Partnership):
            self.role_words = dict(role_choices(place))
            for role in Role:
                for word in (role.value, str(role.label), self.role_words[role.value]):
                    self.roles[_folded(word)] = role.value
            self.organisations = {_folded(row.name): row for row in Organisation.objects.all()}
        self.default_role = self.role_words.get(Role.PRACTITIONER, "")

    def line(self, line: Line) -> None:
        """Give the line its invitee, or say what is wrong."""
        words = {name: self._word(line, name) for name in self.fields}
        role = self._role(line)
        organisation = self._organisation(line)
        if words["email"]:
            self._check_address(line, words["email"])
        if not line.problems:
            line.role_word = self.role_words.get(role, "")
            line.invitee = Invitee(
                email=words["email"],
                name=words["name"],
                own_words=words["own_words"],
                role=role,
                organisation=organisation,
            )

    def _word(self, line: Line, name: str) -> str:
        try:
            return self.fields[name].clean(line.cells.get(name, ""))
        except ValidationError as error:
            line.problems += error.messages
            return ""

    def _role(self, line: Line) -> str:
        cell = line.cells.get("role", "")
        role = self.roles.get(_folded(cell)) if cell else Role.PRACTITIONER.value
        if role is None:
            known = ", ".join(self.role_words.values())
            line.problems.append(
                _("“%(word)s” is no role here. There are: %(known)s.") % {"word": cell[:60], "known": known}
            )
        return role or ""

    def _organisation(self, line: Line) -> Organisation | None:
        cell = line.cells.get("organisation", "")
        organisation = self.organisations.get(_folded(cell)) if cell else None
        if cell and organisation is None:
            line.problems.append(
                _("“%(name)s” is no organisation on this site. Leave the cell empty, or ask a site admin for it.")
                % {"name": cell[:120]}
            )
        return organisation

    def _check_address(self, line: Line, email: str) -> None:
        if email in self.first_with:
            line.problems.append(_("This address stands in line %(n)d already.") % {"n": self.first_with[email]})
            return
        self.first_with[email] = line.number
        try:
            self.known.check(email)
        except ValidationError as error:
            line.problems += error.messages


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(word.split())).casefold()

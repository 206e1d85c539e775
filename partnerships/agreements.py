"""What a partnership has agreed on: which version holds, who is asked to accept it, and what changed between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.notices import Line

from .asked import Asked
from .models import Acceptance, Agreement, Membership, Partnership
from .models.memberships import current_members
from .models.site import site_settings
from .reader import Reader

NOTICE = "agreement"
# Two lines with fewer words in common than this are two lines, and not one that changed.
ALIKE = 0.4


def starter_lines() -> list[str]:
    """Return the lines that every partnership begins with; what its fields say (harm, review day) makes eight.

    Source: 6-voices, 6.1.
    """
    return [
        _(
            "We come here to learn. Nothing written here is used to monitor a contract, appraise a colleague or inspect"
            " a service."
        ),
        _("We may use what we learn. We do not repeat who said it."),
        _("We leave out whatever would identify somebody we support."),
        _("Those with more power go first in saying what is not going well."),
        _("Nobody has to write, and nobody is counted."),
        _("This site is run by %(name)s. Public bodies among us can be asked, by law, for what they hold.")
        % {"name": site_settings().run_by or gap()},
    ]


def gap() -> str:
    """Return what stands in the starter text where the site has not said who runs it: to be filled in."""
    return _("[write here who runs it]")


def current_agreement(partnership: Partnership) -> Agreement | None:
    """Return the version that holds now; None before the first one is adopted."""
    return partnership.agreements.adopted().first()


def draft_of(partnership: Partnership) -> Agreement | None:
    """Return the draft of the next version, which only those who look after settings may see."""
    return partnership.agreements.filter(number=None).first()


def missing_in(draft: Agreement, before: Agreement | None) -> list[str]:
    """Say what has to be done before the draft can be adopted, in place of the version before it."""
    wanted = {"safety": _("Say first what you do, outside this place, if somebody may come to harm.")}
    if draft.partnership.kind == Partnership.Kind.SUPERVISION:
        wanted |= {
            "frequency": _("Say first how often you meet."),
            "record_kept": _("Say first what record is kept."),
            "confidentiality_limits": _("Say first where confidentiality ends."),
        }
    missing = [words for name, words in wanted.items() if not getattr(draft, name).strip()]
    if gap() in draft.text:
        missing.append(_("Say first who runs this site: “%(gap)s” still stands in the text.") % {"gap": gap()})
    if before and draft.lines == before.lines:
        missing.append(_("Nothing is different from what you have agreed on already."))
    return missing


def version_now(partnership: Partnership) -> int:
    """Return the number that a form which changes the agreement stands on: 0 where there is none yet.

    It goes on counting from version to version of the text, so that no two states of it share one.
    """
    latest = draft_of(partnership) or current_agreement(partnership)
    return latest.version if latest else 0


@dataclass(frozen=True)
class Standing:
    """How it stands with the agreement, for one member. `current` comes without its text."""

    current: Agreement | None
    accepted_at: datetime | None
    is_asked: bool


def standing_of(membership: Membership) -> Standing:
    """Say which version holds, and whether the member has accepted it, or is asked to. One query.

    Whoever has accepted the latest version that asks, or a later one, is not asked again.
    """
    mine = Acceptance.objects.filter(agreement=OuterRef("pk"), membership=membership)
    versions = Agreement.objects.adopted().filter(partnership=membership.partnership_id)
    versions = versions.annotate(accepted_at=Subquery(mine.values("accepted_at")[:1]))
    rows = list(versions.defer("text", "safety", "confidentiality_limits"))
    asking = max((row.number or 0 for row in rows if not row.is_small_change), default=0)
    accepted = [row.accepted_at for row in rows if row.accepted_at and (row.number or 0) >= asking]
    return Standing(
        current=rows[0] if rows else None,
        accepted_at=accepted[0] if accepted else None,
        is_asked=bool(rows) and not accepted,
    )


def has_accepted(membership: Membership) -> bool:
    """Say whether nothing is left for the member to accept."""
    return not standing_of(membership).is_asked


def acceptances_of(partnership: Partnership) -> dict[str, list[str]]:
    """Name who has accepted what holds, and who has not yet: for stewards only. Two queries."""
    asking = partnership.agreements.adopted().filter(is_small_change=False).values_list("number", flat=True).first()
    accepted = Acceptance.objects.filter(agreement__partnership=partnership, agreement__number__gte=asking or 0)
    done = set(accepted.values_list("membership", flat=True))
    members = list(current_members(partnership).select_related("person").order_by("person__name"))
    return {
        "accepted": [row.person.name for row in members if row.pk in done],
        "waiting": [row.person.name for row in members if row.pk not in done],
    }


def asked_to_accept(reader: Reader) -> list[Asked]:
    """Ask for what the person has not accepted yet. Nothing is locked meanwhile: reading follows the one rule."""
    mine = {row.pk: row for row in reader.memberships.values()}
    asking: dict[int, Agreement] = {}
    versions = Agreement.objects.adopted().filter(partnership__in=reader.memberships, is_small_change=False)
    for version in versions.only("number", "partnership", "what_changed"):
        asking.setdefault(version.partnership_id, version)
    if not asking:
        return []
    accepted: dict[int, int] = {}
    rows = Acceptance.objects.filter(membership__in=mine).select_related("agreement")
    for row in rows.only("agreement__number", "agreement__partnership"):
        place = row.agreement.partnership_id
        accepted[place] = max(accepted.get(place, 0), row.agreement.number or 0)
    found = []
    for partnership in reader.partnerships:
        latest = asking.get(partnership.pk)
        if latest and accepted.get(partnership.pk, 0) < (latest.number or 0):
            found.append(_asked(latest, partnership))
    return found


def _asked(version: Agreement, partnership: Partnership) -> Asked:
    title, words = _("Read what the group has agreed on"), _("Whether it is right for you too is yours to say.")
    if version.what_changed:
        title, words = _("The group agreement has changed"), version.what_changed
    return Asked(
        title=title,
        words=words,
        where=partnership.name,
        address=reverse("partnerships:agreement-accept", args=[partnership.slug]),
        label=_("Read it"),
    )


def notice_of(person, about: str) -> Line | None:
    """Tell a member by mail that an agreement asks them; None once they have accepted, left, or a newer one asks."""
    version = Agreement.objects.adopted().filter(public_id=about).select_related("partnership").first()
    membership = version and Membership.objects.of(person).current().filter(partnership=version.partnership).first()
    if not version or not membership:
        return None
    newer = version.partnership.agreements.adopted().filter(number__gt=version.number, is_small_change=False)
    if newer.exists() or has_accepted(membership):
        return None
    return Line(
        place=version.partnership.name,
        words=_("The group agreement asks each member"),
        address=reverse("partnerships:agreement-accept", args=[version.partnership.slug]),
    )


@dataclass(frozen=True)
class Piece:
    """Some words of a line: as before, new, or taken out."""

    words: str
    kind: str = "same"


@dataclass(frozen=True)
class LineChange:
    """What became of one line: same, changed, new, or gone."""

    kind: str
    pieces: list[Piece]


def differences(before: Iterable[str], after: Iterable[str]) -> list[LineChange]:
    """Say what changed between two versions, line by line and then word by word."""
    old, new = list(before), list(after)
    found: list[LineChange] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [LineChange("same", [Piece(line)]) for line in old[i1:i2]]
            continue
        for one, other in zip_longest(old[i1:i2], new[j1:j2]):
            found += _line_changes(one, other)
    return found


def _line_changes(one: str | None, other: str | None) -> list[LineChange]:
    """Compare two lines that stand in the same place; None where there is none."""
    was, becomes = (one or "").split(), (other or "").split()
    matcher = SequenceMatcher(None, was, becomes, autojunk=False)
    if one is None or other is None or matcher.ratio() < ALIKE:
        gone = [LineChange("gone", [Piece(one, "gone")])] if one else []
        return gone + ([LineChange("new", [Piece(other, "new")])] if other else [])
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(was[i1:i2])))
            continue
        pieces += [Piece(" ".join(was[i1:i2]), "gone")] if i2 > i1 else []
        pieces += [Piece(" ".join(becomes[j1:j2]), "new")] if j2 > j1 else []
    return [LineChange("changed", pieces)]

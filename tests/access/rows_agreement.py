"""The rows of the matrix about the agreement, research, supervision and worries."""

from typing import Any

from partnerships.concerns import contact_of, letter_of, mark_of
from tests.cast import IN_EVERYONE, IN_SUPERVISION, Cast

from .matrix import MEMBERS_OF, WITH_DUTY, WITHOUT_DUTY, Row, id_of, key_of, nothing, slug_of

STEWARD = frozenset({"steward"})


def _of_agreement(name: str):
    return lambda cast: (cast.partnership.slug, cast[name].public_id)


def _draft(cast: Cast) -> dict[str, Any]:
    version = cast["agreement_draft"].version
    return {"text": "new lines", "safety": "Ring somebody.", "version": version, **key_of("agreement")}


def _adopting(cast: Cast) -> dict[str, Any]:
    return {"version": cast["agreement_draft"].version, "what_changed": "A word more", "asks": "again"}


def _study(cast: Cast) -> dict[str, Any]:
    day = cast["study"].last_day_on
    return {
        "title": "A study",
        "institution": "University of the Estuary",
        "approval": "Committee B",
        "information": "a sheet",
        "last_day_on_day": day.day,
        "last_day_on_month": day.month,
        "last_day_on_year": day.year,
        "version": 1,
        **key_of("study"),
    }


def _worry(cast: Cast) -> dict[str, Any]:
    return {"text": "words of a worry", **key_of("worry")}


def _worry_as_seen(cast: Cast) -> dict[str, Any]:
    worry = _worry(cast)
    contact = contact_of(cast.partnership)
    assert contact
    letter = letter_of(cast.partnership, contact=contact, text=worry["text"])
    return worry | {"seen": mark_of(letter)}


def _met(cast: Cast) -> dict[str, Any]:
    return {"met_on_day": 2, "met_on_month": 3, "met_on_year": 2026}


def _meeting(cast: Cast) -> tuple:
    return (cast.supervision.slug, cast["meeting"].met_on.isoformat())


HERE = slug_of("partnership")
AGREEMENT = [
    *[
        Row("partnerships:agreement-detail", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row("partnerships:agreement-version", "agreement", _of_agreement("agreement"), IN_EVERYONE),
    # The draft is no version, for whoever it may be.
    Row("partnerships:agreement-version", "agreement_draft", _of_agreement("agreement_draft")),
    Row("partnerships:agreement-edit", "partnership", HERE, WITH_DUTY, refused=WITHOUT_DUTY, body=_draft),
    Row(
        "partnerships:agreement-adopt",
        "partnership",
        HERE,
        STEWARD,
        refused=IN_EVERYONE - STEWARD,
        body=_adopting,
    ),
    Row(
        "partnerships:agreement-accept",
        "partnership",
        HERE,
        IN_EVERYONE,
        body=lambda cast: {"read": cast["agreement"].public_id},
    ),
    Row(
        "partnerships:agreement-accept",
        "partnership, another one read",
        HERE,
        IN_EVERYONE,
        body=lambda cast: {"read": cast["agreement_draft"].public_id},
        posted=409,
    ),
    # Nothing is agreed there yet.
    Row("partnerships:agreement-accept", "sibling", slug_of("sibling"), frozenset({"outsider"}), get=302, body=nothing),
]
RESEARCH = [
    Row("partnerships:research-edit", "partnership", HERE, IN_EVERYONE, body=lambda cast: {"answer": "yes"}),
    Row("partnerships:research-edit", "sibling", slug_of("sibling"), frozenset({"outsider"})),
    Row("partnerships:study-new", "partnership", HERE, WITH_DUTY, refused=WITHOUT_DUTY, body=_study),
    Row("partnerships:study-detail", "study", id_of("study"), IN_EVERYONE),
    Row("partnerships:study-detail", "agreement", id_of("agreement")),
    Row("partnerships:study-edit", "study", id_of("study"), WITH_DUTY, refused=WITHOUT_DUTY, body=_study),
    Row("partnerships:study-end", "study", id_of("study"), WITH_DUTY, refused=WITHOUT_DUTY, body=nothing),
]
SUPERVISION = [
    Row("partnerships:supervision-detail", "supervision", slug_of("supervision"), IN_SUPERVISION, body=_met),
    # No supervision: there is no such page.
    Row("partnerships:supervision-detail", "partnership", HERE, body=_met),
    Row("partnerships:supervision-edit", "supervision", slug_of("supervision"), IN_SUPERVISION, body=nothing),
    Row("partnerships:supervision-edit", "partnership", HERE, body=nothing),
    Row("partnerships:supervision-meeting-delete", "meeting", _meeting, IN_SUPERVISION, body=nothing),
    Row("partnerships:supervision-meeting-delete", "another day", lambda cast: (cast.supervision.slug, "2026-01-16")),
]
CONCERN = [
    Row("partnerships:concern-new", "partnership", HERE, IN_EVERYONE, body=_worry_as_seen),
    Row("partnerships:concern-new", "partnership, its preview", HERE, IN_EVERYONE, body=_worry, posted=200),
    # Nobody has been named there.
    Row(
        "partnerships:concern-new",
        "sibling",
        slug_of("sibling"),
        frozenset({"outsider"}),
        body=_worry,
        posted=422,
    ),
    Row(
        "partnerships:concern-edit",
        "partnership",
        HERE,
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: {"name": "Noor Outside", "email": "noor@elsewhere.example"},
    ),
]
ROWS = [*AGREEMENT, *RESEARCH, *SUPERVISION, *CONCERN]

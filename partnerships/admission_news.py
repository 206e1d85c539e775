"""What admissions ask of people: the rows on home, and the lines of mails, which name a place and nobody."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.notices import Line

from .admitting import OF_EVERYBODY, partnership_of
from .asked import Asked
from .models import Admission, AdmissionAnswer, Mute, Space
from .reader import Reader

Kind = Admission.Kind


def address_of(admission: Admission) -> str:
    """Return the address of its page."""
    return reverse("partnerships:admission-detail", args=[partnership_of(admission.space).slug, admission.public_id])


def asked_of_me(reader: Reader):
    """Return the questions that the reader is to accept, or not."""
    mine = [membership.pk for membership in reader.memberships.values()]
    return Admission.objects.pending().filter(membership__in=mine, accepted_at=None)


def _inside(reader: Reader) -> list[int]:
    return [pk for pk, space in reader.spaces.items() if space.kind not in OF_EVERYBODY]


def asked_of_those_inside(reader: Reader):
    """Return the questions about others that the reader, who is inside, has not answered yet."""
    answered = AdmissionAnswer.objects.filter(admission=OuterRef("pk"), membership__person=reader.person)
    inside = Admission.objects.pending().filter(space__in=_inside(reader)).exclude(kind=Kind.FOUNDING)
    return inside.exclude(membership__person=reader.person).exclude(Exists(answered))


def shown_in(reader: Reader, space: Space) -> list[dict]:
    """Return the questions that those inside see, each with the reader's own answer; refused ones as "not now".

    Nobody sees more of them than who asked whom, since when, until when it is open, and what they said themselves.
    """
    own = dict(
        AdmissionAnswer.objects.filter(admission__space=space, membership__person=reader.person).values_list(
            "admission", "says_yes"
        )
    )
    refused = space.admissions.refused(Admission.Outcome.STOPPED, Admission.Outcome.DECLINED)
    rows = (space.admissions.pending() | refused).select_related(
        "space__partnership", "membership__person", "asked_by__person"
    )
    return [
        {
            "admission": row,
            "address": address_of(row),
            "answer": own.get(row.pk),
            "is_me": row.membership.person_id == reader.person.pk,
        }
        for row in rows
    ]


def name_before(space: Space) -> str:
    """Name a space to who is not in it yet."""
    return space.name or _("One to one")


def to_answer(reader: Reader):
    """Return all questions that the reader is to answer: about themselves, and about others."""
    return asked_of_me(reader) | asked_of_those_inside(reader)


def perhaps_to_answer(reader: Reader):
    """Return the questions about them, and in their spaces, whether they are to answer these or not any more."""
    mine = [membership.pk for membership in reader.memberships.values()]
    return Admission.objects.pending().filter(Q(membership__in=mine, accepted_at=None) | Q(space__in=_inside(reader)))


def asked_of(reader: Reader) -> list[Asked]:
    """Return what admissions ask of the reader: one query for all, none for who is in no partnership."""
    if not reader.memberships:
        return []
    rows = to_answer(reader).select_related("space__partnership", "membership__person", "asked_by__person")
    return [_row(reader, admission) for admission in rows.order_by("asked_at", "pk")]


def _row(reader: Reader, admission: Admission) -> Asked:
    """Say in a heading and a sentence what is asked."""
    space, person = admission.space, admission.membership.person
    if person == reader.person:
        title, words = _asked_in(admission)
    elif admission.kind == Kind.NEW_POWER:
        title = _("Is %(space)s still a space of peers?") % {"space": space.name}
        words = _("%(name)s has another role now, with power over people there.") % {"name": person.name}
    else:
        title = _("%(name)s is asked into %(space)s") if admission.is_taken_up else _("%(name)s asks to join %(space)s")
        title %= {"name": person.name, "space": space.name}
        words = _("%(name)s would read everything that has been shared there.") % {"name": person.name}
        if admission.holds_power:
            words += " " + _("Is it still a space of peers then?")
    return Asked(
        title=title,
        words=words,
        where=partnership_of(space).name,
        address=address_of(admission),
        label=_("Look and answer"),
    )


def _asked_in(admission: Admission) -> tuple[str, str]:
    """Say who asks one in, and where."""
    by = admission.asked_by.person.name if admission.asked_by else ""
    if admission.space.kind == Space.Kind.ONE_TO_ONE:
        return _("%(name)s asks you into a one to one") % {"name": by}, _("The two of you, and nobody else ever.")
    title = _("%(name)s asks you into %(space)s") % {"name": by, "space": admission.space.name}
    return title, _("You would read everything shared there, also what was shared before.")


def asked_in_line(person, about: str) -> Line | None:
    """Say in a mail that the person is asked into a space, while they are to answer."""
    admission = asked_of_me(Reader(person)).filter(public_id=about).select_related("space__partnership").first()
    if admission is None:
        return None
    if admission.space.kind == Space.Kind.ONE_TO_ONE:
        return _line(admission, _("You are asked into a one to one"))
    return _line(admission, _("You are asked into %(space)s") % {"space": admission.space.name})


def inside_line(person, about: str) -> Line | None:
    """Say in a mail that somebody may come into a space of the person's, while they can answer and want to hear."""
    question = (
        asked_of_those_inside(Reader(person)).filter(public_id=about).select_related("space__partnership").first()
    )
    if question is None or Mute.objects.filter(person=person, space=question.space_id).exists():
        return None
    return _line(question, _("Somebody may come into %(space)s: you are asked") % {"space": question.space.name})


def _line(admission: Admission, words: str) -> Line:
    return Line(place=partnership_of(admission.space).name, words=words, address=address_of(admission))

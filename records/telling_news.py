"""What tellings ask of people: the rows on home, the lines of mails, and how a second member is told the audience."""

from django.urls import reverse
from django.utils.translation import gettext as _

from desk.notices import Line
from partnerships.asked import Asked
from partnerships.models import Space
from partnerships.reader import Reader

from .models import TellingQuestion


def asked_of_me(reader: Reader):
    """Return the questions that the reader is to answer, as somebody who may know of the agreement."""
    mine = [membership.pk for membership in reader.memberships.values()]
    return TellingQuestion.objects.waiting().filter(asked__in=mine)


def teller_of(question: TellingQuestion) -> str:
    """Say whose words they are, as the writer says; `with_what_is_shown` has fetched it."""
    return getattr(question, "told_by", "") or _("somebody who stays outside")


def audience_for(reader: Reader, space: Space) -> str:
    """Name an audience to a second member, who need not be in it: a one to one of others without their names."""
    if space.kind == Space.Kind.WIDER_FIELD:
        return _("Everyone who can sign in here, in every partnership")
    partnership = space.partnership.name if space.partnership else ""
    if space.kind == Space.Kind.EVERYONE:
        return _("Everyone in %(partnership)s") % {"partnership": partnership}
    if space.kind == Space.Kind.ONE_TO_ONE:
        return reader.name_of(space) if space.pk in reader.spaces else _("One other person")
    return _("%(space)s, in %(partnership)s") % {"space": space.name, "partnership": partnership}


def asked_of(reader: Reader) -> list[Asked]:
    """Return what is asked of the reader on home: one query, none for who is in no partnership."""
    if not reader.memberships:
        return []
    return [
        Asked(
            title=_("%(name)s asks you whether %(teller)s agreed")
            % {"name": getattr(question, "asked_by", ""), "teller": teller_of(question)},
            words=_("You are told how, when and for whom, and not what was said."),
            where=question.asked.partnership.name,
            address=reverse("records:telling-detail", args=[question.public_id]),
            label=_("Look and answer"),
        )
        for question in asked_of_me(reader).with_what_is_shown().order_by("asked_at", "pk")
    ]


def asked_line(person, about: str) -> Line | None:
    """Say in a mail that the person is asked, while they are to answer."""
    question = asked_of_me(Reader(person)).filter(public_id=about).select_related("asked__partnership").first()
    if question is None:
        return None
    return Line(
        place=question.asked.partnership.name,
        words=_("You are asked whether somebody agreed to what was written down"),
        address=reverse("records:telling-detail", args=[question.public_id]),
    )


def answered_line(person, about: str) -> Line | None:
    """Say in a mail to who wrote words down that there is an answer, while it stands and nothing is shared."""
    answered = TellingQuestion.objects.filter(telling__record__author=person, telling__record__space=None)
    answered = answered.exclude(answered_at=None).select_related("asked__partnership", "telling__record")
    question = answered.filter(public_id=about).first()
    if question is None or question.asked.partnership_id not in Reader(person).memberships:
        return None
    return Line(
        place=question.asked.partnership.name,
        words=_("There is an answer about what somebody told you"),
        address=reverse("records:telling-ask", args=[question.telling.record.public_id]),
    )

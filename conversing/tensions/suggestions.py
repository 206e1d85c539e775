"""Tensions that learning partnerships know, to start from. The pairs are from the sources; the words are our own.

A key never changes: addresses name it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conversing.models.tensions import BETWEEN
from partnerships.models import Role


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Two poles to start from: why they pull apart, and by what each is noticed early."""

    key: str
    first: str | Promise
    second: str | Promise
    text: str | Promise
    signs_first: str | Promise
    signs_second: str | Promise
    felt_by: tuple[str, ...]
    source: str | Promise

    @property
    def title(self) -> str:
        """Return both poles as one title."""
        return f"{self.first}{BETWEEN}{self.second}"

    def initial(self) -> dict[str, Any]:
        """Return what the boxes of a new tension begin with."""
        names = ("first", "second", "text", "signs_first", "signs_second")
        return {name: str(getattr(self, name)) for name in names} | {"felt_by": list(self.felt_by)}


PAPER = _("From the paper on learning partners.")
ARTICLE = _("From the article on how learning builds trust.")

SUGGESTIONS = (
    Suggestion(
        key="being-needed",
        first=_("Building capacity"),
        second=_("Being needed"),
        text=_("Helping others to do without you is the work; being asked back is what pays for it."),
        signs_first=_("Sessions are handed over before anybody asked to hold them."),
        signs_second=_("The room, the agenda and the biscuits are all one person’s."),
        felt_by=(Role.CONSULTANT, Role.PRACTITIONER),
        source=PAPER,
    ),
    Suggestion(
        key="client-and-research",
        first=_("Serving those we work with"),
        second=_("Doing the research"),
        text=_(
            "What helps here by Friday is seldom what can be said to others in three years, and both were promised."
        ),
        signs_first=_("Nobody has asked for months what any of this adds up to."),
        signs_second=_("People begin to speak for the recorder."),
        felt_by=(Role.ACADEMIC, Role.PRACTITIONER),
        source=PAPER,
    ),
    Suggestion(
        key="fast-and-slow",
        first=_("Learning fast"),
        second=_("Learning slowly"),
        text=_("A shift wants an answer tonight. What returns in a hundred shifts shows in a year."),
        signs_first=_("We try the next thing before we have looked at the last one."),
        signs_second=_("By the time that it is understood, those whom it was about have moved on."),
        felt_by=(Role.PRACTITIONER, Role.ACADEMIC),
        source=PAPER,
    ),
    Suggestion(
        key="another-way-and-better",
        first=_("Another way altogether"),
        second=_("The same, done better"),
        text=_("We came to question what the service is for, and are thanked for making the form shorter."),
        signs_first=_("We speak a language that only we understand."),
        signs_second=_("Every change fits into the spreadsheet that was there before."),
        felt_by=(Role.COMMISSIONER, Role.CONSULTANT, Role.ACADEMIC),
        source=PAPER,
    ),
    Suggestion(
        key="open-and-safe",
        first=_("Saying what is not going well"),
        second=_("Being safe"),
        text=_("Trust grows when somebody says first what goes wrong, and whoever says it first may pay for it."),
        signs_first=_("Somebody is quoted elsewhere, and goes quiet."),
        signs_second=_("Every story ends well."),
        felt_by=(Role.PRACTITIONER, Role.MANAGER, Role.COMMISSIONER),
        source=ARTICLE,
    ),
    Suggestion(
        key="deciding-and-answering",
        first=_("Deciding where the work is"),
        second=_("Answering for it"),
        text=_("Who stands at the door has to decide; who signs for the money has to be able to say why."),
        signs_first=_("The same thing is decided in three ways on one street."),
        signs_second=_("People ask before they act, and the moment has gone."),
        felt_by=(Role.PRACTITIONER, Role.MANAGER, Role.COMMISSIONER),
        source=ARTICLE,
    ),
)


def find(key: str) -> Suggestion | None:
    """Return the suggestion of that key."""
    return next((row for row in SUGGESTIONS if row.key == key), None)

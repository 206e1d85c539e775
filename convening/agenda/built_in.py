"""The agendas that every partnership can begin with. The order of steps is from the sources; the words are our own.

A key never changes: links to convene with an agenda name it, and so do a partnership's own versions.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import kinds

if TYPE_CHECKING:
    from convening.models import AgendaTemplate


@dataclass(frozen=True)
class Step:
    """One item of an agenda to begin with. Without a title it is called as its kind."""

    kind: str
    minutes: int
    title: str | Promise = ""
    text: str | Promise = ""

    def row(self) -> dict[str, Any]:
        """Return it as a partnership keeps it, in the words of the reader's language."""
        return {"kind": self.kind, "minutes": self.minutes, "title": str(self.title), "text": str(self.text)}


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What one can begin a session with: built in, or a partnership's own (`own` is its row)."""

    key: str
    name: str | Promise
    steps: tuple[Step, ...]
    line: str | Promise = ""
    source: str | Promise = ""
    own: "AgendaTemplate | None" = None

    @property
    def minutes(self) -> int:
        """Return how long it takes in all."""
        return sum(step.minutes for step in self.steps)

    @property
    def named_steps(self) -> list[dict[str, Any]]:
        """Return the steps as a list shows them, each with what it is called."""
        return [step.row() | {"heading": step.title or kinds.label_of(step.kind)} for step in self.steps]

    @property
    def is_put_away(self) -> bool:
        """Say whether nothing new is begun with it."""
        return self.own is not None and self.own.put_away_at is not None


LEARNING_COMMUNITY = Agenda(
    key="learning-community",
    name=_("Learning community"),
    line=_("Peers bring what they are unsure of. What was tried since the last time comes first."),
    steps=(
        Step("check_in", 10, "", _("One sentence each: how do you arrive? And who is missing?")),
        Step("commitments", 15, "", _("What came of it, also where nothing did.")),
        Step(
            "situation", 35, "", _("Whoever brings it says what they want: only questions, stories, challenge, ideas.")
        ),
        Step("situation", 35, _("A second situation"), _("Or more time for the first.")),
        Step("free", 15, _("What do we notice?"), _("What returns in these situations? What is beyond us to change?")),
        Step("close", 10, "", _("What will each of us try, and by when?")),
    ),
    source=_("After L. Wilson and T. Lowe, The Learning Communities Handbook (2018)."),
)
ACTION_LEARNING = Agenda(
    key="action-learning-set",
    name=_("Action learning set"),
    line=_("One situation in timed steps. Questions, no advice."),
    steps=(
        Step("check_in", 10, "", _("What leaves the room, and who keeps the time?")),
        Step("commitments", 10, "", _("Who brought something last time reports first, in their own words.")),
        Step("situation", 5, _("Telling it"), _("In five minutes, and nobody interrupts.")),
        Step(
            "situation", 15, _("Open questions"), _("Questions, no advice. They are for the one who tells, not for us.")
        ),
        Step("situation", 15, _("Going further"), _("What have we not asked? What is taken for granted here?")),
        Step("situation", 5, _("What I will do"), _("The one who told says it: their words, their step, their day.")),
        Step("free", 5, _("How did we work?"), _("Which question helped? Did advice slip in, dressed as a question?")),
        Step("close", 5, "", _("The next day, and who brings something.")),
    ),
    source=_("After Reg Revans’ action learning, with the steps that sets commonly keep the time by."),
)
POWER_LINE = Agenda(
    key="power-line",
    name=_("Across the power line"),
    line=_("For people of whom some decide about the others. Who holds power begins, with what is not going well."),
    steps=(
        Step("check_in", 10, "", _("Say aloud who decides about whom here, and what stays in this room.")),
        Step("commitments", 10, "", _("Those with power first: what did you say you would change?")),
        Step("free", 15, _("What is not going well with us"), _("Those with power begin, about their own part in it.")),
        Step("free", 20, _("What it looks like from where you stand"), _("The others. Nobody puts them right.")),
        Step("free", 15, _("What we had not seen"), _("Each says one thing that they heard for the first time.")),
        Step("free", 10, _("What can be decided nearer to the work?"), _("One rule, one form, one sum.")),
        Step("close", 10, "", _("What will each of us do? Those with power first.")),
    ),
    source=_("After the paper’s account of trust: those who fund and manage say first what is not going well."),
)
LOOKING_AGAIN = Agenda(
    key="looking-again",
    name=_("Looking again"),
    line=_("What we set out to do, beside what came: keep it, change it, or let it go."),
    steps=(
        Step("check_in", 10),
        Step("commitments", 10),
        Step(
            "looking_again", 30, _("What we set out to do"), _("One after the other: what speaks for it, what against?")
        ),
        Step("free", 15, _("What nobody intended"), _("Good or bad, and for whom?")),
        Step(
            "looking_again", 15, _("Keep, change, let go"), _("For each, with why. Not to agree is a result as well.")
        ),
        Step("free", 10, _("Who does this now?"), _("Which tasks do members do themselves by now?")),
        Step("close", 10),
    ),
    source=_("After the paper’s governance sessions, in which a partnership returns to its intentions."),
)
AFTER_ACTION = Agenda(
    key="after-action",
    name=_("After-action review"),
    line=_("Half an hour after something is over: what was meant, what came, and what next time."),
    steps=(
        Step("free", 5, _("What was meant to happen?")),
        Step("free", 10, _("What did happen?"), _("From where each of us stood. It need not fit together.")),
        Step("free", 10, _("What went well, and why?")),
        Step("free", 10, _("What could go better, and how?"), _("What was done, not who did it.")),
        Step("close", 5, "", _("Who does what about it, and by when?")),
    ),
    source=_("After the after-action review of the US Army (TC 25-20, 1993), which aid workers took up."),
)
MIRROR = Agenda(
    key="mirror",
    name=_("Mirror"),
    line=_("Giving back what was heard, to those who said it: “What we think we heard. What do you see?”"),
    steps=(
        Step("check_in", 5),
        Step("commitments", 5),
        Step("mirror", 10, _("What we think we heard"), _("Shown, and read in silence. No explaining yet.")),
        Step(
            "mirror",
            25,
            _("What do you see?"),
            _("Those from whom it came speak first. What is missing, what is wrong?"),
        ),
        Step("free", 10, _("What we had assumed"), _("What do we put otherwise from now on?")),
        Step("close", 5, "", _("What may be carried further, and what stays here?")),
    ),
    source=_("After the paper’s learning partners, who reflect back what they hear, and are put right."),
)
SUPERVISION = Agenda(
    key="supervision",
    name=_("Reflective supervision"),
    line=_("For a learning partner and their supervisor. Who is supervised chooses what it is about."),
    steps=(
        Step("check_in", 5, "", _("How are you, in this work?")),
        Step("commitments", 10),
        Step("situation", 30, _("What I bring"), _("Disguised, so that nobody can be known by it.")),
        Step(
            "free",
            10,
            _("Another way of looking"),
            _("What you do there, how you are with them, what is going on in you."),
        ),
        Step("free", 5, _("Is anything here a concern?"), _("If so: who follows it up, and by when?")),
        Step("close", 5, "", _("What shifted? What will you try?")),
    ),
    source=_("After Brigid Proctor’s three tasks, and Peter Hawkins and Robin Shohet’s seven eyes of supervision."),
)
BUILT_IN = (LEARNING_COMMUNITY, ACTION_LEARNING, POWER_LINE, LOOKING_AGAIN, AFTER_ACTION, MIRROR, SUPERVISION)

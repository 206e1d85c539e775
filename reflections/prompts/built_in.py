"""The sets of prompts that everybody has. The order of thought is from the sources; the sentences are our own.

A key never changes, since notes name it. A question that is to change makes a new version of its set: the former one
stays in `BUILT_IN`, before it, so that a draft begun with it goes on, and what was asked can be read.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from reflections.models import PromptSet


@dataclass(frozen=True, kw_only=True)
class Prompts:
    """One version of a set of prompts, as a writer meets it: built in, or a partnership's own.

    `line` says what it asks, `good_for` when to take it, `framework` explains a lens. `own` is the row of an own set.
    """

    key: str
    name: str | Promise
    questions: tuple[str | Promise, ...]
    line: str | Promise = ""
    good_for: str | Promise = ""
    source: str | Promise = ""
    framework: str = ""
    version: int = 1
    own: "PromptSet | None" = None

    @property
    def is_lens(self) -> bool:
        """Say whether it explains a way of looking first."""
        return self.own is not None and self.own.is_lens

    @property
    def is_retired(self) -> bool:
        """Say whether nothing new is begun with it."""
        return self.own is not None and self.own.retired_at is not None


WHAT = Prompts(
    key="what",
    name=_("What? So what? Now what?"),
    line=_("Three questions, for when there is little time."),
    good_for=_("Something just happened, and the van leaves in ten minutes."),
    questions=(
        _("What happened?"),
        _("So what? Why does it stay with you?"),
        _("Now what? What will you do, or do differently?"),
    ),
    source=_("After Terry Borton, Reach, Touch and Teach (1970), and John Driscoll, Practising Clinical Supervision."),
)
GIBBS = Prompts(
    key="gibbs",
    name=_("Gibbs’ cycle"),
    line=_("Six questions, from what happened to what next."),
    good_for=_("Something that went to the heart, and that you want to look at slowly."),
    questions=(
        _("What happened?"),
        _("What did you feel and think, then and afterwards?"),
        _("What was good about it, and what was hard?"),
        _("Why do you think it went the way it did?"),
        _("What else could you have done?"),
        _("If it comes round again, what will you do?"),
    ),
    source=_("After Graham Gibbs, Learning by Doing (Further Education Unit, 1988)."),
)
KOLB = Prompts(
    key="kolb",
    name=_("Kolb’s cycle"),
    line=_("Four questions, from one experience to something to try."),
    good_for=_("You have seen the same thing a few times, and begin to have an idea about it."),
    questions=(
        _("What did you live through?"),
        _("Looking back on it, what do you notice?"),
        _("What might that say about how things work?"),
        _("What could you try, to see whether that is so?"),
    ),
    source=_("After David Kolb, Experiential Learning (Prentice Hall, 1984)."),
)
IN_AND_ON = Prompts(
    key="in-and-on",
    name=_("In the middle of it, and afterwards"),
    line=_("Four questions on what you changed on the spot, and what you see now."),
    good_for=_("You did something that was in no plan, and it was right, or it was not."),
    questions=(
        _("What surprised you while you were in the middle of it?"),
        _("What did you do differently there and then, and what told you to?"),
        _("What do you see now that you could not see then?"),
        _("What will you watch for next time?"),
    ),
    source=_("After Donald Schön’s reflection in action and on action, The Reflective Practitioner (1983)."),
)
UNSURE = Prompts(
    key="unsure",
    name=_("A mistake, or something I am unsure of"),
    line=_("Five questions on a hard call, up to what would help you from others."),
    good_for=_("A mistake, a doubt, a hard judgement; also what goes well and you cannot say why."),
    questions=(
        _("What was the situation? Change what would show who the people are."),
        _("What did you have to decide?"),
        _("What did you do?"),
        _("What are you still unsure of, or would you do otherwise?"),
        _("What would help you from others: questions, their own stories, a challenge, ideas?"),
    ),
    source=_("After L. Wilson and T. Lowe, The Learning Communities Handbook (2018)."),
)
TWO_LOOPS = Prompts(
    key="two-loops",
    name=_("Two loops"),
    line=_("Five questions on what you did, and on what you had taken for granted."),
    good_for=_("Doing the same thing better does not help, and you wonder whether it is the right thing."),
    questions=(
        _("What did you do, and what came of it?"),
        _("What had you taken for granted?"),
        _("What made you see that?"),
        _("What do you think now?"),
        _("What does that change: how you do it, or what you are trying to do?"),
    ),
    source=_("After Chris Argyris and Donald Schön, Organizational Learning II (1996)."),
)
AFTER_AN_ACTION = Prompts(
    key="after",
    name=_("After an action"),
    line=_("Five questions on what was meant, what came, and what to do about it."),
    good_for=_("Something you planned is over: a shift, a visit, a meeting, a move."),
    questions=(
        _("What was meant to happen?"),
        _("What did happen?"),
        _("What went well, and why?"),
        _("What could go better, and how?"),
        _("Who does what about it, and by when?"),
    ),
    source=_("After the after-action review of the US Army (TC 25-20, 1993), which aid workers took up."),
)
VALUE_STORY = Prompts(
    key="value-story",
    name=_("A value story"),
    line=_("Five questions, from what you took part in to what it is worth. Begin anywhere."),
    good_for=_("Somebody asks what all this learning is for, and you remember one time when you knew."),
    questions=(
        _("What did you take part in?"),
        _("What did you take away from it: a thought, a person to ring, something to use?"),
        _("What did you do with it at work?"),
        _("What came of that, for you or for anybody else? What do you hope will come?"),
        _("Has it changed what you call a success?"),
    ),
    source=_(
        "After Etienne Wenger, Beverly Trayner and Maarten de Laat, Promoting and Assessing Value Creation in"
        " Communities and Networks (2011), and the value-creation stories of the Wenger-Trayners."
    ),
)
# The paper's learning is "with, from, and about each other"; it asks what people want to understand of "themselves, the
# organization, system, context, and process", and says that those who learn together answer to different agendas. A
# first conversation instigates a relationship (conversing), and the partner listens before offering a method.
FIRST_CONVERSATION = Prompts(
    key="first-talk",
    name=_("First conversation"),
    line=_("Six questions to get to know each other, or to begin with yourself."),
    good_for=_("A learning partner’s first talk with somebody new; or your own first note here."),
    questions=(
        _("What is your work, on a day like most?"),
        _("What have you seen there lately that made you think?"),
        _("What do you have to answer for, and who asks you about it?"),
        _("What would you like to understand better: yourself, your organisation, or how it all hangs together?"),
        _("What can others here learn from you, and what would you like from them?"),
        _("What would make it hard to say things here, and what would help?"),
    ),
    source=_(
        "Made for learnpartner, after Hannah Hesselgreaves and others, The emerging role of a “learning partner”"
        " relationship in supporting public service reform (Public Money & Management)."
    ),
)

# In the order in which they are offered; of several versions of a set the newest last.
BUILT_IN: tuple[Prompts, ...] = (
    WHAT,
    GIBBS,
    KOLB,
    IN_AND_ON,
    UNSURE,
    TWO_LOOPS,
    AFTER_AN_ACTION,
    VALUE_STORY,
    FIRST_CONVERSATION,
)


def newest() -> list[Prompts]:
    """Return each built-in set as it is asked now."""
    return list({prompts.key: prompts for prompts in BUILT_IN}.values())

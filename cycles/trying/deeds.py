"""What is done with experiments and conditions, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "experiment.begin": _("Began something to try"),
    "experiment.change": _("Filled in a step of something that is tried"),
    "experiment.close": _("Closed something that was tried"),
    "experiment.mend": _("Changed what is said of something that was tried"),
    "experiment.log": _("Put a note into the log of something that is tried"),
    "experiment.unlog": _("Took a note out of the log of something that is tried"),
    "experiment.fold": _("Folded something that is tried, since it could identify somebody"),
    "experiment.put_back": _("Put something folded that is tried back"),
    "experiment.set_aside": _("Set something that is tried aside"),
    "experiment.lift": _("Brought back something that is tried and was set aside"),
    "condition.raise": _("Said what is in the way"),
    "condition.change": _("Changed what is in the way, or who is asked"),
    "condition.answer": _("Answered what is in the way"),
    "condition.fold": _("Folded what is in the way, since it could identify somebody"),
    "condition.put_back": _("Put folded words on what is in the way back"),
    "condition.set_aside": _("Set words on what is in the way aside"),
    "condition.lift": _("Brought back words on what is in the way"),
}

"""The small steps in which an experiment unfolds, each a part of its page and a form of its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step: its key in the address, its columns, what it is called, and what one says there."""

    key: str
    columns: tuple[str, ...]
    heading: str | Promise
    invitation: str | Promise


# Sources: the fields of a probe after Snowden (what would make us amplify or damp it, and how); the paper's question
# who may be affected, which comes before anything is tried on people.
STEPS = (
    Step("hunch", ("text",), _("Our hunch"), _("If we do this, we might see that, because …")),
    Step(
        "smallest",
        ("smallest",),
        _("The smallest safe version"),
        _("What can be tried by few people in a few days, and be stopped without harm?"),
    ),
    Step(
        "affected",
        ("affected", "agreed"),
        _("Who may be affected"),
        _("Whom it touches, those you support among them, and whether they agreed. No names."),
    ),
    Step("signs", ("hope", "worry"), _("What we watch for"), _("Signs of hope, and signs of worry.")),
    Step("surprise", ("surprised",), _("What surprised us"), _("Noted as it happens, it is worth most at the end.")),
    Step("again", ("title", "look_again_on"), _("When we look again"), _("The sentence, and the day.")),
)
BY_KEY = {step.key: step for step in STEPS}

"""What a reader says to a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Response(Record):
    """Somebody's answer to a record: within it, in its space, and never wider than it.

    It stands in no stream. Its author reads it wherever it is, after leaving the space too.
    """

    class Verb(models.TextChoices):
        """What the response does: an invitation to do more than agree."""

        ASK = "ask", _("Ask")
        STORY = "story", _("Tell a similar story")
        CHALLENGE = "challenge", _("Challenge")
        IDEA = "idea", _("Offer an idea")
        THANK = "thank", _("Thank")
        DIFFERENTLY = "differently", _("I read this differently")
        SAY = "say", _("Just say")

    DOES = {
        Verb.ASK: _("asks"),
        Verb.STORY: _("tells a similar story"),
        Verb.CHALLENGE: _("challenges"),
        Verb.IDEA: _("offers an idea"),
        Verb.THANK: _("thanks"),
        Verb.DIFFERENTLY: _("reads this differently"),
        Verb.SAY: _("says"),
    }
    ICONS = {
        Verb.ASK: "circle-question-mark",
        Verb.STORY: "book-open",
        Verb.CHALLENGE: "split",
        Verb.IDEA: "lightbulb",
        Verb.THANK: "hand-heart",
        Verb.DIFFERENTLY: "glasses",
        Verb.SAY: "pen-line",
    }

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    verb = models.CharField(max_length=12, choices=Verb, default=Verb.SAY)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by")

    def __str__(self):
        return f"response {self.public_id}"

    @property
    def does(self) -> str:
        """Say what the response does, as a verb after its author's name."""
        return str(_("answers")) if self.answers_id else str(self.DOES[self.Verb(self.verb)])

    @property
    def icon(self) -> str:
        """Name the icon of what it does."""
        return "corner-down-right" if self.answers_id else self.ICONS[self.Verb(self.verb)]

    def responses_by_others(self):
        """Return others' answers to it."""
        return self.answered_by.exclude(author=self.author_id)

    @property
    def byline(self) -> str:
        """Say who responds; under one's own record that is not named, "the author, not named"."""
        return super().byline if self.is_named else str(_("The author, not named"))

"""What a session goes through, item by item; what members offer for it; and a partnership's own agendas."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership
from records.models import Record

from .sessions import Session

LONGEST_KIND = 24
LONGEST_ITEM = 160
LONGEST_GUIDANCE = 2_000
# What matters about it, in a sentence; after the forms that action learning sets prepare with.
LONGEST_OFFER = 140
LONGEST_ANSWER = 300
MOST_MINUTES = 480
MOST_MINUTES_IN_ALL = 24 * 60
MOST_ROWS = 16
LONGEST_NAME = 80
LONGEST_LINE = 160
LONGEST_SOURCE = 300
SHORT_ENOUGH = Q(minutes__lte=MOST_MINUTES)


class AgendaItem(models.Model):
    """One step of a session: what it is, for how long, and who leads it."""

    public_id = PublicIdField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveIntegerField(help_text="Grows along the agenda; who moves an item holds the session.")
    kind = models.CharField(max_length=LONGEST_KIND, help_text="The key of a registered kind of items.")
    title = models.CharField(max_length=LONGEST_ITEM, blank=True, help_text="Empty: it is called as its kind.")
    text = models.TextField(max_length=LONGEST_GUIDANCE, blank=True, help_text="How it is done, or notes for it.")
    minutes = models.PositiveSmallIntegerField(default=0, help_text="None: it takes no time of its own.")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    about = models.ForeignKey(
        Record,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What is looked at together; shown on its page.",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=SHORT_ENOUGH, name="%(app_label)s_%(class)s_is_no_longer_than_a_day"),
            models.CheckConstraint(condition=~Q(kind=""), name="%(app_label)s_%(class)s_is_of_a_kind"),
        ]

    def __str__(self):
        return f"agenda item {self.public_id}"


class AgendaOffer(models.Model):
    """Something that a member offers for the agenda, in their words: theirs and the host's until it is accepted.

    Source: the action learning set, to which members bring a situation of their own, in one sentence; and the learning
    community, where they say what they want from the others.
    """

    class Wants(models.TextChoices):
        """What somebody wants from the others."""

        QUESTIONS = "questions", _("Only questions")
        STORIES = "stories", _("Similar stories")
        CHALLENGE = "challenge", _("A challenge")
        IDEAS = "ideas", _("Ideas")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waits for the host")
        ACCEPTED = "accepted", _("On the agenda")
        DECLINED = "declined", _("Not this time")
        TAKEN_BACK = "taken_back", _("Taken back")

    public_id = PublicIdField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agenda_offers")
    offered_at = models.DateTimeField()
    submission = models.CharField(max_length=24, help_text="The key of the form that made it.")
    kind = models.CharField(max_length=LONGEST_KIND)
    title = models.CharField(max_length=LONGEST_OFFER, blank=True, help_text="What it is, in one sentence.")
    text = models.TextField(max_length=LONGEST_GUIDANCE, blank=True)
    wants = models.CharField(max_length=10, choices=Wants, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True, help_text="The line with which it was declined.")
    item = models.OneToOneField(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="offer", help_text="What it became."
    )

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offered_by", "submission"], name="%(app_label)s_%(class)s_sent_once"),
            models.CheckConstraint(condition=SHORT_ENOUGH, name="%(app_label)s_%(class)s_is_no_longer_than_a_day"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None, answered_by=None)
                | (~Q(state="waiting") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="%(app_label)s_%(class)s_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(item=None) | Q(state="accepted"), name="%(app_label)s_%(class)s_became_an_item_if_accepted"
            ),
        ]

    def __str__(self):
        return f"agenda offer {self.public_id}"

    @property
    def is_waiting(self) -> bool:
        """Say whether the host has not answered it yet."""
        return self.state == self.State.WAITING


class AgendaTemplate(models.Model):
    """An agenda of a partnership's own, to begin sessions with. Sessions take copies, so a change alters none."""

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agendas")
    name = models.CharField(max_length=LONGEST_NAME)
    line = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="What it is good for.")
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True, help_text="Where it comes from.")
    rows = models.JSONField(help_text="Its items in their order: kind, minutes, title, text.")
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submission = models.CharField(max_length=24, help_text="The key of the form that made it.")
    put_away_at = models.DateTimeField(null=True, blank=True)
    put_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "submission"], name="%(app_label)s_%(class)s_sent_once"),
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_has_a_name"),
            models.CheckConstraint(
                condition=Q(put_away_at=None, put_away_by=None)
                | Q(put_away_at__isnull=False, put_away_by__isnull=False),
                name="%(app_label)s_%(class)s_put_away_by_somebody",
            ),
        ]

    def __str__(self):
        return f"agenda template {self.public_id}"

"""What a group has agreed with each other, who has accepted it, and research."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .memberships import Membership
from .partnerships import Partnership
from .stays import Stay, StayQuerySet, ends_after_it_starts


class AgreementQuerySet(models.QuerySet):
    """Words for finding versions of an agreement."""

    def adopted(self):
        """Return the versions that hold or have held, the newest first."""
        return self.exclude(number=None).order_by("-number")


class Agreement(models.Model):
    """One version of a partnership's agreement. At most one is a draft; the adopted one with the highest number holds.

    A small change asks nobody again; any other change asks each member.
    """

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty while it is a draft.")
    text = models.TextField(max_length=6000)
    safety = models.TextField(
        max_length=600, blank=True, help_text="Whom to tell, outside this place, if anyone may come to harm."
    )
    review_on = models.DateField(null=True, blank=True, help_text="When it is looked at again.")
    # Reflective supervision only. Source: the agreement forms of the health professions (HCPC-derived).
    frequency = models.CharField(max_length=300, blank=True)
    record_kept = models.CharField(max_length=300, blank=True)
    confidentiality_limits = models.CharField(max_length=600, blank=True)
    what_changed = models.CharField(max_length=300, blank=True)
    is_small_change = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, help_text="Goes up each time the draft is saved.")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"],
                condition=~Q(number=None),
                name="%(app_label)s_%(class)s_one_of_each_number",
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(number=None), name="%(app_label)s_%(class)s_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(number=None, adopted_at=None, adopted_by=None)
                | (~Q(number=None) & ~Q(adopted_at=None) & ~Q(adopted_by=None)),
                name="%(app_label)s_%(class)s_numbered_when_adopted",
            ),
            models.CheckConstraint(
                condition=Q(number=None) | ~Q(safety=""), name="%(app_label)s_%(class)s_says_what_if_harm"
            ),
        ]

    def __str__(self):
        return f"agreement {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Say whether it holds not yet."""
        return self.number is None

    @property
    def lines(self) -> list[str]:
        """Return it as people read it, line by line: the text, and then what its fields say."""
        said = [
            (self.frequency, gettext("We meet: %(words)s")),
            (self.record_kept, gettext("The record that is kept: %(words)s")),
            (self.confidentiality_limits, gettext("Where confidentiality ends: %(words)s")),
            (self.safety, gettext("If somebody may come to harm we act outside this place: %(words)s")),
        ]
        text = [line.strip() for line in self.text.splitlines() if line.strip()]
        fields = [line % {"words": " ".join(words.split())} for words, line in said if words]
        if self.review_on:
            day = date_format(self.review_on, "j F Y")
            fields.append(gettext("We look at this agreement again on %(day)s.") % {"day": day})
        return text + fields


class Acceptance(models.Model):
    """That a member has accepted a version. Who has, only stewards see by name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="acceptances")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "membership"], name="%(app_label)s_%(class)s_once")]

    def __str__(self):
        return f"acceptance {self.pk}"


class ResearchAnswer(Stay):
    """A member's answer to whether what they share may be used in research. Without one it is no."""

    class Answer(models.TextChoices):
        """What may be done."""

        NO = "no", _("No")
        ASK = "ask", _("Ask me each time")
        YES = "yes", _("Yes, not named")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="research_answers")
    answer = models.CharField(max_length=10, choices=Answer)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ended_at=None), name="%(app_label)s_%(class)s_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"research answer {self.pk}"


class Study(models.Model):
    """A piece of research that draws on a partnership, so that a yes is a yes to something known."""

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="studies")
    title = models.CharField(max_length=200)
    institution = models.CharField(max_length=200)
    approval = models.CharField(max_length=200, help_text="Which committee approved it, and its reference.")
    information = models.TextField(max_length=10_000, help_text="The information sheet for those who take part.")
    last_day_on = models.DateField(help_text="The last day on which one can withdraw.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # Shown to everybody, so that who has said yes sees that it is not what it was then.
    changed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Goes up with each change.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name_plural = "studies"

    def __str__(self):
        return f"study {self.pk}"

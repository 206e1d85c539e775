"""A partnership's own sets of prompts, and the lenses that its members offer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership

LONGEST_NAME = 80
LONGEST_LINE = 160
LONGEST_QUESTION = 200
LONGEST_SOURCE = 300
# A page that can be read in three minutes.
LONGEST_FRAMEWORK = 4_000
MOST_QUESTIONS = 8
MOST_QUESTIONS_OF_A_LENS = 5


class PromptSet(models.Model):
    """Questions of a partnership's own. What they are stands in its versions; what was asked once is never changed.

    A *lens* is one that any member offers: a page on a way of looking, with up to five questions to try it with.
    Source: the paper gives academics a pedagogical role, and the offering of frameworks; here anybody may have it.
    """

    class Kind(models.TextChoices):
        """A plain set, or one that explains a way of looking first."""

        SET = "set", _("Set of prompts")
        LENS = "lens", _("Lens")

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="prompt_sets")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.SET)
    version = models.PositiveIntegerField(default=1, help_text="The number of the version that is asked now.")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | (~Q(retired_at=None) & ~Q(retired_by=None)),
                name="%(app_label)s_%(class)s_retired_by_somebody",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="%(app_label)s_%(class)s_has_a_version"),
        ]

    def __str__(self):
        return f"prompt set {self.public_id}"

    @property
    def is_lens(self) -> bool:
        """Say whether it explains a way of looking."""
        return self.kind == self.Kind.LENS


class PromptSetVersion(models.Model):
    """What a set asked from one change to the next. Each is kept, and can be read by the members."""

    prompt_set = models.ForeignKey(PromptSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    line = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="What it is good for.")
    framework = models.TextField(max_length=LONGEST_FRAMEWORK, blank=True, help_text="The page that explains a lens.")
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True, help_text="Where it comes from.")
    questions = models.JSONField(help_text="The questions in their order.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["prompt_set", "number"], name="%(app_label)s_%(class)s_each_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_has_a_name"),
        ]

    def __str__(self):
        return f"prompt set version {self.pk}"

"""Notes of people's own practice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Record


class WhereOneLooks(models.TextChoices):
    """What a note looks at.

    Source: the paper, after Lowe and French (2019): learning builds understanding of oneself, the organization, system,
    context and process.
    """

    SELF = "self", _("Myself")
    ORGANISATION = "organisation", _("The organisation")
    SYSTEM = "system", _("The system")
    CONTEXT = "context", _("The context")
    PROCESS = "process", _("The process")


class Reflection(Record):
    """A note of what somebody saw, thought or did: private first, and shared only by its author.

    What a note has beyond a record (prompts, loops, where one looks) hangs on this row. Written with prompts, it keeps
    the questions as they were beside its answers, and its text is those answers; `prompts.answers` composes both, and
    nothing else does.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    looking_at = models.CharField(max_length=12, choices=WhereOneLooks, blank=True)
    prompt_set = models.CharField(
        max_length=24, blank=True, help_text="The key of a built-in set of prompts, or the public id of an own one."
    )
    prompt_version = models.PositiveIntegerField(default=0, help_text="Which version of the set; 0 without one.")
    prompt_name = models.CharField(max_length=80, blank=True, help_text="What the set was called then.")
    answers = models.JSONField(
        default=list,
        blank=True,
        help_text="Each question as it was, with its answer. Words that answer none have an empty question.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(prompt_set="", prompt_version=0, prompt_name="")
                | (~Q(prompt_set="") & Q(prompt_version__gte=1) & ~Q(prompt_name="")),
                name="%(app_label)s_%(class)s_names_the_prompts_it_has",
            )
        ]
        indexes = [
            models.Index(fields=["prompt_set"], condition=~Q(prompt_set=""), name="reflections_by_prompts"),
        ]

    def __str__(self):
        return f"reflection {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of its answers as well."""
        super().withhold_words()
        self.answers = []

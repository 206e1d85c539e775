"""Activities: ways in which people learn, by themselves, together, and beyond the partnership."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from records.models import PersonLevel, Record
from records.models.record import RecordQuerySet
from records.work import Work

from .method import Method

LONGEST_TYPE = 80
LONGEST_CAME = 20_000


class ActivityType(models.TextChoices):
    """The activities that the paper names, in its order: of the first, the second and the third person."""

    INTERVIEW = "interview", _("Interview")
    GUIDED_REFLECTION = "guided_reflection", _("Guided reflection")
    COACHING = "coaching", _("Coaching")
    WORKSHOP = "workshop", _("Workshop")
    REPRESENTATION = "representation", _("Representing what was said")
    LEARNING_EVENT = "learning_event", _("Learning event")
    WRITING = "writing", _("Writing to share emerging patterns")
    COMMUNITY_OF_PRACTICE = "community_of_practice", _("Community of practice")
    ANALYSIS = "analysis", _("Analysis of deep patterns")
    THEORY_OF_CHANGE = "theory_of_change", _("Theory of change")
    PUBLICATION = "publication", _("Publication")


# Which person's learning each is in the paper.
LEVELS = {
    PersonLevel.FIRST: ("interview", "guided_reflection", "coaching", "workshop", "representation"),
    PersonLevel.SECOND: ("learning_event", "writing", "community_of_practice"),
    PersonLevel.THIRD: ("analysis", "theory_of_change", "publication"),
}


class ActivityQuerySet(RecordQuerySet):
    """Words for finding activities."""

    def for_list(self, reader):
        """Fetch what lists show, without those whose words are withheld from the reader."""
        rows = self.standing().with_words_for(reader).without_texts().defer("what_came")
        return rows.select_related("space__partnership", "own_method")


class Activity(Record):
    """Something that people do to learn: of a type, by a method, on some days, and what came of it.

    It is its space's: whoever is in the space changes it. Its person level is the record's.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    activity_type = models.CharField(max_length=24, choices=ActivityType, blank=True)
    own_type = models.CharField(max_length=LONGEST_TYPE, blank=True, help_text="Where it is none of the paper's.")
    work = models.CharField(max_length=12, choices=Work, default=Work.CONVENING)
    method = models.CharField(max_length=24, blank=True, help_text="The key of a method that everybody has.")
    own_method = models.ForeignKey(Method, on_delete=models.PROTECT, null=True, blank=True, related_name="activities")
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    what_came = models.TextField(max_length=LONGEST_CAME, blank=True)

    objects = ActivityQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(activity_type="") | Q(own_type=""), name="%(app_label)s_%(class)s_is_of_one_type"
            ),
            models.CheckConstraint(
                condition=Q(method="") | Q(own_method=None), name="%(app_label)s_%(class)s_has_one_method"
            ),
        ]

    def __str__(self):
        return f"activity {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that was said of it."""
        super().withhold_words()
        self.own_type = self.what_came = ""

    @property
    def type_in_words(self) -> str:
        """Return what sort of activity it is, in the paper's word or its own; nothing where nobody said."""
        return self.own_type or (str(self.get_activity_type_display()) if self.activity_type else "")

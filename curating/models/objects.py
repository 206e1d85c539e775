"""Boundary objects: what people from different places can gather round, each reading it in their own way."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from records.models import Attachment, Record
from records.models.record import RecordQuerySet

from .readings import Reading

LONGEST_WHY = 300


class Sort(models.TextChoices):
    """The five kinds. ("Kind" is what sort of record something is: these stand within one.)

    Source: the paper's boundary objects: "representations, stories and evidential data and architectural projections".
    """

    PICTURE = "picture", _("Drawing or picture")
    STORY = "story", _("Story")
    FIGURES = "figures", _("Figures and evidence")
    PLAN = "plan", _("Plan or model")
    MAP = "map", _("Map of the system")


class ObjectState(models.TextChoices):
    """Whether it is used still. Any way is open, also back; nothing is deleted, what leads to it stays."""

    LIVE = "live", _("Live")
    SUPERSEDED = "superseded", _("Superseded")
    RETIRED = "retired", _("Retired")


class ObjectQuerySet(RecordQuerySet):
    """Words for finding boundary objects by how they stand, and by whether somebody has read them."""

    def live(self):
        """Leave out what was superseded or retired."""
        return self.filter(state=ObjectState.LIVE)

    def with_last_change(self):
        """Note on each the line that its last version says of itself, for lists: `what_changed_last`."""
        last = self.model.kept_versions.rel.related_model.objects.filter(boundary_object=OuterRef("pk"))
        return self.annotate(what_changed_last=Subquery(last.order_by("-number").values("change")[:1]))

    def not_read_yet(self):
        """Keep what is live and has no reading that stands, the oldest first."""
        readings = Reading.objects.filter(within=OuterRef("pk")).standing()  # type: ignore[attr-defined]
        return self.live().exclude(Exists(readings)).order_by("shared_at", "pk")


class BoundaryObject(Record):
    """A drawing, a story, figures, a plan or a map, round which people of different organisations gather.

    It is its space's: all in it add versions and say how it reads to them, and it goes dark for who brought it when
    they leave. The record's title and text are what it says now; each version is kept (`ObjectVersion`). Its curator
    looks after it, which gives no right to read and hardly any to act.

    Source: the paper's curating, "a data-focused role, concerned with the capture, construction … and maintenance of
    the boundary objects"; Star and Griesemer's objects that are read differently in each place and stay one.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    sort = models.CharField(max_length=10, choices=Sort, help_text="Which of the five kinds it is.")
    why = models.CharField(max_length=LONGEST_WHY, help_text="Why it matters, in one sentence.")
    state = models.CharField(max_length=10, choices=ObjectState, default=ObjectState.LIVE)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="curated")

    # What its last version says of itself, and its first picture; set for lists.
    what_changed_last: str
    picture: Attachment | None = None

    objects = ObjectQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=Sort.values), name="%(app_label)s_%(class)s_is_of_a_known_sort"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["live", "retired"], superseded_by=None)
                | Q(state="superseded", superseded_by__isnull=False),
                name="%(app_label)s_%(class)s_superseded_by_something",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=models.F("record")),
                name="%(app_label)s_%(class)s_not_superseded_by_itself",
            ),
        ]

    def __str__(self):
        return f"boundary object {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that it says."""
        super().withhold_words()
        self.why = ""

    @property
    def is_live(self) -> bool:
        """Say whether it was neither superseded nor retired."""
        return self.state == ObjectState.LIVE

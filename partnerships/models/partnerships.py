"""Learning partnerships and how organisations take part."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .organisations import Organisation
from .stays import current_stay

# No place has more levels than this; a longer chain is a mistake.
DEEPEST_NESTING = 8
LONGEST_SLUG = 60


class PartnershipQuerySet(models.QuerySet):
    """Words for finding partnerships."""

    def opened(self):
        """Leave out drafts."""
        return self.exclude(opened_at=None)

    def of(self, person):
        """Return those the person is a member of now, and the drafts that they started."""
        return self.filter(
            (current_stay("memberships__") & Q(memberships__person=person) & ~Q(opened_at=None))
            | Q(opened_at=None, started_by=person)
        ).distinct()


class Partnership(models.Model):
    """A learning relationship between people of one or several organisations.

    Partnerships nest (a place holds services, a service holds teams). Nothing is inherited through nesting but the
    path shown on the page: being a member of one lets nobody read in another.
    """

    class Kind(models.TextChoices):
        """All works alike inside each kind; the words differ."""

        LEARNING = "learning", _("Learning partnership")
        COMMUNITY = "community", _("Community of practice")
        SUPERVISION = "supervision", _("Reflective supervision")

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LEARNING)
    purpose = models.TextField(max_length=1000, blank=True, help_text="Two sentences in the members' words.")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    organisations = models.ManyToManyField(Organisation, through="Participation", related_name="partnerships")
    alongside = models.ManyToManyField("self", blank=True)
    words = models.JSONField(
        default=dict, blank=True, help_text='Words people see here in place of the app\'s: "role:manager" to a word.'
    )
    opened_rooms = models.JSONField(
        default=list, blank=True, help_text="Keys of the rooms that were opened when they were first needed."
    )
    concern_name = models.CharField(
        max_length=120, blank=True, help_text="Somebody outside whom one can tell a worry about how this is run."
    )
    concern_email = models.EmailField(blank=True)
    talk_on = models.DateField(null=True, blank=True, help_text="The day of the next talk.")
    talk_words = models.CharField(max_length=120, blank=True, help_text='Time and place, such as "10am, the library".')
    steps_put_away_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody put the first steps away; they are not shown any more."
    )
    version = models.PositiveIntegerField(default=1, help_text="Goes up with each change of its settings.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty while it is a draft, which only its starter sees."
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
                name="%(app_label)s_%(class)s_is_not_its_own_parent",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Give a new partnership its address: the name with a random tail, so that no address can be guessed.

        Where somebody has that address already, another tail is tried.
        """
        while not self.slug:
            self.slug = f"{slugify(self.name)[:LONGEST_SLUG]}-{secrets.token_hex(3)}".lstrip("-")
            try:
                with transaction.atomic():
                    return super().save(*args, **kwargs)
            except IntegrityError:
                if not Partnership.objects.filter(slug=self.slug).exists():
                    raise
                self.slug = ""
        return super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Return the address of its overview."""
        return reverse("partnerships:partnership-detail", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        """Say whether it is still seen by its starter only."""
        return self.opened_at is None

    def word_for(self, key: str, default: str) -> str:
        """Return the word that people here use for what the key names, or the app's own."""
        return self.words.get(key) or str(default)

    @property
    def kind_in_words(self) -> str:
        """Return the word for its kind."""
        return self.word_for("kind", self.get_kind_display())

    def path(self) -> list["Partnership"]:
        """Return the partnerships that it lies within, the widest first."""
        return paths_of([self])[self.pk]

    def place_within(self, parent: "Partnership | None") -> None:
        """Put it inside another one; ValidationError where that would make a circle, or lie too deep."""
        above = [parent, *parent.path()] if parent else []
        if self.pk and any(node.pk == self.pk for node in above):
            raise ValidationError(
                _("That would be a circle: “%(parent)s” lies within this one."),
                params={"parent": parent},
                code="circle",
            )
        if parent and len(above) + self._levels_below() >= DEEPEST_NESTING:
            raise ValidationError(
                _("That is nested too deeply: at most %(n)d partnerships lie within each other."),
                params={"n": DEEPEST_NESTING},
                code="too_deep",
            )
        self.parent = parent

    def _levels_below(self) -> int:
        """Count the levels of partnerships that lie within this one."""
        inside = [self.pk] if self.pk else []
        for level in range(DEEPEST_NESTING):
            inside = list(Partnership.objects.filter(parent__in=inside).values_list("pk", flat=True))
            if not inside:
                return level
        return DEEPEST_NESTING


def paths_of(partnerships: Iterable[Partnership]) -> dict[int, list[Partnership]]:
    """Return for each partnership those that it lies within, the widest first.

    Parents that came along with the rows are used; what is missing takes one query per level, not per row.
    """
    rows = list(partnerships)
    known = {row.pk: row for row in rows}
    parent = Partnership._meta.get_field("parent")
    for row in rows:
        node: Partnership | None = row
        while node is not None and parent.is_cached(node):
            node = node.parent
            if node is not None:
                known.setdefault(node.pk, node)
    for _level in range(DEEPEST_NESTING):
        missing = {row.parent_id for row in known.values() if row.parent_id and row.parent_id not in known}
        if not missing:
            break
        known |= Partnership.objects.in_bulk(missing)

    def above(row: Partnership) -> list[Partnership]:
        return [*above(known[row.parent_id]), known[row.parent_id]] if row.parent_id in known else []

    return {row.pk: above(row) for row in rows}


class Participation(models.Model):
    """How one organisation takes part in a partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    hosts = models.BooleanField(default=False)
    commissions = models.BooleanField(default=False)
    provides = models.BooleanField(default=False)
    funds = models.BooleanField(default=False)
    provides_learning = models.BooleanField(default=False)
    in_words = models.CharField(max_length=200, blank=True, help_text="In the organisation's own words.")
    hopes_to_learn = models.TextField(max_length=600, blank=True)
    brings = models.TextField(max_length=600, blank=True)
    cannot_promise = models.TextField(max_length=600, blank=True)
    approach = models.TextField(
        max_length=600,
        blank=True,
        help_text="In its own words. The paper's three: technical, collaborative, emancipatory.",
    )

    WORDS = {
        "hosts": _("hosts"),
        "commissions": _("commissions"),
        "provides": _("provides"),
        "funds": _("funds"),
        "provides_learning": _("learning provider"),
    }

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], name="%(app_label)s_%(class)s_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(hosts=True)
                | Q(commissions=True)
                | Q(provides=True)
                | Q(funds=True)
                | Q(provides_learning=True),
                name="%(app_label)s_%(class)s_takes_part_somehow",
            ),
        ]

    def __str__(self):
        return f"participation {self.pk}"

    @property
    def ways(self) -> list[str]:
        """Return how it takes part, in the app's words."""
        return [str(word) for way, word in self.WORDS.items() if getattr(self, way)]

    @property
    def says_more(self) -> bool:
        """Say whether the organisation has said what it hopes for, brings, cannot promise, or comes for."""
        return bool(self.hopes_to_learn or self.brings or self.cannot_promise or self.approach)

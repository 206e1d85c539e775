"""What every record says beside its words: its marks, what changed, and whose words they are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from records.marks import Shown, WhatChanged, shown_on

# A sentence or a few.
LONGEST_ASSUMPTION = 2_000
LONGEST_TELLER = 120


class Marked(models.Model):
    """The columns for marks, for what was before and is now, and for who told it.

    They stand on every record, so that lists and filters need no other table, and any kind can carry them.
    """

    not_going_well = models.BooleanField(default=False)
    of_trust = models.BooleanField(default=False)
    of_autonomy = models.BooleanField(default=False)
    of_adaptation = models.BooleanField(default=False)
    what_changed = models.CharField(max_length=10, choices=WhatChanged, blank=True)
    we_assumed = models.TextField(max_length=LONGEST_ASSUMPTION, blank=True, help_text="Before.")
    we_now_assume = models.TextField(max_length=LONGEST_ASSUMPTION, blank=True, help_text="Now.")
    told_by = models.CharField(max_length=LONGEST_TELLER, blank=True, help_text="Whose words these are, if another's.")
    told_from_outside = models.BooleanField(default=False, help_text="Another's words, who is not named here.")

    # What a row of a list shows; set by `for_rows`.
    shown_told_by: str
    words_withheld: bool

    class Meta:
        abstract = True

    @property
    def marks(self) -> list[Shown]:
        """Return its marks in words."""
        return shown_on(self)

    @property
    def before_and_now(self) -> list[dict[str, str]]:
        """Return what was before and what is now, each under its heading; nothing where nothing is said of it."""
        if not (self.what_changed and (self.we_assumed or self.we_now_assume)):
            return []
        is_first = getattr(self, "person_level", 1) == 1
        headings = WhatChanged(self.what_changed).before_and_now(first_person=is_first)
        texts = (self.we_assumed, self.we_now_assume)
        return [{"heading": heading, "text": text} for heading, text in zip(headings, texts, strict=True) if text]

    @property
    def teller(self) -> str:
        """Say whose words they are, where they are not their writer's; nothing where they are withheld."""
        if self.words_withheld:
            return ""
        name = self.shown_told_by if "shown_told_by" in self.__dict__ else self.told_by
        return name or (_("somebody who stays outside") if self.told_from_outside else "")

    @property
    def is_told(self) -> bool:
        """Say whether somebody else told it."""
        return bool(self.teller)

    def is_marked_as(self, other: "Marked") -> bool:
        """Say whether another record says the same beside its words: a form that was sent once more does."""
        return all(getattr(self, column.name) == getattr(other, column.name) for column in Marked._meta.get_fields())

    def credited(self, writer: str, attribution: str) -> str:
        """Say whose words they are and who wrote them down, as far as readers are told of the writer."""
        teller = self.teller
        if not teller:
            return writer
        if attribution == "not_named":
            return _("Told by %(teller)s; who wrote it down is not named") % {"teller": teller}
        if attribution == "role":
            words = _("Told by %(teller)s, written down by a member here: %(writer)s")
        else:
            words = _("Told by %(teller)s, written down by %(writer)s")
        return words % {"teller": teller, "writer": writer}


def what_a_record_says_of_itself() -> list[models.BaseConstraint]:
    """Give the constraints on these columns."""
    return [
        models.CheckConstraint(
            condition=~Q(what_changed="") | Q(we_assumed="", we_now_assume=""),
            name="%(app_label)s_%(class)s_before_and_now_say_what_changed",
        ),
        models.CheckConstraint(
            condition=Q(told_by="") | Q(told_from_outside=False),
            name="%(app_label)s_%(class)s_teller_is_named_or_stays_outside",
        ),
    ]

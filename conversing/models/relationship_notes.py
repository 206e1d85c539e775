"""What a learning partner notes on relationships, for their own eyes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Record


class Work(models.TextChoices):
    """What a relationship asks of the learning partner.

    Source: the paper: conversing is instigating, encouraging, nurturing and, where needed, mending.
    """

    INSTIGATE = "instigate", _("Instigate")
    ENCOURAGE = "encourage", _("Encourage")
    NURTURE = "nurture", _("Nurture")
    MEND = "mend", _("Mend")


class RelationshipNote(Record):
    """What somebody notes on a relationship: between whom (the title), and what they see and try (the text).

    It never leaves its author's notebook: no page and no action shares it.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    work = models.CharField(max_length=10, choices=Work)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(work__in=Work.values), name="%(app_label)s_%(class)s_is_known_work")
        ]

    def __str__(self):
        return f"relationship note {self.public_id}"

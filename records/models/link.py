"""What grew from what."""

from django.db import models
from django.utils import timezone

from learnpartner.fields import PublicIdField

from .record import Record


class Link(models.Model):
    """One record grew from another: its author wrote down what came of it.

    It is made with the grown record, by the grown record's author, who may take it off again. Where what grew is a
    group's, a room of an upper floor may say more of the link, and who makes it. It opens nothing: each end is shown to
    those who may read it (`records.links`), and it goes without a trace when either end is deleted.
    """

    public_id = PublicIdField()
    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_onward")
    grown = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_back")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grown", "source"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("grown")), name="%(app_label)s_%(class)s_not_to_itself"
            ),
        ]

    def __str__(self):
        return f"link {self.pk}"

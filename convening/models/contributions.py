"""What people write for a session, before it and at it."""

from django.db import models

from records.models import Attribution, Record

from .live import Cluster, SilentWriting


class Contribution(Record):
    """Words that somebody writes for a session: its author's alone until the reveal, then its space's.

    Until then it has no space, so nobody else reads it by any way, and no count tells of it; the reveal gives it the
    session's. How its author wished to be named is kept until then.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    wish = models.CharField(
        max_length=10, choices=Attribution, default=Attribution.NAMED, help_text="How to be named at the reveal."
    )
    writing = models.ForeignKey(
        SilentWriting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        help_text="On what it was written at the session; empty: before it.",
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_kept_back = models.BooleanField(
        default=False, help_text="At the reveal too few were there to be named as wished: the author decides."
    )

    def __str__(self):
        return f"contribution {self.public_id}"

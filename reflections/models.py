"""Notes of people's own practice."""

from django.db import models

from records.models import Record


class Reflection(Record):
    """A note of what somebody saw, thought or did: private first, and shared only by its author.

    What a note has beyond a record (prompt sets, loops, where one looks) hangs on this row.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )

    def __str__(self):
        return f"reflection {self.public_id}"

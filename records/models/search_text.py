"""The words of a record as they are searched."""

from django.db import models

from .record import Record


class SearchText(models.Model):
    """The words of one record, made ready for the database's index, which hangs on this table (migration 0007).

    It says nothing of who may read them: `visible_to` is asked whenever somebody searches, so that sharing, taking
    back and leaving need nothing here. Written by `records.search.index` wherever words change.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    words = models.TextField(blank=True, help_text="Small letters without accents, a space between words.")
    stems = models.TextField(blank=True, help_text="The same words, each brought back to its stem.")

    def __str__(self):
        return f"search text {self.pk}"

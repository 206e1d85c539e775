"""The shelf for those who join later."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from learnpartner.fields import PublicIdField

from .partnerships import Partnership

MOST_ON_SHELF = 5


class ShelfItem(models.Model):
    """One of at most five things under "Start here", with a line on why."""

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="shelf_items")
    title = models.CharField(max_length=80)
    why = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, help_text="A path on this site, or an https address elsewhere.")
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"shelf item {self.pk}"

    @property
    def is_elsewhere(self) -> bool:
        """Say whether it leads away from this site."""
        return not self.address.startswith("/")

    @property
    def host(self) -> str:
        """Return where it leads to, for what is elsewhere."""
        return urlsplit(self.address).hostname or ""

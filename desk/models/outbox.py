"""Mail on its way out."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# Waiting times between tries, in minutes; the last one repeats.
PAUSES = (1, 5, 15, 60, 240)
# After this many tries a mail is left alone, and the site admin sees it.
MOST_ATTEMPTS = 20


class OutboxQuerySet(models.QuerySet):
    """Words for finding mails."""

    def due(self):
        """Return mails that wait, and whose next try has come, oldest first."""
        return self.filter(done_at=None, attempts__lt=MOST_ATTEMPTS, next_try_at__lte=timezone.now()).order_by("id")


class Outbox(models.Model):
    """One mail, whole, from the request that asked for it until the mail server has taken it.

    The row is written with the change that it tells of, so neither exists without the other, and no request waits for
    a mail server. Its words are wiped once delivered, except in a demo, where nothing leaves and the site admin reads
    the mails here.
    """

    subject = models.CharField(max_length=255)
    recipients = models.JSONField(help_text="A list of addresses.")
    message = models.BinaryField(help_text="The mail as it goes out (RFC 5322). Empty once delivered.")
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "mail"
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(done_at=None), name="desk_outbox_waiting")]

    def __str__(self):
        return f"mail {self.pk}"

    def delivered(self, *, keep_words: bool) -> None:
        """Note that the mail has gone, and wipe its words unless they are to be kept."""
        self.done_at = timezone.now()
        if not keep_words:
            self.message = b""
        self.save(update_fields=["done_at", "message"])

    def failed(self) -> None:
        """Note a failed try and set the next one. Why it failed is not kept: errors may quote addresses."""
        self.attempts += 1
        pause = PAUSES[min(self.attempts, len(PAUSES)) - 1]
        self.next_try_at = timezone.now() + timedelta(minutes=pause)
        self.save(update_fields=["attempts", "next_try_at"])

"""Mail on its way out."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# Waiting times between tries, in minutes; the last one repeats.
PAUSES = (1, 5, 15, 60, 240)
# After this many tries, which are four and a half days, a mail is given up: RFC 5321, 4.5.4.1 asks for four to five.
MOST_ATTEMPTS = 32
# For so long a mail belongs to the worker that took it up. Longer than any try lasts, each step of which has a timeout.
CLAIM = timedelta(minutes=10)
# How long it is remembered that a mail went, and to whom.
KEEP_ENDED = timedelta(days=30)


class OutboxQuerySet(models.QuerySet):
    """Words for finding mails."""

    def waiting(self):
        """Return mails that are still to go."""
        return self.filter(done_at=None, failed_at=None, cancelled_at=None)

    def due(self):
        """Return mails whose next try has come, and which no worker has in hand: first those never tried, then by age.

        So a mail that fails again and again, perhaps slowly, stands behind those that it might hold up.
        """
        now = timezone.now()
        free = Q(claim_ends_at=None) | Q(claim_ends_at__lte=now)
        waiting = self.waiting().filter(free, attempts__lt=MOST_ATTEMPTS, next_try_at__lte=now)
        return waiting.order_by("attempts", "id")

    def worn_out(self):
        """Return mails whose last try ended with its worker, so that nobody has given them up."""
        return self.waiting().filter(attempts__gte=MOST_ATTEMPTS, claim_ends_at__lte=timezone.now())

    def ended_long_ago(self):
        """Return mails of which nothing needs to be remembered any more."""
        before = timezone.now() - KEEP_ENDED
        return self.filter(Q(done_at__lt=before) | Q(failed_at__lt=before) | Q(cancelled_at__lt=before))


class Outbox(models.Model):
    """One mail, whole, from the request that asked for it until the mail server has taken it.

    The row is written with the change that it tells of, so neither exists without the other, and no request waits for
    a mail server. Each try sends the same bytes, under the same Message-ID. A mail ends in one of three ways: it went,
    it was given up, or it may not go any more; then its words are wiped, except in a demo, where nothing leaves and the
    site admin reads the mails here.
    """

    kind = models.CharField(max_length=40, blank=True, help_text="What sort of mail; its check is asked by this name.")
    about = models.CharField(max_length=80, blank=True, help_text="The public id of what it is about; no words.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom it goes to, where they have an account.",
    )
    subject = models.CharField(max_length=255)
    recipients = models.JSONField(help_text="A list of addresses.")
    message_id = models.CharField(max_length=255, blank=True, help_text="To find the mail in the mail server's log.")
    message = models.BinaryField(help_text="The mail as it goes out (RFC 5322). Empty once it has ended.")
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    claim_ends_at = models.DateTimeField(null=True, blank=True, help_text="A worker has it in hand until then.")
    done_at = models.DateTimeField(null=True, blank=True, help_text="The mail server has taken it.")
    failed_at = models.DateTimeField(null=True, blank=True, help_text="It was given up.")
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="It may not go any more.")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "mail"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(done_at=None, failed_at=None, cancelled_at=None),
                name="desk_outbox_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, failed_at=None)
                | Q(done_at=None, cancelled_at=None)
                | Q(failed_at=None, cancelled_at=None),
                name="%(app_label)s_%(class)s_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, cancelled_at=None) | Q(message=b""),
                name="%(app_label)s_%(class)s_holds_no_words_once_given_up",
            ),
        ]

    def __str__(self):
        return f"mail {self.pk}"

    @classmethod
    def claim(cls, pk: int) -> "Outbox | None":
        """Take a due mail in hand, or return None where another worker has it or it is due no more.

        One statement, which the database lets only one worker win. The try is counted now, so that a mail that kills
        its worker is given up in the end as well.
        """
        until = timezone.now() + CLAIM
        won = cls.objects.due().filter(pk=pk).update(claim_ends_at=until, attempts=F("attempts") + 1)
        return cls.objects.filter(pk=pk).first() if won else None

    def delivered(self, *, keep_words: bool) -> None:
        """Note that the mail has gone, and wipe its words unless they are to be kept."""
        self._end("done_at", keep_words=keep_words)

    def cancel(self) -> None:
        """Note that the mail may not go any more, and wipe its words."""
        self._end("cancelled_at")

    def give_up(self) -> None:
        """Note that the mail cannot go, and wipe its words. Why is not kept: errors may quote addresses."""
        self._end("failed_at")

    def failed(self) -> None:
        """Let a mail go that could not be delivered now, and set its next try; give it up after the last one."""
        if self.attempts >= MOST_ATTEMPTS:
            self.give_up()
            return
        pause = PAUSES[min(self.attempts, len(PAUSES)) - 1]
        # Where the claim ran out, another worker may have it in hand by now.
        mine = type(self).objects.waiting().filter(pk=self.pk, claim_ends_at=self.claim_ends_at)
        mine.update(next_try_at=timezone.now() + timedelta(minutes=pause), claim_ends_at=None)

    def _end(self, moment: str, *, keep_words: bool = False) -> None:
        """End the mail in this way, unless another worker has ended it meanwhile."""
        changes = {moment: timezone.now(), "claim_ends_at": None} | ({} if keep_words else {"message": b""})
        type(self).objects.waiting().filter(pk=self.pk).update(**changes)

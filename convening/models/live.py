"""A session while it goes on: its step, what is written in silence and then revealed, how it is sorted, its guests."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models.invitations import hash_of
from records.models import Attribution

from .agenda import MOST_MINUTES, AgendaItem
from .sessions import LONGEST_QUESTION, Session

LONGEST_CLUSTER_NAME = 80
LONGEST_UNSIGNED = 2_000
LONGEST_FIRST_NAME = 40
# Read off a wall and typed into a phone: nothing that looks like something else, and no vowels, so no words.
LETTERS = "bcdfghjkmnpqrstvwxyz3467"
TOKEN_LENGTH = 10


def token_from(nonce: str) -> str:
    """Return the ten letters of an address of guests: 45 bits that only this server can make of the nonce."""
    number = int.from_bytes(salted_hmac("convening.guests", nonce, algorithm="sha256").digest())
    letters = []
    for _place in range(TOKEN_LENGTH):
        number, at = divmod(number, len(LETTERS))
        letters.append(LETTERS[at])
    return "".join(letters)


class LiveState(models.Model):
    """Where a running session stands: its step, and since when. Without a row it has not been begun.

    It lives here and nowhere else, so a browser opened in the middle of a step shows the same second as the others.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="live")
    changes = models.PositiveIntegerField(
        default=0, help_text="Grows with what those present shall see, but for step and timer."
    )
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    step_began_at = models.DateTimeField(null=True, blank=True)
    step_minutes = models.PositiveSmallIntegerField(default=0, help_text="None: the step has no timer.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step_minutes__lte=MOST_MINUTES), name="%(app_label)s_%(class)s_step_is_no_longer_than_a_day"
            ),
        ]

    def __str__(self):
        return f"live state {self.pk}"

    @classmethod
    def changed(cls, session: Session) -> None:
        """Have all who have its live page open see, within two seconds, that something is new."""
        if session.is_live and not cls.objects.filter(session=session).update(changes=F("changes") + 1):
            cls.objects.get_or_create(session=session)

    @property
    def step_ends_at(self) -> datetime | None:
        """Return when the time of the step is up; None where it has no timer."""
        if self.step_began_at is None or not self.step_minutes:
            return None
        return self.step_began_at + timedelta(minutes=self.step_minutes)


class SilentWriting(models.Model):
    """A question on which all who are present write in silence, until the host reveals all of it at once.

    Source: silent writing before talking, as in brainwriting and 1-2-4-All (Liberating Structures): who is quick or
    powerful does not set what the others then say.
    """

    public_id = PublicIdField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="silent_writings")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=LONGEST_QUESTION)
    wish = models.CharField(
        max_length=10, choices=Attribution, default=Attribution.NOT_NAMED, help_text="Offered first to those who write."
    )
    is_shown_to_guests = models.BooleanField(
        default=False, help_text="Guests were let in when it was opened: who writes is told that they read it."
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submission = models.CharField(max_length=24, help_text="The key of the form that made it.")
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(revealed_at=None), name="%(app_label)s_%(class)s_one_at_a_time"
            ),
            models.UniqueConstraint(fields=["opened_by", "submission"], name="%(app_label)s_%(class)s_sent_once"),
            models.CheckConstraint(condition=~Q(question=""), name="%(app_label)s_%(class)s_asks_something"),
            models.CheckConstraint(
                condition=Q(revealed_at=None, revealed_by=None)
                | Q(revealed_at__isnull=False, revealed_by__isnull=False),
                name="%(app_label)s_%(class)s_revealed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"silent writing {self.public_id}"

    @property
    def is_revealed(self) -> bool:
        """Say whether what was written is seen by all."""
        return self.revealed_at is not None


class Cluster(models.Model):
    """Some of what was revealed, put together by hand, with a name that the group gives it."""

    public_id = PublicIdField()
    writing = models.ForeignKey(SilentWriting, on_delete=models.CASCADE, related_name="clusters")
    name = models.CharField(max_length=LONGEST_CLUSTER_NAME, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"cluster {self.public_id}"


class GuestLinkQuerySet(models.QuerySet):
    """Words for finding links of guests."""

    def with_token(self, token: str):
        """Return the one of that address that is turned on, whatever the hour; typed with or without "-"."""
        return self.ever_with_token(token).filter(closed_at=None)

    def ever_with_token(self, token: str):
        """Return the one of that address, also where it was turned off since."""
        return self.filter(token_hash=hash_of(token.lower().replace("-", "")))


class GuestLink(models.Model):
    """A link by which people without an account come to one session, while it runs: off until its host turns it on.

    Of the address only a hash is kept here, and a nonce from which the server's own secret makes it again, so that
    the wall can show it for an hour.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="guest_link")
    nonce = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    def __str__(self):
        return f"guest link {self.pk}"

    @property
    def is_on(self) -> bool:
        """Say whether its host has it turned on; the hours of the session are another question."""
        return self.closed_at is None

    @property
    def token(self) -> str:
        """Return what stands in its address, in groups that are easily typed: "xkd-b3q-7mwt"."""
        plain = token_from(self.nonce)
        return f"{plain[:3]}-{plain[3:6]}-{plain[6:]}"

    def turn_on(self, by) -> None:
        """Give it an address that nobody knows yet."""
        self.nonce = secrets.token_urlsafe(18)
        self.token_hash = hash_of(token_from(self.nonce))
        self.opened_at, self.opened_by, self.closed_at = timezone.now(), by, None
        self.save()


class Guest(models.Model):
    """Somebody without an account at one session: a first name or nothing, forgotten once the session is over."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="guests")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    first_name = models.CharField(max_length=LONGEST_FIRST_NAME, blank=True)
    joined_at = models.DateTimeField()

    def __str__(self):
        return f"guest {self.pk}"


class UnsignedNote(models.Model):
    """Words of a session behind which there is no account: a guest's, or a paper note that somebody typed in.

    They are the group's. Until the reveal only who wrote them sees them; afterwards who reads the session does. A
    guest's stay as "a guest" when the guest is forgotten.
    """

    class Source(models.TextChoices):
        """Where they come from."""

        GUEST = "guest", _("A guest")
        PAPER = "paper", _("From paper")

    public_id = PublicIdField()
    writing = models.ForeignKey(SilentWriting, on_delete=models.CASCADE, related_name="unsigned_notes")
    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=8, choices=Source)
    guest = models.ForeignKey(Guest, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=LONGEST_UNSIGNED)
    made_at = models.DateTimeField()
    submission = models.CharField(max_length=24, help_text="The key of the form that made it.")
    line = models.PositiveSmallIntegerField(default=0, help_text="Which one of those that were sent together.")

    class Meta:
        ordering = ["public_id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="%(app_label)s_%(class)s_says_something"),
            models.CheckConstraint(
                condition=Q(source="paper", typed_by__isnull=False, guest=None) | Q(source="guest", typed_by=None),
                name="%(app_label)s_%(class)s_typed_by_somebody_if_from_paper",
            ),
            models.UniqueConstraint(fields=["writing", "submission", "line"], name="%(app_label)s_%(class)s_sent_once"),
        ]

    def __str__(self):
        return f"unsigned note {self.public_id}"

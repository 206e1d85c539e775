"""Photos, voice notes and documents on a record."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.models import Draft
from learnpartner.fields import PublicIdField
from partnerships.reader import Reader
from records.attachments.called import one_line, plain_name
from records.attachments.limits import CALLED

from .record import Record

LONGEST_DESCRIPTION = 5_000
# Waiting times between tries, in minutes; the last one repeats. What is to be deleted is tried for ever.
PAUSES = (1, 5, 15, 60, 240)
MOST_TRIES_AT_SMALL = 5
# For so long a file belongs to the worker that took it up.
CLAIM = timedelta(minutes=10)
# A file in a form that nobody has open or saved as a draft, and one whose upload was broken off.
KEEP_UNSAVED = timedelta(days=1)
KEEP_BROKEN_OFF = timedelta(hours=1)
# The place of a small picture on a page: as wide as the words, and no higher than a window.
WIDEST_SHOWN, TALLEST_SHOWN = 640, 480


class AttachmentQuerySet(models.QuerySet):
    """Words for finding files."""

    def visible_to(self, reader: Reader):
        """Apply the one rule of reading: a file is read by who reads the words of its record, and by nobody else.

        Until its form is saved it is its owner's. So undoing, taking back, folding and leaving are followed at the next
        request (5-promises, 5.1).
        """
        if not reader.person.is_authenticated:
            return self.none()
        records = Record.objects.visible_to(reader).with_words_for(reader)
        own = Q(owner=reader.person, record=None) & ~Q(draft_key="")
        return self.filter(Q(record__in=records) | own, kept_at__isnull=False)

    def waiting(self, person):
        """Return the person's files in forms that are not saved yet."""
        return self.filter(owner=person, record=None).exclude(draft_key="")

    def in_form(self, person, *, key: str, listed: Collection[str] = ()):
        """Return the person's files that belong to an opened form: sent under its key, or shown in it."""
        return self.waiting(person).filter(Q(draft_key=key) | Q(public_id__in=listed), kept_at__isnull=False)

    def let_go(self) -> int:
        """Take files off their records and out of their forms; return how many. Nobody reads them from now on.

        A task deletes them: at once, or, where the store may still be getting one, when that is surely over.
        """
        now = timezone.now()
        over = ExpressionWrapper(F("created_at") + KEEP_BROKEN_OFF, output_field=models.DateTimeField())
        later = Case(When(kept_at=None, then=over), default=now)
        return self.update(record=None, draft_key="", description="", attempts=0, next_try_at=later)

    def to_delete(self):
        """Return files that were let go, and whose deletion is due."""
        return self.filter(record=None, draft_key="", next_try_at__lte=timezone.now())

    def forgotten(self):
        """Return files whose form was neither saved nor kept as a draft, and those that never arrived whole."""
        now = timezone.now()
        draft = Draft.objects.open().filter(author=OuterRef("owner"), key=OuterRef("draft_key"))
        unsaved = Q(created_at__lt=now - KEEP_UNSAVED) & ~Exists(draft)
        broken_off = Q(kept_at=None, created_at__lt=now - KEEP_BROKEN_OFF)
        return self.filter(unsaved | broken_off, record=None).exclude(draft_key="")

    def without_small(self):
        """Return photos whose small picture is due to be made."""
        due = self.filter(kind=Attachment.Kind.PHOTO, small_made_at=None, kept_at__isnull=False)
        due = due.filter(attempts__lt=MOST_TRIES_AT_SMALL, next_try_at__lte=timezone.now())
        return due.exclude(record=None, draft_key="").order_by("attempts", "id")

    def claim(self, pk: int) -> "Attachment | None":
        """Take a file of this set in hand, or return None where another worker has it.

        The try is counted now, so that a file that kills its worker is given up in the end as well.
        """
        until = timezone.now() + CLAIM
        won = self.order_by().filter(pk=pk).update(next_try_at=until, attempts=F("attempts") + 1)
        return Attachment.objects.filter(pk=pk).first() if won else None


def new_name() -> str:
    """Give the name of a file in the store: random, in folders of two letters."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:]}"


class Attachment(models.Model):
    """A photo, a voice note or a document, from the moment it was sent until the last byte of it is deleted.

    It waits under the key of an opened form (`draft_key`), then hangs on a record. With neither it is let go: when its
    record is deleted, its draft thrown away, or when it is taken off. The row stays until the store has deleted the
    file, so that none is ever lost track of; and it is written before the file is, for the same reason.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Voice note")
        DOCUMENT = "document", _("Document")

    public_id = PublicIdField()
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, blank=True, related_name="attachments")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft_key = models.CharField(max_length=24, blank=True, help_text="The opened form that it came with.")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40, unique=True, default=new_name, editable=False, help_text="In the store.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was sent: the same file sent twice is one.")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    description = models.TextField(
        max_length=LONGEST_DESCRIPTION, blank=True, help_text="What can be seen or heard, for who cannot."
    )
    created_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True, help_text="The store has it.")
    small_made_at = models.DateTimeField(null=True, blank=True, help_text="The store has its small picture.")
    small_size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="At what is due: its small picture, or its end.")
    next_try_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(record=None) | Q(draft_key=""), name="%(app_label)s_%(class)s_on_a_record_or_in_a_form"
            ),
            models.CheckConstraint(
                condition=Q(record=None) | Q(kept_at__isnull=False),
                name="%(app_label)s_%(class)s_on_a_record_once_kept",
            ),
            models.CheckConstraint(
                condition=Q(kind="photo", width__gt=0, height__gt=0, seconds=None)
                | Q(kind="voice", width=None, height=None, seconds__gt=0)
                | Q(kind="document", width=None, height=None, seconds=None),
                name="%(app_label)s_%(class)s_has_the_measures_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["owner", "draft_key", "digest"],
                condition=~Q(draft_key=""),
                name="%(app_label)s_%(class)s_once_per_form",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(small_made_at=None), name="records_file_without_small"),
            models.Index(fields=["next_try_at"], condition=Q(record=None), name="records_file_on_no_record"),
        ]

    def __str__(self):
        return f"{self.kind} {self.public_id}"

    @property
    def is_photo(self) -> bool:
        """Say whether it is a picture, and no sound."""
        return self.kind == self.Kind.PHOTO

    @property
    def is_document(self) -> bool:
        """Say whether it is only ever downloaded."""
        return self.kind == self.Kind.DOCUMENT

    @property
    def ending(self) -> str:
        """Return how the names of such files end, without the dot."""
        return CALLED[self.media_type].rpartition(".")[2]

    @property
    def saved_as(self) -> str:
        """Return how it is called when somebody keeps it: of a document, by what is said of it."""
        said = plain_name(self.description.partition("\n")[0], is_file=False) if self.is_document else ""
        return f"{said}.{self.ending}" if said else CALLED[self.media_type]

    @property
    def called(self) -> str:
        """Return how a document is called on pages."""
        return one_line(self.description) or str(_("Document"))

    @property
    def small_name(self) -> str:
        """Return the name of its small picture in the store."""
        return f"{self.name}-small"

    @property
    def _share_shown(self) -> float:
        """Return how much of its size the small picture takes on a page, so that its place is kept free."""
        return min(1, WIDEST_SHOWN / (self.width or 1), TALLEST_SHOWN / (self.height or 1))

    @property
    def shown_width(self) -> int:
        """Return the width of the small picture on a page, in its pixels."""
        return max(1, round((self.width or 1) * self._share_shown))

    @property
    def shown_height(self) -> int:
        """Return the height of the small picture on a page, in its pixels."""
        return max(1, round((self.height or 1) * self._share_shown))

    @property
    def length(self) -> str:
        """Say how long a voice note lasts, as "2:05"."""
        return f"{(self.seconds or 0) // 60}:{(self.seconds or 0) % 60:02}"

    def failed(self) -> None:
        """Note that what is due could not be done now, and set the next try."""
        pause = PAUSES[min(max(self.attempts, 1), len(PAUSES)) - 1]
        later = timezone.now() + timedelta(minutes=pause)
        type(self).objects.filter(pk=self.pk).update(next_try_at=later)

"""Anything that somebody contributed, and the one rule of who reads it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership, Role, Space
from partnerships.reader import Reader
from records import kinds

LONGEST_TEXT = 100_000
LONGEST_TITLE = 200
# Enough for three lines of a stream on the widest page.
EXCERPT = 360


class PersonLevel(models.IntegerChoices):
    """Whose learning it is: first, second and third person.

    Source: the paper's first-, second- and third-person inquiry (after Torbert, and Reason and Bradbury).
    """

    FIRST = 1, _("My practice")
    SECOND = 2, _("Our inquiry")
    THIRD = 3, _("Beyond us")


class Attribution(models.TextChoices):
    """How readers are told who wrote it. Never "anonymous": small groups recognise each other."""

    NAMED = "named", _("By name")
    ROLE = "role", _("By role only")
    NOT_NAMED = "not_named", _("Not named")


class RecordQuerySet(models.QuerySet):
    """The words in which records are looked for."""

    def visible_to(self, reader: Reader):
        """Apply the one rule of reading: your own words, and the words in the spaces that you are in now.

        There is no other way to a record, on any page, in any list, for any office. The words of a record that was
        taken back are still to be withheld by who shows it (`words_withheld_from`).
        """
        if not reader.person.is_authenticated:
            return self.none()
        return self.filter(self._in_spaces_of(reader) | self._own_words_of(reader))

    @staticmethod
    def _in_spaces_of(reader: Reader) -> Q:
        return Q(space__in=list(reader.spaces))

    @staticmethod
    def _own_words_of(reader: Reader) -> Q:
        return Q(author=reader.person) & (Q(space=None) | Q(kind__in=kinds.personal_keys()))

    def written_by(self, person):
        """Return what the person wrote, for that person's own pages."""
        return self.filter(author=person)

    def private(self):
        """Return what nobody but its author reads."""
        return self.filter(space=None)

    def shared(self):
        """Return what is in a space."""
        return self.filter(space__isnull=False)

    def standing(self):
        """Leave out what was taken back."""
        return self.filter(withdrawn_at=None)

    def in_stream(self):
        """Keep the kinds that stand for themselves: no responses."""
        return self.filter(kind__in=kinds.stream_keys())

    def named_author(self, person):
        """Return what the person signed. What is not named is never found by its author, not even by themselves."""
        return self.filter(author=person, attribution=Attribution.NAMED)

    def tagged(self, name: str):
        """Return what carries the tag, but for what is not named: a tag must not lead to who wrote it."""
        return self.filter(record_tags__tag__name=name).exclude(attribution=Attribution.NOT_NAMED)

    def for_rows(self):
        """Fetch what a row of a list shows: base columns, the author's name and the beginning of the text."""
        return (
            self.select_related("author", "space__partnership")
            .defer("text")
            .annotate(excerpt=Substr("text", 1, EXCERPT))
        )


class Record(models.Model):
    """Anything that somebody contributed: the table beneath a reflection, a response, and every kind to come.

    It lives in exactly one place: its author's notebook (no space), or one space. It moves there once, by its author,
    and back only while nobody has responded. Its kind's model inherits from it.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=20, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="records")
    role = models.CharField(
        max_length=20,
        choices=Role,
        blank=True,
        help_text="The author's role when it was shared; empty in a notebook.",
    )
    attribution = models.CharField(max_length=10, choices=Attribution, default=Attribution.NAMED)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="records"
    )
    space = models.ForeignKey(Space, on_delete=models.PROTECT, null=True, blank=True, related_name="records")
    person_level = models.PositiveSmallIntegerField(choices=PersonLevel, default=PersonLevel.FIRST)
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    happened_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_after = models.PositiveIntegerField(
        default=0, help_text="How many responses by others there were when it was last edited."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    folded_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission = models.CharField(
        max_length=24, null=True, blank=True, editable=False, help_text="The key of the form that made it."
    )
    tags = TaggableManager(through="records.RecordTag", blank=True)

    # Who can read it, in words; set for lists by `stream.with_readers`.
    who_reads: str = ""

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(space=None, shared_at=None) | Q(space__isnull=False, shared_at__isnull=False),
                name="%(app_label)s_%(class)s_shared_if_and_only_if_in_a_space",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(shared_at__isnull=False),
                name="%(app_label)s_%(class)s_only_shared_ones_are_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(folded_at=None, set_aside_at=None) | Q(shared_at__isnull=False),
                name="%(app_label)s_%(class)s_only_shared_ones_are_folded_or_set_aside",
            ),
            models.CheckConstraint(
                condition=Q(attribution="named") | Q(space__isnull=False),
                name="%(app_label)s_%(class)s_attribution_is_chosen_at_sharing",
            ),
            models.CheckConstraint(
                condition=Q(person_level__in=[1, 2, 3]), name="%(app_label)s_%(class)s_level_is_1_2_or_3"
            ),
            models.CheckConstraint(
                condition=Q(within=None) | ~Q(within=models.F("id")),
                name="%(app_label)s_%(class)s_not_within_itself",
            ),
            models.UniqueConstraint(
                fields=["author", "submission"], name="%(app_label)s_%(class)s_saved_once_per_form"
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-shared_at", "-id"], name="records_by_space"),
            models.Index(fields=["author", "-created_at", "-id"], name="records_by_author"),
            models.Index(fields=["within", "shared_at"], name="records_within"),
        ]

    def __str__(self):
        # Delete pages and logs print it, so it holds no words.
        return f"{self.kind} {self.public_id}"

    def get_absolute_url(self):
        """Return its one address, which its kind knows."""
        return reverse(kinds.get(self.kind).url_name, args=[self.public_id])

    @property
    def kind_label(self) -> str:
        """Return the word for its kind, the partnership's own where it is shared in one."""
        return self._word_here(f"one:{self.kind}", str(kinds.get(self.kind).label))

    @property
    def is_private(self) -> bool:
        """Say whether only its author reads it."""
        return self.space_id is None

    @property
    def is_named(self) -> bool:
        """Say whether readers are told who wrote it."""
        return self.attribution == Attribution.NAMED

    @property
    def byline(self) -> str:
        """Say who wrote it, as far as its readers are told. The only way any page names an author."""
        if self.attribution == Attribution.NOT_NAMED:
            return str(_("Not named"))
        if self.attribution == Attribution.ROLE:
            return self._word_here(f"role:{self.role}", self.get_role_display())
        return self.author.name

    def _word_here(self, key: str, default: str) -> str:
        """Return the word that people use where it is shared; lists fetch the space with its partnership."""
        partnership = self.space.partnership if self.space else None
        return partnership.word_for(key, default) if partnership else default

    @property
    def first_words(self) -> str:
        """Return the title, or the first words where there is none."""
        return self.title or Truncator(getattr(self, "excerpt", None) or self.text).words(9)

    def is_by(self, person) -> bool:
        """Say whether the person wrote it."""
        return self.author_id == person.pk

    def words_withheld_from(self, person) -> bool:
        """Say whether a reader only gets the notice that it was taken back."""
        return self.withdrawn_at is not None and not self.is_by(person)

    def has_responses_by_others(self) -> bool:
        """Say whether somebody else has responded, so that sharing can no longer be undone without a trace."""
        return self.parts.exclude(author=self.author_id).exists()


class RecordTag(TaggedItemBase):
    """A tag on a record."""

    content_object = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="record_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="%(app_label)s_%(class)s_each_tag_once")
        ]

    def __str__(self):
        return f"tag {self.pk}"

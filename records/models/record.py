"""Anything that somebody contributed, and the one rule of who reads it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership, Role, Space
from partnerships.reader import Reader
from records import kinds
from records.withholding import withheld_from

from .marked import Marked, what_a_record_says_of_itself

LONGEST_TEXT = 100_000
LONGEST_TITLE = 200
# Enough for three lines of a stream on the widest page.
EXCERPT = 360
# The columns that hold what people wrote. No list fetches them: a row has `shown_title` and `excerpt`.
WORDS = ("title", "text", "we_assumed", "we_now_assume", "told_by")


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

        There is no other way to a record, on any page, in any list, for any office. That somebody may know of a record
        is not to read it: the words of some are withheld (`records.withholding`), by the door for pages of one record
        and by `for_rows` for lists.
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
        """Leave out what was taken back or set aside. What is folded stands, without its words."""
        return self.filter(withdrawn_at=None, set_aside_at=None)

    def with_words_for(self, reader: Reader):
        """Leave out all whose words are withheld from the reader: for search, links, pickers and whatever quotes."""
        return self.exclude(withheld_from(reader)) if reader.person.is_authenticated else self.none()

    def noting_withheld(self, reader: Reader):
        """Note on each record, as `words_withheld`, whether its words are withheld from the reader."""
        return self.annotate(words_withheld=Case(When(withheld_from(reader), then=True), default=False))

    def in_stream(self):
        """Keep the kinds that stand for themselves: no responses."""
        return self.filter(kind__in=kinds.stream_keys())

    def without_repeats(self):
        """Leave out what only repeats another one, such as sixty sessions that were convened in one go."""
        return self.exclude(*(Q(pk__in=keys) for keys in kinds.repeats()))

    def named_author(self, person):
        """Return what the person signed. What is not named is never found by its author, not even by themselves."""
        return self.filter(author=person, attribution=Attribution.NAMED)

    def tagged(self, name: str):
        """Return what carries the tag, but for what is not named: a tag must not lead to who wrote it.

        Who narrows a list by what was written asks `with_words_for` as well: a tag is one of the words.
        """
        return self.filter(record_tags__tag__name=name).exclude(attribution=Attribution.NOT_NAMED)

    def without_texts(self):
        """Leave what may be long out of what is fetched, for lists that show titles alone."""
        return self.defer("text", "we_assumed", "we_now_assume")

    def for_rows(self, reader: Reader):
        """Fetch what a row of a list shows: base columns, the author's name, `shown_title` and `excerpt`.

        The two are empty where the words are withheld from the reader (`words_withheld`); the columns with words are
        not fetched, and asking a row for them raises, so that no list can show what it should not.
        """
        shown = {
            "shown_title": Case(When(words_withheld=True, then=Value("")), default=F("title")),
            "excerpt": Case(When(words_withheld=True, then=Value("")), default=Substr("text", 1, EXCERPT)),
            "shown_told_by": Case(When(words_withheld=True, then=Value("")), default=F("told_by")),
        }
        return self.noting_withheld(reader)._fetching_rows(shown)

    def for_rows_with_words(self, reader: Reader):
        """Fetch rows as `for_rows` does, but for those whose words are withheld: to ask that once is to ask less."""
        shown = {"shown_title": F("title"), "excerpt": Substr("text", 1, EXCERPT), "shown_told_by": F("told_by")}
        return self.with_words_for(reader)._fetching_rows(shown)

    def _fetching_rows(self, shown: dict[str, Any]):
        rows = self.annotate(**shown).select_related("author", "space__partnership")
        return rows.defer(*WORDS).fetch_mode(models.FETCH_RAISE)


class Record(Marked):
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
    photo_count = models.PositiveSmallIntegerField(default=0, help_text="Of its files; `attach_files` keeps it right.")
    has_voice_note = models.BooleanField(default=False)
    submission = models.CharField(
        max_length=24, null=True, blank=True, editable=False, help_text="The key of the form that made it."
    )
    tags = TaggableManager(through="records.RecordTag", blank=True)

    # Who can read it, in words; set for lists by `stream.with_readers`.
    who_reads: str = ""
    # Whether its words are withheld from who asked for it; set by the door and by lists.
    words_withheld: bool = False
    # Whether the reader may set it aside, and lift that; set for a page of one record.
    looks_after: bool = False
    # What a row of a list shows; set by `for_rows`.
    shown_title: str
    excerpt: str

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
            *what_a_record_says_of_itself(),
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

    @cached_property
    def files(self) -> list:
        """Return its photos, and then its voice note; asked for only where there are some."""
        return list(self.attachments.all()) if self.photo_count or self.has_voice_note else []

    @property
    def lacks_descriptions(self) -> bool:
        """Say whether it has a photo of which nobody has said what can be seen."""
        return any(file.is_photo and not file.description for file in self.files)

    @property
    def files_in_words(self) -> str:
        """Say what hangs on it beside its words, such as "2 photos, voice note"; nothing where nothing does."""
        photos = ngettext("%(n)d photo", "%(n)d photos", self.photo_count) % {"n": self.photo_count}
        return ", ".join([photos] * bool(self.photo_count) + [gettext("voice note")] * self.has_voice_note)

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
        # Somebody who was erased may have left their name on what still stands; nowhere else is it kept.
        return self.author.name if self.withdrawn_at else self.author.name_as_author

    @property
    def credit(self) -> str:
        """Say who told it, where that was somebody else, and who wrote it."""
        return self.credited(self.byline, self.attribution)

    def _word_here(self, key: str, default: str) -> str:
        """Return the word that people use where it is shared; lists fetch the space with its partnership."""
        partnership = self.space.partnership if self.space else None
        return partnership.word_for(key, default) if partnership else default

    @property
    def first_words(self) -> str:
        """Return the title, or the first words where there is none; where they are withheld, what became of them."""
        if self.words_withheld:
            return self.what_became
        title, text = (self.shown_title, self.excerpt) if "excerpt" in self.__dict__ else (self.title, self.text)
        return title or Truncator(text).words(9)

    @property
    def what_became(self) -> str:
        """Say in two words why it does not stand as it was shared; nothing where it does."""
        if self.withdrawn_at:
            return str(_("Taken back"))
        if self.set_aside_at:
            return str(_("Set aside"))
        return str(_("Folded for now")) if self.folded_at else ""

    @property
    def stands(self) -> bool:
        """Say whether it is shared, and neither taken back nor set aside."""
        return not (self.is_private or self.withdrawn_at or self.set_aside_at)

    def is_by(self, person) -> bool:
        """Say whether the person wrote it."""
        return self.author_id == person.pk

    def words_withheld_from(self, person) -> bool:
        """Say whether the person gets a notice in place of its words (`records.withholding`)."""
        if self.is_by(person) or not self.what_became:
            return False
        reader = Reader(person)
        return not Record.objects.visible_to(reader).with_words_for(reader).filter(pk=self.pk).exists()

    def withhold_words(self) -> None:
        """Empty this copy of its words, for the door: what is not there, no page can show. It is never saved whole."""
        self.words_withheld = True
        for name in WORDS:
            setattr(self, name, "")

    def responses_by_others(self):
        """Return what others have said to it."""
        return self.parts.exclude(author=self.author_id)

    def has_responses_by_others(self) -> bool:
        """Say whether somebody else has responded, so that sharing can no longer be undone without a trace."""
        return self.responses_by_others().exists()


class RecordTag(TaggedItemBase):
    """A tag on a record."""

    content_object = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="record_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="%(app_label)s_%(class)s_each_tag_once")
        ]

    def __str__(self):
        return f"tag {self.pk}"

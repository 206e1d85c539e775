"""People, and the files of all that is held about them."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.models import MailChoice
from learnpartner.fields import PublicIdField

# Being here is noted at most this often, and a visit ends when nothing was noted for this long.
NOTE_VISIT_EVERY = timedelta(minutes=5)
VISIT_ENDS_AFTER = timedelta(minutes=30)
# How long a finished export can be fetched, and for how long it belongs to the worker that took it up.
KEEP_EXPORT = timedelta(days=7)
CLAIM = timedelta(minutes=30)
# Waiting times between tries, in minutes; after the last one it is given up.
PAUSES = (1, 5, 15, 60, 240)


class UserManager(BaseUserManager["User"]):
    """How accounts come to be; `accounts.actions.open_account` is what the app calls."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account for the address."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Make the account of a site admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, in whatever case it is typed."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: by e-mail address, with one account for all their partnerships.

    What a person may do comes from their memberships, never from the account. `is_staff` makes a site admin,
    who looks after the site and reads no record by it.
    """

    class Appearance(models.TextChoices):
        """Light or dark."""

        SYSTEM = "", _("As my device has it")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("what I am called"), max_length=120)
    wants_to_learn = models.TextField(_("what I want to learn"), max_length=600, blank=True)
    can_offer = models.TextField(_("what I can offer"), max_length=600, blank=True)
    answers_for = models.TextField(_("what I have to answer for"), max_length=600, blank=True)
    appearance = models.CharField(
        _("light or dark"), max_length=5, choices=Appearance, default=Appearance.SYSTEM, blank=True
    )
    # A key alone can be pressed by chance, or by a voice: whoever wants to can switch it off (WCAG 2.1.4).
    slash_searches = models.BooleanField(_("the key “/” leads to the search box"), default=True)
    mail_choice = models.CharField(
        _("what reaches me"), max_length=13, choices=MailChoice, default=MailChoice.STRAIGHT_AWAY
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("site admin"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    # For "new since your last visit". Written at most every five minutes; shown to nobody else.
    here_at = models.DateTimeField(null=True, blank=True)
    last_visit_ended_at = models.DateTimeField(null=True, blank=True)
    # Whoever has had themselves erased: the row stays, without a name, since words of others hang on it.
    erased_at = models.DateTimeField(null=True, blank=True)
    name_on_words = models.CharField(
        max_length=120,
        blank=True,
        help_text="The name that stays on what an erased person had shared, if they chose so.",
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="%(app_label)s_%(class)s_email_is_unique"),
            models.CheckConstraint(
                condition=Q(erased_at=None, name_on_words="")
                | Q(erased_at__isnull=False, is_active=False, is_staff=False, is_superuser=False),
                name="%(app_label)s_%(class)s_erased_for_good",
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self) -> str:
        """Give the name, for Django's admin and allauth's mails."""
        return self.name

    def get_short_name(self) -> str:
        """Give the name; people choose themselves what they are called."""
        return self.name

    @property
    def name_as_author(self) -> str:
        """Return the name on what they have shared: for who was erased, the one that they left there, if any."""
        return self.name_on_words or self.name

    def empty(self, *, name_on_words: str = "") -> None:
        """Close the account and empty it for good; what is left says only that there was somebody.

        `name_on_words` stays on what they had shared, and nowhere else.
        """
        now = timezone.now()
        self.email = f"{self.public_id.lower()}-{secrets.token_hex(4)}@erased.invalid"
        self.name, self.name_on_words = gettext("Somebody who has left"), name_on_words
        self.wants_to_learn = self.can_offer = self.answers_for = ""
        self.appearance, self.slash_searches, self.mail_choice = self.Appearance.SYSTEM, True, MailChoice.NEVER
        self.is_active = self.is_staff = self.is_superuser = False
        self.last_login = self.here_at = self.last_visit_ended_at = None
        self.date_joined = self.erased_at = now
        self.set_unusable_password()
        self.save()

    def note_visit(self) -> None:
        """Remember that the person is here, so that the next visit can begin with what is new since then."""
        now = timezone.now()
        if self.here_at and now - self.here_at < NOTE_VISIT_EVERY:
            return
        if self.here_at and now - self.here_at > VISIT_ENDS_AFTER:
            self.last_visit_ended_at = self.here_at
        self.here_at = now
        self.save(update_fields=["here_at", "last_visit_ended_at"])


def new_file_name() -> str:
    """Give the name of an export in the store: 256 random bits, which nobody guesses."""
    return f"exports/{secrets.token_hex(32)}"


class ExportQuerySet(models.QuerySet):
    """Words for finding exports."""

    def of(self, person):
        """Return the person's own that can still be fetched, or are being made; nobody gets another's."""
        return self.filter(person=person, ends_at__gt=timezone.now())

    def waiting(self):
        """Return those that are still to be made."""
        return self.filter(made_at=None, failed_at=None, person__isnull=False, ends_at__gt=timezone.now())

    def due(self):
        """Return those whose next try has come, and which no worker has in hand."""
        return self.waiting().filter(next_try_at__lte=timezone.now()).order_by("attempts", "id")

    def over(self):
        """Return those whose file is to be deleted by now: none of which a worker may still be writing it."""
        now = timezone.now()
        in_hand = Q(made_at=None, failed_at=None, attempts__gt=0, next_try_at__gt=now)
        return self.filter(ends_at__lte=now).exclude(in_hand)

    def let_go(self) -> int:
        """Take them from their person; a task deletes the files, and then the rows."""
        return self.update(person=None, ends_at=timezone.now())


class Export(models.Model):
    """All that is held about somebody, as one file for them: asked for, being made, there for a week, deleted.

    The row is written first and goes last: it stays until the store has deleted the file, so that none is ever lost
    track of.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=80, unique=True, default=new_file_name, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(help_text="From then on nobody fetches it, and the file is deleted.")
    done = models.PositiveIntegerField(default=0, help_text="Steps of making it that are behind us.")
    steps = models.PositiveIntegerField(default=0, help_text="Steps of making it in all; 0 until it has begun.")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    failed_at = models.DateTimeField(null=True, blank=True, help_text="It was given up.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(made_at=None, failed_at=None),
                name="%(app_label)s_%(class)s_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(failed_at=None), name="%(app_label)s_%(class)s_ends_in_one_way"
            ),
        ]

    def __str__(self):
        return f"export {self.public_id}"

    @property
    def is_ready(self) -> bool:
        """Say whether it can be fetched."""
        return self.made_at is not None and self.ends_at > timezone.now()

    @property
    def percent(self) -> int:
        """Say how far it is, in hundredths."""
        return 100 * self.done // self.steps if self.steps else 0

    @classmethod
    def claim(cls, pk: int) -> "Export | None":
        """Take one that is due in hand, or return None where another worker has it. The try is counted now."""
        until = timezone.now() + CLAIM
        won = cls.objects.due().filter(pk=pk).update(next_try_at=until, attempts=F("attempts") + 1, done=0)
        return cls.objects.filter(pk=pk).select_related("person").first() if won else None

    def failed(self) -> None:
        """Set the next try of one that could not be made now; give it up after the last."""
        if self.attempts > len(PAUSES):
            type(self).objects.filter(pk=self.pk).update(failed_at=timezone.now())
            return
        later = timezone.now() + timedelta(minutes=PAUSES[self.attempts - 1])
        type(self).objects.filter(pk=self.pk).update(next_try_at=later)

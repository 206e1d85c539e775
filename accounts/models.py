"""People."""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.models import MailChoice
from learnpartner.fields import PublicIdField

# Being here is noted at most this often, and a visit ends when nothing was noted for this long.
NOTE_VISIT_EVERY = timedelta(minutes=5)
VISIT_ENDS_AFTER = timedelta(minutes=30)


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

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="%(app_label)s_%(class)s_email_is_unique")]

    def __str__(self):
        return self.name

    def get_full_name(self) -> str:
        """Give the name, for Django's admin and allauth's mails."""
        return self.name

    def get_short_name(self) -> str:
        """Give the name; people choose themselves what they are called."""
        return self.name

    def note_visit(self) -> None:
        """Remember that the person is here, so that the next visit can begin with what is new since then."""
        now = timezone.now()
        if self.here_at and now - self.here_at < NOTE_VISIT_EVERY:
            return
        if self.here_at and now - self.here_at > VISIT_ENDS_AFTER:
            self.last_visit_ended_at = self.here_at
        self.here_at = now
        self.save(update_fields=["here_at", "last_visit_ended_at"])

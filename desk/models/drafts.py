"""Words that are typed, and not saved yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# How long a used key is remembered, so that a form that comes late is told that it is saved already.
KEEP_USED = timedelta(days=30)


class DraftQuerySet(models.QuerySet):
    """Words for finding drafts."""

    def of(self, person):
        """Return the person's own drafts; nobody reads another's."""
        return self.filter(author=person)

    def open(self):
        """Return those that still hold words."""
        return self.filter(used_at=None)


class Draft(models.Model):
    """What one person has typed into one opened form, kept on the server from the first seconds.

    The key is made when the form is opened, so two tabs never mix. Saving the form *uses* the key in the same
    transaction: the words are wiped here, and whatever comes later under the key is answered "already saved".
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=24)
    form = models.CharField(max_length=40, help_text="The registered name of the form, which knows its address.")
    about = models.CharField(max_length=80, blank=True, help_text="The public id or slug that the form is about.")
    data = models.JSONField(default=dict, help_text="The form's fields as typed: name to list of strings.")
    saved_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="%(app_label)s_%(class)s_one_per_opened_form"),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(data={}),
                name="%(app_label)s_%(class)s_holds_no_words_once_used",
            ),
        ]

    def __str__(self):
        return f"{self.form} {self.pk}"

    @classmethod
    def keep(cls, *, author, key: str, form: str, about: str, data: dict) -> "Draft | None":
        """Save what is typed so far and return the draft, or None when its form has been saved already."""
        now = timezone.now()
        values = {"form": form, "about": about, "data": data, "saved_at": now}
        draft, made = cls.objects.get_or_create(author=author, key=key, defaults=values)
        if not made and not cls.objects.of(author).open().filter(key=key).update(**values):
            return None
        draft.saved_at = now
        return draft

    @classmethod
    def use(cls, *, author, key: str, form: str) -> bool:
        """Mark the key as used and wipe its words; return False when it was used before (a repeated POST)."""
        now = timezone.now()
        draft, made = cls.objects.get_or_create(
            author=author, key=key, defaults={"form": form, "saved_at": now, "used_at": now}
        )
        return made or bool(cls.objects.filter(pk=draft.pk, used_at=None).update(used_at=now, data={}))

    @classmethod
    def forget_used(cls) -> int:
        """Delete keys used long ago; return how many."""
        return cls.objects.filter(used_at__lt=timezone.now() - KEEP_USED).delete()[0]

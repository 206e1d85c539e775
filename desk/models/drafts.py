"""Words that are typed, and not saved yet."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

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

    `page` is the opened page that saved last, `turn` the number of that save: a page's saves may arrive out of order,
    and one draft may be opened in two tabs.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=24)
    form = models.CharField(max_length=40, help_text="The registered name of the form, which knows its address.")
    about = models.CharField(
        max_length=80, blank=True, help_text="What fills the address of the form's page: slugs and public ids."
    )
    data = models.JSONField(default=dict, help_text="The form's fields as typed: name to list of strings.")
    page = models.CharField(max_length=24, blank=True, help_text="The opened page that saved last.")
    turn = models.PositiveIntegerField(default=0, help_text="Grows with each save that is kept.")
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

    @property
    def saved_words(self) -> str:
        """Say when it was saved: by the hour today, and with the day before that."""
        saved_at = timezone.localtime(self.saved_at)
        words = {"time": formats.date_format(saved_at, "H:i"), "day": formats.date_format(saved_at, "j F")}
        is_today = saved_at.date() == timezone.localdate()
        return (_("Saved %(time)s") if is_today else _("Saved %(time)s, %(day)s")) % words

    @classmethod
    @transaction.atomic
    def keep(
        cls,
        *,
        author,
        key: str,
        form: str,
        about: str,
        data: dict,
        page: str = "",
        turn: int = 0,
        base: int = 0,
    ) -> "Draft | None":
        """Save what is typed so far and return the draft, or None when its form has been saved already.

        `base` is the turn that the page began with, `turn` that of this save where a script counts them. A save that
        was overtaken by a later one of its own page changes nothing. Where another page has gone on with the draft
        meanwhile, this one goes on with a draft of its own, under the key `page`.
        """
        values = {"form": form, "about": about, "data": data, "page": page, "saved_at": timezone.now()}
        rows = cls.objects.select_for_update()
        draft, made = rows.get_or_create(author=author, key=key, defaults={**values, "turn": turn or base + 1})
        if draft.used_at:
            return None
        if made or (draft.page == page and turn and turn <= draft.turn):
            return draft
        if draft.was_gone_on_with(page=page, base=base):
            own = cls.key_of_its_own(key, page)
            return cls.keep(author=author, key=own, form=form, about=about, data=data, page=page, turn=turn, base=base)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.turn = turn or draft.turn + 1
        draft.save()
        return draft

    @staticmethod
    def key_of_its_own(key: str, page: str) -> str:
        """Return the key under which a page goes on by itself, where another has gone on under `key`.

        The same each time, so that a form that is sent twice is saved once; random only after two others were taken.
        """
        beside = hashlib.sha256(page.encode()).hexdigest()[:16]
        if key == beside:
            return secrets.token_urlsafe(12)
        return beside if key == page else page

    def was_gone_on_with(self, *, page: str, base: int) -> bool:
        """Say whether another page than this one has saved since the turn that this one began with."""
        return bool(page) and self.page != page and self.turn > base

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

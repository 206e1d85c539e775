"""The site admin's view of outgoing mail: whether it goes, and in a demo what it says."""

import email
from email import policy

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html

from .models import Outbox


@admin.register(Outbox)
class OutboxAdmin(admin.ModelAdmin):
    """Mails, to be read only. The words of a real site's mails are for those they go to."""

    list_display = ("created_at", "subject", "recipients", "attempts", "next_try_at", "done_at")
    fields = ("created_at", "subject", "recipients", "attempts", "next_try_at", "done_at", "words")
    readonly_fields = fields

    def words(self, row):
        """Show the text of the mail in a demo."""
        if not settings.DEMO:
            return "Not shown: only those it goes to read a mail."
        body = email.message_from_bytes(bytes(row.message), policy=policy.default).get_body(("plain",))
        return format_html("<pre>{}</pre>", body.get_content() if body else "")

    def has_add_permission(self, request):
        """Mails are written by the app."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes a mail on its way."""
        return False

    def has_delete_permission(self, request, obj=None):
        """No mail is lost."""
        return False

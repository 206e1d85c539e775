"""The site admin's view of outgoing mail: whether it goes, and in a demo what it says."""

import email
from email import policy

from django.conf import settings
from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html

from .models import Outbox

STATES = ("waiting", "gone", "given up", "not to go any more")


@admin.register(Outbox)
class OutboxAdmin(admin.ModelAdmin):
    """Mails, to be read only. The words of a real site's mails are for those they go to."""

    list_display = ("created_at", "what", "to", "state", "attempts", "next_try")
    # What has not gone stands first. Django's filters would leave a trace in the browser.
    ordering = (F("done_at").desc(nulls_first=True), "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        "what",
        "to",
        "created_at",
        "state",
        "attempts",
        "next_try",
        "done_at",
        "failed_at",
        "cancelled_at",
        "message_id",
        "words",
    )
    readonly_fields = fields

    def what(self, row):
        """Say what sort of mail it is. A subject may name a place that only those who are in it know of."""
        return row.subject if settings.DEMO or not row.kind else row.kind.replace("_", " ").capitalize()

    def to(self, row):
        """Say whom it goes to."""
        return ", ".join(row.recipients)

    def state(self, row):
        """Say how far it has got."""
        ends = (row.done_at, row.failed_at, row.cancelled_at)
        state = next((word for word, at in zip(STATES[1:], ends, strict=True) if at), STATES[0])
        in_hand = state == "waiting" and row.claim_ends_at and row.claim_ends_at > timezone.now()
        return "Being sent" if in_hand else state.capitalize()

    @admin.display(empty_value="")
    def next_try(self, row):
        """Say when it is tried next, while it waits."""
        return row.next_try_at if self.state(row) == "Waiting" else None

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

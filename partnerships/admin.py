"""What a site admin sees of changes: who belongs where, and never what anybody wrote or how often."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.models import AuditEvent, AuditSeal

# Events of notes, responses and spaces would tell how much somebody writes, and that a one to one is there.
KINDS = ("organisation", "membership", "invitation", "site")


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """Changes to organisations, memberships, invitations and the site, to be read only."""

    list_display = ("happened_at", "actor", "action", "public_id")
    list_select_related = ("actor",)
    ordering = ("-happened_at",)
    fields = ("happened_at", "actor", "action", "kind", "public_id")
    readonly_fields = fields

    def get_queryset(self, request):
        """Leave out whatever is about words and where they are shared."""
        return super().get_queryset(request).filter(kind__in=KINDS)

    def get_changelist_instance(self, request):
        """Say over the list how far the chain is sealed; `manage.py verify_audit` says whether it holds."""
        changes = super().get_changelist_instance(request)
        changes.title = _state_of_the_seal()
        return changes

    def has_add_permission(self, request):
        """Events are added by the change that they tell of."""
        return False

    def has_change_permission(self, request, obj=None):
        """No event is ever changed."""
        return False

    def has_delete_permission(self, request, obj=None):
        """None is taken away."""
        return False


def _state_of_the_seal() -> str:
    last = AuditSeal.objects.order_by("-number").first()
    if last is None:
        return _("Nothing is sealed yet: does the clock run (manage.py tick)?")
    return _("Sealed until %(when)s. Not sealed yet: %(number)s. Anchor: %(anchor)s") % {
        "when": date_format(timezone.localtime(last.sealed_at), "j F Y, H:i"),
        "number": AuditEvent.objects.unsealed().count(),
        "anchor": last.digest,
    }

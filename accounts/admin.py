"""What a site admin sees of people: who has an account, and nothing that they wrote."""

from django.contrib import admin

from .models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts, to be read only. People change their own, and nobody signs in as somebody else."""

    list_display = ("email", "name", "is_active", "is_staff", "date_joined")
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ("email", "name", "is_active", "is_staff", "date_joined")
    readonly_fields = fields

    def has_add_permission(self, request):
        """Accounts are opened by invitation, or on the server."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes another's account."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Leaving and erasing are done by the person."""
        return False

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, and how they sign in."""

    name = "accounts"

    def ready(self):
        """Register the profile as a form that keeps drafts."""
        from desk import drafts

        words = ("wants_to_learn", "can_offer", "answers_for")
        drafts.register(
            drafts.DraftForm(name="profile", url_name="accounts:profile-edit", label=_("Your profile"), words=words)
        )


class HouseAdminConfig(admin_apps.AdminConfig):
    """The Django admin, with the house's site in place of Django's."""

    default = False
    default_site = "accounts.admin_site.HouseAdminSite"

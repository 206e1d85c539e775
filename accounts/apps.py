from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, and how they sign in."""

    name = "accounts"

    def ready(self):
        """Register the profile as a form that keeps drafts, and what is due with exports and after erasings."""
        from desk import deeds as desk_deeds
        from desk import drafts, due, mail

        from .deeds import WORDS
        from .my_data import tasks

        words = ("wants_to_learn", "can_offer", "answers_for")
        drafts.register(
            drafts.DraftForm(name="profile", url_name="accounts:profile-edit", label=_("Your profile"), words=words)
        )
        due.register(tasks.make_due_exports)
        due.register(tasks.delete_old_exports)
        due.register(tasks.erase_late_comers)
        mail.register_check(tasks.KIND_OF_MAIL, tasks.may_go)
        desk_deeds.register(WORDS)


class HouseAdminConfig(admin_apps.AdminConfig):
    """The Django admin, with the house's site in place of Django's."""

    default = False
    default_site = "accounts.admin_site.HouseAdminSite"

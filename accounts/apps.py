from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """People, and how they sign in."""

    name = "accounts"


class HouseAdminConfig(admin_apps.AdminConfig):
    """The Django admin, with the house's site in place of Django's."""

    default = False
    default_site = "accounts.admin_site.HouseAdminSite"

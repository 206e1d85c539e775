"""What is done with accounts, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account.open": _("Opened an account"),
    "account.change": _("Changed a profile, or how the app looks"),
    "account.choose_mail": _("Chose what comes by mail"),
    "account.export": _("Asked for a copy of everything"),
    "account.erase": _("Erased an account"),
}

"""The Django admin of the house: the project's own models only, and no way in of its own."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db.models.base import ModelBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class HouseAdminSite(admin.AdminSite):
    """What a site admin looks after. Nobody reads tokens, addresses or authenticators here."""

    site_header = _("learnpartner: the site")
    site_title = _("learnpartner")
    index_title = _("What there is to look after")
    # Its script writes to the browser's storage.
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take the project's own models. The pages that packages bring show tokens and addresses."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        super().register([model for model in models if _is_ours(model)], admin_class, **options)

    @method_decorator(login_not_required)
    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        """Send everybody through the one sign-in page, with its limits and its second step."""
        return super().login(request, extra_context)


def _is_ours(model: ModelBase) -> bool:
    package = model.__module__.partition(".")[0]
    return (settings.BASE_DIR / package).is_dir()

"""What lower floors are told about agendas: the kinds of items, the forms, and a page of the settings."""

from django.utils.translation import gettext_lazy as _

from desk import drafts
from partnerships import settings_pages

from . import kinds


def register_agendas() -> None:
    """Tell lower floors; called once, when the app is ready."""
    kinds.register()
    for name, url_name, label, words in (
        ("agenda-item", "agenda-item-new", _("An item of an agenda"), ("title", "text")),
        ("agenda-item-edit", "agenda-item-edit", _("A change to an item of an agenda"), ("title", "text")),
        ("agenda-offer", "agenda-offer-new", _("Something for an agenda"), ("title", "text")),
        ("agenda", "agenda-new", _("An agenda of our own"), ("name", "line", "title", "text", "source")),
        ("agenda-edit", "agenda-change", _("A change to an agenda"), ("name", "line", "title", "text", "source")),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"convening:{url_name}", label=label, takes_about=True, words=words)
        )
    settings_pages.register(
        settings_pages.SettingsPage(
            label=_("Agendas"),
            line=_("What sessions are begun with: your own, and those that everybody has."),
            url_name="convening:agenda-settings",
        )
    )

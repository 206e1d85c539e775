"""What lower floors are told about agendas: kinds of items, forms, a page of the settings, what hosts are asked."""

from django.utils.translation import gettext_lazy as _

from desk import drafts
from desk import notices as desk_notices
from partnerships import asked, settings_pages
from records import beside

from . import kinds, looked_at, news


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
    desk_notices.register(news.OFFERED, news.offered_line)
    beside.register(looked_at.sessions_beside)
    asked.register(news.asked_to_answer, perhaps=news.perhaps_offered)
    settings_pages.register(
        settings_pages.SettingsPage(
            label=_("Agendas"),
            line=_("What sessions are begun with: your own, and those that everybody has."),
            url_name="convening:agenda-settings",
        )
    )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReflectionsConfig(AppConfig):
    """Writing down what one saw, thought and did; for oneself first."""

    name = "reflections"

    def ready(self):
        """Register reflections as a kind, and their forms as ones that keep drafts."""
        from desk import drafts
        from records import kinds

        kinds.register(
            kinds.Kind(
                key="reflection",
                label=_("Note"),
                plural=_("Notes"),
                url_name="reflections:reflection-detail",
                personal=True,
            )
        )
        drafts.register(drafts.DraftForm(name="reflection", url_name="reflections:reflection-new", label=_("A note")))
        drafts.register(
            drafts.DraftForm(
                name="reflection-edit",
                url_name="reflections:reflection-edit",
                label=_("A change to a note"),
                takes_about=True,
            )
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReflectionsConfig(AppConfig):
    """Writing down what one saw, thought and did; for oneself first."""

    name = "reflections"

    def ready(self):
        """Register reflections as a kind, and their forms as ones that keep drafts."""
        from accounts.my_data import erasing, exporting
        from desk import deeds as desk_deeds
        from desk import drafts
        from records import days, kinds

        from . import deeds, my_data, prompts, when
        from .prompts.registering import register_prompts

        desk_deeds.register(deeds.WORDS)
        kinds.register(
            kinds.Kind(
                key="reflection",
                label=_("Note"),
                plural=_("Notes"),
                url_name="reflections:reflection-detail",
                model="reflections.Reflection",
                personal=True,
                further_words=prompts.further_words,
                answered=prompts.answered,
            )
        )
        drafts.register(
            drafts.DraftForm(
                name="reflection",
                url_name="reflections:reflection-new",
                label=_("A note"),
                words=("text", "answer"),
            )
        )
        drafts.register(
            drafts.DraftForm(
                name="reflection-edit",
                url_name="reflections:reflection-edit",
                label=_("A change to a note"),
                takes_about=True,
                words=("text", "answer"),
            )
        )
        days.register("reflection", when.days_of_notes)
        register_prompts()
        erasing.register(my_data.ERASING)
        exporting.register(my_data.EXPORTING)

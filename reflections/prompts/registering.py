"""What lower floors are told about prompts: a filter of streams, a page of the settings, drafts, and a rule of data."""

from django.utils.translation import gettext_lazy as _

from desk import drafts
from partnerships import settings_pages
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import checks, filters
from records.models import Attribution, RecordQuerySet
from reflections.checks import texts_that_are_not_their_answers
from reflections.models import Reflection

from .finding import offered


def register_prompts() -> None:
    """Tell lower floors; called once, when the app is ready."""
    filters.register(filters.Filter(name="prompts", label=_("Written with"), choices=_choices, apply=_written_with))
    settings_pages.register(
        settings_pages.SettingsPage(
            label=_("Prompts and lenses"),
            line=_("Questions of your own to write with, and ways of looking that members offer."),
            url_name="reflections:prompt-settings",
        )
    )
    for name, url_name, label in (
        ("prompts", "prompt-new", _("A set of prompts")),
        ("lens", "lens-new", _("A lens")),
        ("prompts-edit", "prompt-edit", _("A change to prompts")),
    ):
        drafts.register(
            drafts.DraftForm(
                name=name,
                url_name=f"reflections:{url_name}",
                label=label,
                takes_about=True,
                words=("name", "framework", "question"),
            )
        )
    checks.register("The text of a note is not its answers", texts_that_are_not_their_answers)


def _choices(reader: Reader, partnership: Partnership | None) -> list[tuple[str, str]]:
    """Offer what the reader could write with here, so that no picker tells what anybody wrote with."""
    return [(prompts.key, str(prompts.name)) for prompts in offered(reader, partnership)]


def _written_with(records: RecordQuerySet, key: str, reader: Reader) -> RecordQuerySet:
    """Narrow to what was written with these prompts, but for what is not named: they must not lead to who wrote it."""
    found = Reflection.objects.visible_to(reader).filter(prompt_set=key)
    return records.filter(pk__in=found.values("pk")).exclude(attribution=Attribution.NOT_NAMED)

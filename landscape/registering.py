"""What lower floors are told about patterns."""

from django.utils.translation import gettext_lazy as _


def register_patterns() -> None:
    """Tell lower floors; called once, when the app is ready."""
    from accounts.my_data import erasing
    from desk import deeds as desk_deeds
    from desk import drafts
    from partnerships import rooms
    from records import beside, days, former, kinds, work
    from records.rooms import needed_for
    from records.search import words

    from . import deeds, moments, my_data, reading, said, when, worked

    desk_deeds.register(deeds.WORDS)
    kinds.register(
        kinds.Kind(
            key="pattern",
            label=_("Pattern"),
            plural=_("Patterns"),
            url_name="landscape:pattern-detail",
            model="landscape.Pattern",
            personal=False,
            is_interpretive=True,
            further_words=said.further_words_of_pattern,
        )
    )
    rooms.register(
        rooms.Room(
            key="patterns",
            label=_("Patterns"),
            url_name="landscape:pattern-list",
            order=70,
            always=False,
            line=_("What comes up again and again, in a sentence, with what fits and what does not."),
            needed=needed_for("pattern"),
        )
    )
    for name, url, label, boxes in (
        ("pattern", "pattern-new", _("A pattern"), ("text", "title", "looked_for")),
        ("pattern-edit", "pattern-edit", _("A change to a pattern"), ("text", "title", "looked_for")),
        ("pattern-state", "pattern-state", _("How a pattern stands"), "reason"),
        ("pattern-source", "source-new", _("A line on a source of a pattern"), "why"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"landscape:{url}", label=label, takes_about=True, words=boxes)
        )
    words.register(said.words_to_search, of=["pattern"])
    former.register_label("looked_for", _("Looked for and not found"))
    days.register("pattern", when.days_of_patterns)
    moments.register_moments()
    work.register(work.WorkIn(work.Work.CURATING, worked.begun, worked.begun_by))
    beside.register(reading.beside_record)
    erasing.register(my_data.ERASING)

"""What lower floors are told about the library: kinds, room, forms, search, days, work and agendas."""

from django.utils.translation import gettext_lazy as _


def register_library() -> None:
    """Tell lower floors; called once, when the app is ready."""
    from accounts.my_data import erasing, exporting
    from desk import deeds as desk_deeds
    from partnerships import rooms
    from records import agenda, days, former, work
    from records.rooms import needed_for
    from records.search import words

    from . import agenda as of_library
    from . import deeds, moments, my_data, said, worked

    desk_deeds.register(deeds.WORDS)
    _kinds()
    _drafts()
    rooms.register(
        rooms.Room(
            key="library",
            label=_("Library"),
            url_name="curating:library-list",
            order=55,
            always=False,
            line=_("Drawings, stories, figures, plans and maps, and how each reads to whom, side by side."),
            needed=needed_for("boundary_object"),
        )
    )
    words.register(said.words_to_search, of=["boundary_object"])
    former.register_label("why", _("Why it matters"))
    agenda.register(of_library.KIND)
    days.register("boundary_object", worked.days_of_objects)
    moments.register_moments()
    work.register(work.WorkIn(work.Work.CURATING, worked.curated, worked.curated_by))
    erasing.register(my_data.ERASING)
    exporting.register(my_data.EXPORTING)


def _kinds() -> None:
    from records import kinds

    from . import said

    kinds.register(
        kinds.Kind(
            key="boundary_object",
            label=_("In the library"),
            plural=_("Library"),
            url_name="curating:object-detail",
            model="curating.BoundaryObject",
            personal=False,
            further_words=said.further_words_of_object,
        )
    )
    kinds.register(
        kinds.Kind(
            key="reading",
            label=_("How something reads to somebody"),
            plural=_("How things read to people"),
            url_name="curating:reading-detail",
            model="curating.Reading",
            personal=True,
            in_stream=False,
            further_words=said.further_words_of_reading,
        )
    )


def _drafts() -> None:
    from desk import drafts

    said_of_it = ("text", "why", "title")
    for name, url, label, boxes in (
        ("boundary-object", "library-new", _("Something for the library"), said_of_it),
        (
            "boundary-object-edit",
            "object-edit",
            _("A new version of something in the library"),
            ("change", *said_of_it),
        ),
        ("boundary-object-state", "object-state", _("How something in the library stands"), "reason"),
        ("boundary-object-use", "object-use", _("Where something in the library was used"), "line"),
        ("reading", "reading-new", _("How something reads to us"), "text"),
        ("reading-edit", "reading-edit", _("A change to how something reads to us"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"curating:{url}", label=label, takes_about=True, words=boxes)
        )

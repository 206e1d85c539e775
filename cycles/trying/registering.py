"""What this part tells lower floors: kinds, its room, forms, home's lines, and what notes say of logs."""

from django.utils.translation import gettext_lazy as _


def register_trying() -> None:
    """Tell lower floors; called once, when the app is ready."""
    from desk import deeds as desk_deeds
    from partnerships import asked, rooms
    from records import agenda, beside, days
    from records.rooms import needed_for
    from records.search import words

    from . import deeds, moments, reading, said, when

    desk_deeds.register(deeds.WORDS)
    _kinds()
    _drafts()
    rooms.register(
        rooms.Room(
            key="trying",
            label=_("Trying"),
            url_name="cycles:experiment-list",
            order=35,
            always=False,
            line=_("What you try, and what is in your way: a sentence and a day to look again are enough."),
            needed=needed_for("experiment", "condition"),
        )
    )
    agenda.register(
        agenda.AgendaKind(
            "experiment",
            _("Something we are trying"),
            _("Read its log first. Signs of hope, signs of worry: more of it, less, or something else?"),
            room="trying",
        )
    )
    asked.register(reading.asked_to_look_again, perhaps=reading.perhaps_to_look_at)
    asked.register(reading.asked_to_answer, perhaps=reading.perhaps_to_answer)
    beside.register(reading.beside_note)
    days.register("experiment", when.days_of_experiments)
    words.register(said.words_to_search, of=["experiment", "condition"])
    said.register_former_words()
    moments.register_moments()
    _my_data()


def _kinds() -> None:
    from records import kinds

    from . import said

    kinds.register(
        kinds.Kind(
            key="experiment",
            label=_("Something we are trying"),
            plural=_("What we are trying"),
            url_name="cycles:experiment-detail",
            model="cycles.Experiment",
            personal=False,
            further_words=said.further_words_of_experiment,
        )
    )
    kinds.register(
        kinds.Kind(
            key="condition",
            label=_("What is in our way"),
            plural=_("What is in our way"),
            url_name="cycles:condition-detail",
            model="cycles.Condition",
            personal=False,
            further_words=said.further_words_of_condition,
        )
    )


def _drafts() -> None:
    from desk import drafts

    steps = ("text", "smallest", "affected", "hope", "worry", "surprised", "title")
    for name, url, label, words in (
        ("experiment", "experiment-new", _("Something to try"), "title"),
        ("experiment-step", "experiment-step", _("A step of something that is tried"), steps),
        ("experiment-close", "experiment-close", _("What you now believe"), ("belief", "surprised")),
        ("condition", "condition-new", _("What is in the way"), ("title", "text")),
        ("condition-edit", "condition-edit", _("A change to what is in the way"), ("title", "text")),
        ("condition-answer", "condition-answer", _("An answer to what is in the way"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"cycles:{url}", label=label, takes_about=True, words=words)
        )


def _my_data() -> None:
    from accounts.my_data import erasing

    from . import my_data

    erasing.register(my_data.ERASING)

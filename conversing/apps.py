from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversingConfig(AppConfig):
    """Relationships, and what pulls in them: tensions that are held."""

    name = "conversing"

    def ready(self):
        """Register the kinds of records, the room, the forms, and what agendas offer."""
        from accounts.my_data import erasing, exporting
        from desk import deeds as desk_deeds

        from . import deeds, my_data

        desk_deeds.register(deeds.WORDS)
        _tensions()
        _conversations()
        _relationship_notes()
        _work()
        erasing.register(my_data.ERASING)
        exporting.register(my_data.EXPORTING)


def _work() -> None:
    """Say that naming a tension and beginning a conversation is work of conversing."""
    from records import work

    from . import worked

    work.register(work.WorkIn(work.Work.CONVERSING, worked.begun, worked.begun_by))


def _tensions() -> None:
    """Register tensions and check-ins, their room and forms, their words for search, and the kind of agenda item."""
    from desk import drafts
    from partnerships import rooms
    from records import agenda, kinds
    from records.rooms import needed_for
    from records.search import words

    from . import said
    from .models.tensions import SIDES
    from .tensions import agenda as of_tensions
    from .tensions.moments import register_moments

    kinds.register(
        kinds.Kind(
            key="tension",
            label=_("Tension"),
            plural=_("Tensions"),
            url_name="conversing:tension-detail",
            model="conversing.Tension",
            personal=False,
            further_words=said.further_words_of_tension,
        )
    )
    kinds.register(
        kinds.Kind(
            key="check_in",
            label=_("Check-in on a tension"),
            plural=_("Check-ins on tensions"),
            url_name="conversing:check-in-detail",
            model="conversing.CheckIn",
            personal=True,
            in_stream=False,
            further_words=said.further_words_of_check_in,
        )
    )
    rooms.register(
        rooms.Room(
            key="tensions",
            label=_("Tensions"),
            url_name="conversing:tension-list",
            order=50,
            always=False,
            line=_(
                "Two things that belong together and pull apart: name them, and see over time where it feels to whom."
            ),
            needed=needed_for("tension"),
        )
    )
    said_of_it = ("text", *SIDES, "what_helps")
    for name, url, label, boxes in (
        ("tension", "tension-new", _("A tension"), said_of_it),
        ("tension-edit", "tension-edit", _("A change to a tension"), said_of_it),
        ("tension-state", "tension-state", _("How a tension stands"), "reason"),
        ("check-in", "check-in-new", _("A check-in on a tension"), "text"),
        ("check-in-edit", "check-in-edit", _("A change to a check-in"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"conversing:{url}", label=label, takes_about=True, words=boxes)
        )
    words.register(said.words_to_search, of=["tension"])
    agenda.register(of_tensions.KIND)
    register_moments()


def _conversations() -> None:
    """Register conversations, their room, forms and setting, and whom mails and home tell of them."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked, rooms, settings_pages
    from records import kinds
    from records.rooms import needed_for
    from records.search import words

    from . import said
    from .conversations import news

    kinds.register(
        kinds.Kind(
            key="conversation",
            label=_("Conversation"),
            plural=_("Conversations"),
            url_name="conversing:conversation-detail",
            model="conversing.Conversation",
            personal=False,
            tell_of_response=news.tell_of_response,
        )
    )
    rooms.register(
        rooms.Room(
            key="conversations",
            label=_("Conversations"),
            url_name="conversing:conversation-list",
            order=45,
            always=False,
            line=_("A question among the people of a space, and what they say to it."),
            needed=needed_for("conversation"),
        )
    )
    for name, url, label, boxes in (
        ("conversation", "conversation-new", _("A question"), "text"),
        ("conversation-edit", "conversation-edit", _("A change to a question"), "text"),
        ("conversation-close", "conversation-close", _("Why a conversation is closed"), "closing"),
        ("conversation-summary", "summary-edit", _("What a conversation has come to"), "text"),
        ("step-in", "step-in-ask", _("Something for the learning partner"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"conversing:{url}", label=label, takes_about=True, words=boxes)
        )
    desk_notices.register(news.SPOKEN, news.spoken_line)
    asked.register(news.asked_to_step_in, perhaps=news.perhaps_called)
    words.register(said.summaries_to_search, of=["conversation"])
    settings_pages.register(
        settings_pages.SettingsPage(
            label=_("Conversations"),
            line=_("After how many weeks without a word one counts as quiet."),
            url_name="conversing:quiet-edit",
        )
    )


def _relationship_notes() -> None:
    """Register relationship notes as a kind that is in no stream, and their forms."""
    from desk import drafts
    from records import checks, kinds

    from . import said
    from .checks import relationship_notes_in_a_space

    kinds.register(
        kinds.Kind(
            key="relationship_note",
            label=_("Relationship note"),
            plural=_("Relationship notes"),
            url_name="conversing:relationship-note-detail",
            model="conversing.RelationshipNote",
            personal=True,
            in_stream=False,
            further_words=said.further_words_of_relationship_note,
        )
    )
    for name, label in (
        ("relationship-note", _("A relationship note")),
        ("relationship-note-edit", _("A change to a relationship note")),
    ):
        url = f"conversing:{name}" if name.endswith("edit") else "conversing:relationship-note-new"
        drafts.register(drafts.DraftForm(name=name, url_name=url, label=label, takes_about=True))
    checks.register("A relationship note is in a space", relationship_notes_in_a_space)

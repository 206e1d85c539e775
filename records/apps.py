from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """What is beneath all kinds of words: one rule of reading, one stream, responses, tags."""

    name = "records"

    def ready(self):
        """Register responses as a kind, the stream as a room, the forms that keep drafts, and what mails tell of."""
        from desk import drafts
        from desk import notices as desk_notices
        from partnerships import rooms, shelf

        from . import access, kinds, notices, stream

        kinds.register(
            kinds.Kind(
                key="response",
                label=_("Response"),
                plural=_("Responses"),
                url_name="records:response-detail",
                model="records.Response",
                personal=True,
                in_stream=False,
            )
        )
        shelf.register(access.pages_of_records)
        rooms.register(
            rooms.Room(
                key="notes",
                label=_("Notes"),
                url_name="records:stream",
                order=20,
                happenings=stream.latest_happenings,
            )
        )
        drafts.register(
            drafts.DraftForm(name="response", url_name="records:response-new", label=_("A response"), takes_about=True)
        )
        drafts.register(
            drafts.DraftForm(
                name="response-edit",
                url_name="records:response-edit",
                label=_("A change to a response"),
                takes_about=True,
            )
        )
        desk_notices.register("shared", notices.shared_line)
        desk_notices.register("response", notices.response_line)
        _folded_and_set_aside()
        _photos_and_voice_notes()
        _help_with_words()
        _told_and_grown()
        _look_back()
        _my_data()


def _look_back() -> None:
    """Register what is done with records in words, and where they can still be read."""
    from desk import deeds as desk_deeds

    from . import deeds

    desk_deeds.register(deeds.WORDS, deeds.ADDRESSES)


def _folded_and_set_aside() -> None:
    """Have authors asked and told about what was folded or set aside, and keep what is typed about it."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked

    from . import folding, notices

    asked.register(folding.asked_of, perhaps=folding.perhaps_asked)
    desk_notices.register("folded", notices.folded_line)
    desk_notices.register("set_aside", notices.set_aside_line)
    for name, label in (
        ("fold", _("A word to somebody whose words you fold")),
        ("put-back", _("Why folded words are put back")),
        ("set-aside", _("Why words are set aside")),
    ):
        drafts.register(drafts.DraftForm(name=name, url_name=f"records:record-{name}", label=label, takes_about=True))
    drafts.register(
        drafts.DraftForm(name="order", url_name="records:order-new", label=_("Setting aside by order of law"))
    )


def _help_with_words() -> None:
    """Have people asked, on home and by mail, to help with somebody's words, and told of what was suggested."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked

    from . import notices, suggestions

    asked.register(suggestions.asked_of, perhaps=suggestions.perhaps_asked)
    desk_notices.register("help_asked", notices.help_asked_line)
    desk_notices.register("help_given", notices.help_given_line)
    drafts.register(
        drafts.DraftForm(
            name=suggestions.ASKING,
            url_name="records:suggestion-ask",
            label=_("Asking for help with the words"),
            takes_about=True,
            words="wish",
        )
    )
    # Its other boxes hold somebody else's words, which are shown on its own page only, while they can be read.
    drafts.register(
        drafts.DraftForm(
            name=suggestions.WRITING,
            url_name="records:suggestion-detail",
            label=_("Help with somebody's words"),
            takes_about=True,
            words="note",
            words_only=True,
        )
    )


def _told_and_grown() -> None:
    """Have people asked about what somebody told, and told what came of what they shared."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked

    from . import notices, telling, telling_news

    asked.register(telling_news.asked_of, perhaps=telling_news.asked_of_me)
    desk_notices.register(telling.ASKED, telling_news.asked_line)
    desk_notices.register(telling.ANSWERED, telling_news.answered_line)
    desk_notices.register("grown", notices.grown_line)
    drafts.register(
        drafts.DraftForm(
            name="telling",
            url_name="records:telling-detail",
            label=_("Whether somebody agreed"),
            takes_about=True,
            words="how_known",
        )
    )


def _photos_and_voice_notes():
    """Register what hangs on drafts beside words, what is due with files, and their descriptions as words of search."""
    from desk import belongings, due

    from .attachments import in_drafts, tasks
    from .attachments.descriptions import descriptions_of
    from .search import words

    belongings.register(belongings.Belongings(in_drafts.keep, in_drafts.words, in_drafts.throw_away))
    due.register(tasks.make_due_small_pictures)
    due.register(tasks.delete_due_files)
    words.register(descriptions_of)


def _my_data() -> None:
    """Say what of people's words goes into their export, and what becomes of them when somebody is erased."""
    from accounts.my_data import erasing, exporting

    from . import my_data

    erasing.register(my_data.ERASING)
    exporting.register(my_data.EXPORTING)

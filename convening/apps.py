from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConveningConfig(AppConfig):
    """Occasions on which people meet: before, at, and after them."""

    name = "convening"

    def ready(self):
        """Register sessions and what is written for them, their room, their forms, and what mails tell of."""
        _kinds()
        _drafts()
        _agendas()
        _mails()
        _calendar()
        _after()
        _looking_again()
        _my_data()
        _work_and_days()


def _kinds() -> None:
    from desk import deeds as desk_deeds
    from partnerships import rooms
    from records import kinds

    from . import deeds, keeping, said
    from .repeating import repeats

    desk_deeds.register(deeds.WORDS)
    kinds.register(
        kinds.Kind(
            key="session",
            label=_("Session"),
            plural=_("Sessions"),
            url_name="convening:session-detail",
            model="convening.Session",
            personal=False,
            further_words=said.further_words_of_session,
            repeats=repeats,
            words_to_keep=keeping.words_at_session,
        )
    )
    kinds.register(
        kinds.Kind(
            key="contribution",
            label=_("What somebody wrote for a session"),
            plural=_("What was written for sessions"),
            url_name="convening:contribution-detail",
            model="convening.Contribution",
            personal=True,
            in_stream=False,
            further_words=said.further_words_of_contribution,
            words_to_keep=keeping.words_of_contribution,
        )
    )
    rooms.register(rooms.Room(key="sessions", label=_("Sessions"), url_name="convening:session-list", order=30))


def _drafts() -> None:
    from desk import drafts

    for name, url, label, takes_about in (
        ("session", "session-new", _("A session"), True),
        ("session-edit", "session-edit", _("A change to a session"), True),
        ("session-cancel", "session-cancel", _("Why a session is cancelled"), True),
        ("contribution", "contribution-new", _("Something for a session"), True),
        ("contribution-edit", "contribution-edit", _("A change to something for a session"), True),
        ("live-note", "live-note", _("A note in a silent writing"), True),
        ("paper-notes", "paper-notes", _("Notes from paper"), True),
        ("session-photo", "photo-new", _("A photo for a session"), True),
    ):
        drafts.register(drafts.DraftForm(name=name, url_name=f"convening:{url}", label=label, takes_about=takes_about))


def _agendas() -> None:
    from .agenda.registering import register_agendas

    register_agendas()


def _mails() -> None:
    from desk import notices as desk_notices

    from . import notices

    desk_notices.register(notices.ASKED, notices.asked_line)
    desk_notices.register(notices.MOVED, notices.moved_line)
    desk_notices.register(notices.CANCELLED, notices.cancelled_line)


def _calendar() -> None:
    from desk import due
    from desk import notices as desk_notices
    from partnerships import asked

    from . import calendar, reminding, series_news
    from .live import forgetting

    desk_notices.register(series_news.SERIES, series_news.series_line)
    desk_notices.register(series_news.MOVED, series_news.moved_line)
    desk_notices.register(series_news.CANCELLED, series_news.cancelled_line)
    desk_notices.register(reminding.TOMORROW, reminding.tomorrow_line)
    desk_notices.register(reminding.DUE, reminding.due_line)
    due.register(reminding.remind_of_sessions)
    due.register(reminding.remind_of_commitments)
    due.register(forgetting.forget_guests)
    asked.register(calendar.asked_whether_coming, perhaps=calendar.perhaps_unanswered)


def _after() -> None:
    """What stays of a session: its outcome, commitments, and what is asked of people about them."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked
    from records import kinds
    from records.search import words

    from . import said
    from .after import news, outcomes

    kinds.register(
        kinds.Kind(
            key="commitment",
            label=_("Commitment"),
            plural=_("Commitments"),
            url_name="convening:commitment-detail",
            model="convening.Commitment",
            personal=False,
            in_stream=False,
            further_words=said.further_words_of_commitment,
        )
    )
    boxes = ("learned", "will_try", "questions", "we_assumed", "we_now_assume")
    for name, url, label, main in (
        ("outcome", "outcome-edit", _("What came of a session"), boxes),
        ("objection", "outcome-object", _("What you object to"), "text"),
        ("commitment", "commitment-new", _("A commitment"), "what"),
        ("commitment-let-go", "commitment-let-go", _("Why a commitment is let go"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"convening:{url}", label=label, takes_about=True, words=main)
        )
    desk_notices.register(news.PROPOSED, news.proposed_line)
    asked.register(news.asked_about_outcomes, perhaps=news.perhaps_waiting)
    asked.register(news.asked_to_do, perhaps=news.perhaps_due)
    words.register(outcomes.words_to_search, of=["session"])


def _my_data() -> None:
    from accounts.my_data import erasing, exporting

    from . import my_data

    erasing.register(my_data.ERASING)
    exporting.register(my_data.EXPORTING)


def _work_and_days() -> None:
    """Say when sessions are, what timelines tell of them, and that to convene one is work of convening."""
    from records import days, work

    from . import moments, worked

    days.register("session", worked.days_of_sessions)
    work.register(work.WorkIn(work.Work.CONVENING, worked.sessions_convened, worked.sessions_hosted))
    moments.register_moments()


def _looking_again() -> None:
    from .looking.registering import register_looking_again

    register_looking_again()

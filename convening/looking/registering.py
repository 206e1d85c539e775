"""What this part tells lower rooms: its forms, who carries out what a session decided, and its mail."""

from django.utils.translation import gettext_lazy as _


def register_looking_again() -> None:
    """Register the forms, the rule of carrying out, and what mails tell."""
    from desk import drafts
    from desk import notices as desk_notices
    from partnerships import asked, decided

    from . import news, reading, rules

    for name, url, label, words in (
        (
            "looking-again",
            "intention-review",
            _("What becomes of something set out to do"),
            ("unintended", "new_words", "why"),
        ),
        ("decision", "decision-new", _("A decision"), "why"),
        ("decision-objection", "decision-object", _("What you object to in a decision"), "text"),
        ("tasks", "task-edit", _("Who does this now"), ("new_task", "new_line")),
        ("supervision", "supervision-note", _("What is kept of supervision"), ("shifted", "concern", "followed_up")),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"convening:{url}", label=label, takes_about=True, words=words)
        )
    decided.register(allows=rules.allows, finds=reading.found)
    desk_notices.register(news.DECISION, news.decision_line)
    asked.register(news.asked_to_look, perhaps=news.perhaps_to_look_at)

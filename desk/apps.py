from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The tools on the desk that every room uses: audit, drafts, outgoing mail, notices."""

    name = "desk"

    def ready(self):
        """Have mails of what is new asked about again when they go, and audit events sealed by the clock."""
        from . import due, durability, mail, notices, sealing  # noqa: F401 (a check registers itself)

        mail.register_check("notice", notices.may_go)
        due.register(sealing.seal_due_events)

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The tools on the desk that every room uses: audit, drafts, outgoing mail, notices."""

    name = "desk"

    def ready(self):
        """Have mails of what is new asked about again when they go."""
        from . import durability, mail, notices  # noqa: F401 (a check registers itself)

        mail.register_check("notice", notices.may_go)

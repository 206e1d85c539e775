from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The tools on the desk that every room uses: audit, drafts, outgoing mail."""

    name = "desk"

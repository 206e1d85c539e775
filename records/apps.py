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

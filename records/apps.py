from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """What is beneath all kinds of words: one rule of reading, one stream, responses, tags."""

    name = "records"

    def ready(self):
        """Register responses as a kind, the stream as a room, and the response form as one that keeps drafts."""
        from desk import drafts
        from partnerships import rooms

        from . import kinds, stream

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
        rooms.register(
            rooms.Room(label=_("Notes"), url_name="records:stream", order=20, happenings=stream.latest_happenings)
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

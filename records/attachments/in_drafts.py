"""What the desk asks about the files of drafts (`desk.belongings`)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from desk.models import Draft
from records.actions.attachments import let_go_of_draft
from records.models import Attachment

from .keeping import keep_all
from .said import Files


def keep(request: HttpRequest, draft: Draft) -> None:
    """Keep the files that came along with "Save draft", where no script had sent them before."""
    for _field, error in keep_all(request, files=Files(draft.author, draft.key)):
        messages.error(request, " ".join(error.messages))


def words(person, keys: Sequence[str]) -> dict[str, str]:
    """Say that there is a file in drafts without a word."""
    rows = Attachment.objects.waiting(person).filter(draft_key__in=keys, kept_at__isnull=False).order_by("-kind")
    said = {Attachment.Kind.PHOTO: _("A photo, and no words yet"), Attachment.Kind.VOICE: _("A voice note")}
    said[Attachment.Kind.DOCUMENT] = _("A document, and no words yet")
    return {row.draft_key: said[Attachment.Kind(row.kind)] for row in rows}


def throw_away(draft: Draft) -> None:
    """Delete the files of a draft that is thrown away."""
    let_go_of_draft(key=draft.key, by=draft.author)

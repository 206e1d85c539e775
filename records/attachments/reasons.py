"""What people are told when a file is not taken: what is wrong, and what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import unreadable
from .limits import LONGEST_MINUTES

TOO_LARGE = _("This file is larger than 20 MB. Choose a smaller one.")
# Beside the file, by what was asked for and why it is not taken.
WORDS = {
    unreadable.EMPTY: _("This file is empty. Choose another one."),
    unreadable.NOT_A_PICTURE: _(
        "This is no picture that can be shown here. Choose a JPEG, PNG or WebP: telephones can save photos as JPEG."
    ),
    unreadable.NOT_A_SOUND: _(
        "This is no recording that can be played here. Choose one of the kinds M4A, MP3, WAV, Ogg or WebM."
    ),
    unreadable.NOT_A_DOCUMENT: _(
        "This is no document that is taken here. Choose a PDF, a CSV, or a file of Word, Excel, PowerPoint or"
        " LibreOffice (docx, xlsx, pptx, odt, ods, odp); an older one can be saved as one of these."
    ),
    unreadable.MACROS: _("There are macros in this document, which are programs. Save it without them, or as a PDF."),
    unreadable.LOCKED: _("This document is locked by a password, so nobody here could open it. Save it without one."),
    unreadable.TOO_MUCH_INSIDE: _("This document is far larger inside than it is outside. Save it anew, or as a PDF."),
    unreadable.BROKEN: _("This file is damaged, or not what it says it is. It cannot be opened: choose another one."),
    unreadable.TOO_MANY_PIXELS: _("This picture has too many pixels to be opened here. Save it smaller first."),
    unreadable.TOO_LONG: _("This recording is longer than %(minutes)d minutes. Cut it, and choose it again."),
    unreadable.SILENT: _("There is no sound in this file. Choose another one."),
    unreadable.MOVING: _("This is a film. A voice note can hold sound only."),
    unreadable.TOO_LARGE: TOO_LARGE,
    unreadable.TOO_MUCH_WORK: _("This file takes too long to open. Save it smaller first."),
}
TOO_MANY_PHOTOS = _("There are %(most)d photos already, which is the most. Take one off first.")
TOO_MANY_VOICE_NOTES = _("There is a voice note already. Take it off first.")
TOO_MANY_DOCUMENTS = _("There are %(most)d documents already, which is the most. Take one off first.")
NO_DOCUMENTS = _("Documents hang on what is in the library, and nowhere else. Take it off, and bring it in there.")
TOO_MANY_WAITING = _("You have many files in forms that are not saved yet. Save one of those, or throw it away, first.")
CANNOT_KEEP = _("The file could not be kept just now. Your words are not affected: try again in a moment.")


def not_taken(reason: str) -> ValidationError:
    """Say in words why a file is not taken."""
    return ValidationError(WORDS[reason], code="unreadable", params={"minutes": LONGEST_MINUTES})


def too_many(kind: str, most: int) -> ValidationError:
    """Say in words that no more fit than the `most` that may be there."""
    words = {"photo": TOO_MANY_PHOTOS, "voice": TOO_MANY_VOICE_NOTES, "document": TOO_MANY_DOCUMENTS}[kind]
    if kind == "document" and not most:
        words = NO_DOCUMENTS
    return ValidationError(words, code="too_many", params={"most": most})

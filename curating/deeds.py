"""What is done with what is in the library, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "boundary_object.add": _("Brought something into the library"),
    "boundary_object.change": _("Added a version of something in the library"),
    "boundary_object.state": _("Said how something in the library stands"),
    "boundary_object.hand_over": _("Handed over who looks after something in the library"),
    "boundary_object.note_use": _("Noted where something in the library was used"),
    "boundary_object.take_file_off": _("Deleted a file of something in the library"),
    "boundary_object.fold": _("Folded something in the library, since it could identify somebody"),
    "boundary_object.put_back": _("Put something folded back into the library"),
    "boundary_object.set_aside": _("Set something in the library aside"),
    "boundary_object.lift": _("Brought back something in the library that was set aside"),
    "reading.write": _("Said how something in the library reads to them"),
    "reading.edit": _("Changed how something reads to them"),
    "reading.withdraw": _("Took a reading back"),
    "reading.fold": _("Folded a reading, since it could identify somebody"),
    "reading.put_back": _("Put a folded reading back"),
    "reading.set_aside": _("Set a reading aside"),
    "reading.lift": _("Brought back a reading that was set aside"),
}

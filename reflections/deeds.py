"""What is done with notes and prompts, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "reflection.write": _("Wrote a note"),
    "reflection.edit": _("Changed a note"),
    "reflection.delete": _("Deleted a note"),
    "reflection.share": _("Shared a note"),
    "reflection.undo_share": _("Undid the sharing of a note"),
    "reflection.withdraw": _("Took a note back"),
    "reflection.fold": _("Folded a note, since it could identify somebody"),
    "reflection.put_back": _("Put a folded note back"),
    "reflection.set_aside": _("Set a note aside"),
    "reflection.lift": _("Brought back a note that was set aside"),
    "prompts.offer": _("Offered a set of prompts"),
    "prompts.change": _("Changed a set of prompts"),
    "prompts.retire": _("Put a set of prompts away"),
    "prompts.use_again": _("Brought a set of prompts back"),
}

"""What is done with patterns, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "pattern.write": _("Wrote down a pattern"),
    "pattern.edit": _("Changed what a pattern says"),
    "pattern.state": _("Said how a pattern stands"),
    "pattern.add_source": _("Added a source to a pattern"),
    "pattern.take_off_source": _("Took a source off a pattern"),
    "pattern.fold": _("Folded a pattern, since it could identify somebody"),
    "pattern.put_back": _("Put a folded pattern back"),
    "pattern.set_aside": _("Set a pattern aside"),
    "pattern.lift": _("Brought back a pattern that was set aside"),
}

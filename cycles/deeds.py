"""What is done with cycles and activities, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "cycle.begin": _("Began a learning cycle"),
    "cycle.edit": _("Changed a learning cycle"),
    "cycle.move": _("Moved a learning cycle"),
    "cycle.fold": _("Folded a learning cycle, since it could identify somebody"),
    "cycle.put_back": _("Put a folded learning cycle back"),
    "cycle.set_aside": _("Set a learning cycle aside"),
    "cycle.lift": _("Brought back a learning cycle that was set aside"),
    "activity.begin": _("Began an activity"),
    "activity.edit": _("Changed an activity"),
    "activity.fold": _("Folded an activity, since it could identify somebody"),
    "activity.put_back": _("Put a folded activity back"),
    "activity.set_aside": _("Set an activity aside"),
    "activity.lift": _("Brought back an activity that was set aside"),
    "method.add": _("Added a method of a partnership’s own"),
    "method.change": _("Changed a method of a partnership’s own"),
    "method.put_away": _("Put a method away"),
    "method.use_again": _("Took a method into use again"),
    "part.put": _("Said what something is part of"),
    "part.remove": _("Said that something is no part of it any more"),
}

"""Why a file is not taken. The words for each stand in `reasons.py`."""

EMPTY = "empty"
NOT_A_PICTURE = "not a picture"
NOT_A_SOUND = "not a sound"
NOT_A_DOCUMENT = "not a document"
MACROS = "programs in it"
LOCKED = "locked"
BROKEN = "broken"
TOO_MANY_PIXELS = "too many pixels"
TOO_LONG = "too long"
SILENT = "nothing in it"
MOVING = "moving pictures"
TOO_LARGE = "too large"
TOO_MUCH_INSIDE = "too much inside"
TOO_MUCH_WORK = "too much work"


class Unreadable(Exception):
    """A file that is not taken; its first argument is one of the reasons above."""

"""The rows of the matrix about the timeline: the members of a partnership, each with what they read."""

from .matrix import MEMBERS_OF, Row, slug_of

ROWS = [
    Row(name, of, slug_of(of), readers)
    for name in ("curating:timeline", "curating:timeline-story")
    for of, readers in MEMBERS_OF.items()
]

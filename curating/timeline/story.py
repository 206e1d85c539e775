"""A story of the timeline: the first words of a note, from the moments that somebody chose.

Source: the paper: organisations "share their journeys" in learning communities; a journey is told by those who made it.
"""

from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _

from partnerships.models import Space
from partnerships.reader import Reader
from records.beginnings import MOST_SOURCES, Beginning

from .reading import Moment, Timeline, Wanted

# What the address of Write calls it.
NAME = "timeline"
# So many moments a note begins with; more is another story.
MOST_TOLD = 100


def begin(reader: Reader, asked: QueryDict) -> Beginning | None:
    """Return what a note begins with: of the moments chosen, those that the reader reads now, the oldest first.

    Only a space's own words are in it, and nobody's name beside them. What is read by fewer than all members says in
    which space it is, and what was held under the Chatham House Rule says so, since who tells it on must know.
    """
    slug = asked.get("partnership", "")
    partnership = next((row for row in reader.partnerships if row.slug == slug), None)
    chosen = set(asked.getlist("moment"))
    if partnership is None or not chosen:
        return None
    told = [row for row in Timeline(reader, partnership).moments(Wanted(oldest_first=True)) if row.key in chosen]
    if not told:
        return None
    told = told[:MOST_TOLD]
    sources = list(dict.fromkeys(row.of_record for row in told if row.source.kind))[:MOST_SOURCES]
    heading = _("What happened in %(partnership)s") % {"partnership": partnership.name}
    return Beginning(
        words="\n\n".join([heading, *(_paragraph(row) for row in told)]),
        sources=sources,
        hint=_("These lines come from the timeline. Tell it in your own words, and leave out who said what."),
    )


def _paragraph(moment: Moment) -> str:
    """Tell a moment in a few lines: its day, what it was, and what people said of it."""
    facts = [formats.date_format(moment.day, "j F Y"), moment.what, moment.said]
    first = " ".join(f"{fact}." for fact in facts if fact)
    said = [_in_which(moment.space)] if moment.read_in and moment.space else []
    if moment.told:
        said.append(f"{moment.source.told_is}: {moment.told}" if moment.source.told_is else moment.told)
    return "\n".join([f"{first} {moment.title}".strip(), *said])


def _in_which(space: Space) -> str:
    """Say where it is read. A one to one is named by nobody."""
    name = "" if space.kind == Space.Kind.ONE_TO_ONE else space.name
    return _("(Read in: %(space)s)") % {"space": name or space.get_kind_display()}

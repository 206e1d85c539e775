"""Methods by which an activity is done: those that everybody has, and a partnership's own.

A key never changes, since activities name it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership

from .models import Activity, Method


@dataclass(frozen=True)
class Guide:
    """A method as people meet it: what it is called, a paragraph on how it is done, where it comes from."""

    key: str
    name: str | Promise
    guide: str | Promise
    source: str | Promise = ""
    own: Method | None = None


BUILT_IN = (
    Guide(
        "vanguard",
        _("Vanguard"),
        _(
            "Go and look at the work where it meets people, before you plan anything. Follow what they ask for, from"
            " their side, through the whole service. Tell what is of value to them from what is asked because something"
            " failed before. Only then ask what in the system makes it so, and change that."
        ),
        _("John Seddon; named in the paper."),
    ),
    Guide(
        "cynefin",
        _("Cynefin"),
        _(
            "Take one situation and ask together what sort it is. Clear: do what is known to work. Complicated: ask"
            " those who know. Complex: try something small that is safe to fail, and see. Chaotic: act to steady it"
            " first. Where you do not agree, that is the conversation to have."
        ),
        _("Dave Snowden; named in the paper."),
    ),
    Guide(
        "appreciative_inquiry",
        _("Appreciative inquiry"),
        _(
            "Begin with what already works, if only once. In pairs, tell of a time when it went as it should,"
            " and what made that possible. Put the stories side by side; say what more of it would look like; agree on"
            " one thing to do. It is no way round what hurts: leave room for that as well."
        ),
        _("David Cooperrider; named in the paper."),
    ),
    Guide(
        "storytelling",
        _("Storytelling"),
        _(
            "One person tells what happened, from beginning to end, and nobody interrupts. The others say what they"
            " heard, then what it reminds them of, and only then what it may mean. The story stays its teller’s: ask"
            " before any of it goes further, and leave out what would identify somebody you support."
        ),
        _("Named in the paper."),
    ),
    Guide(
        "prototyping",
        _("Prototyping"),
        _(
            "Make the smallest version of the idea that somebody can use: a sheet of paper, a sentence to say at the"
            " door, one morning done otherwise. Try it with those it is for, watch more than you explain, and change it"
            " the same day. What you throw away has taught you something; write down what."
        ),
        _("Named in the paper."),
    ),
    Guide(
        "learning_community",
        _("Learning community"),
        _(
            "Peers meet regularly over what went wrong or what they do not know. Somebody brings a case; the others ask"
            " before they advise. Mistakes are what it is for, so agree first on what leaves the room. Those who"
            " facilitate take turns."
        ),
        _("Lowe and others, the Learning Communities Handbook; named in the paper."),
    ),
    Guide(
        "action_learning_set",
        _("Action learning set"),
        _(
            "Five to eight people, one of them with a real problem that is theirs to act on. The others ask open"
            " questions, and give no advice. At the end the one who brought it says what they will do, and next time"
            " begins with what came of that."
        ),
        _("Reg Revans."),
    ),
)
_BY_KEY = {row.key: row for row in BUILT_IN}


def own_methods(partnership: Partnership, *, put_away: bool = False) -> list[Guide]:
    """Return the partnership's own methods in use, or those that were put away; former words of others are neither."""
    rows = {row.pk: row for row in partnership.methods.all()}
    for row in rows.values():
        # Who offered a method is known by what it followed, without asking again.
        row.follows = rows[row.follows_id] if row.follows_id else None
    former = {row.follows_id for row in rows.values()}
    shown = [row for row in rows.values() if row.pk not in former and (row.put_away_at is not None) is put_away]
    return [_guide(row) for row in shown]


def methods_of(partnership: Partnership) -> list[Guide]:
    """Return all methods that an activity there can be done by: own ones first."""
    return [*own_methods(partnership), *BUILT_IN]


def method_of(activity: Activity) -> Guide | None:
    """Return the method of an activity, which may be put away by now."""
    if activity.own_method:
        return _guide(activity.own_method)
    return _BY_KEY.get(activity.method)


def columns_of(guide: Guide | None) -> dict[str, object]:
    """Return the columns of an activity that is done by this method."""
    if guide is None:
        return {"method": "", "own_method": None}
    return {"method": "", "own_method": guide.own} if guide.own else {"method": guide.key, "own_method": None}


def _guide(row: Method) -> Guide:
    return Guide(row.public_id, row.name, row.guide, row.source, own=row)

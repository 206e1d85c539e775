"""What lower floors are told about cycles and activities: kinds, forms, days, work, and what is asked on home."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.my_data import erasing
from desk import deeds as desk_deeds
from desk import drafts
from partnerships import asked, rooms
from records import days, former, kinds, wholes, work
from records.models import Record
from records.search import words

from . import asked as cycles_asked
from . import deeds, lists, moments, my_data, parts, said
from .actions import put_part
from .models import Work


def register_cycles() -> None:
    """Tell lower floors; called once, when the app is ready."""
    desk_deeds.register(deeds.WORDS)
    kinds.register(
        kinds.Kind(
            key="cycle",
            label=_("Learning cycle"),
            plural=_("Learning cycles"),
            url_name="cycles:cycle-detail",
            model="cycles.LearningCycle",
            personal=False,
            further_words=said.further_words_of_cycle,
        )
    )
    kinds.register(
        kinds.Kind(
            key="activity",
            label=_("Activity"),
            plural=_("Activities"),
            url_name="cycles:activity-detail",
            model="cycles.Activity",
            personal=False,
            further_words=said.further_words_of_activity,
        )
    )
    rooms.register(
        rooms.Room(
            key="cycles",
            label=_("Cycles"),
            url_name="cycles:cycle-list",
            order=40,
            always=False,
            line=_("Questions that you go round with, stage by stage, and what you do to learn."),
        )
    )
    for name, url_name, label, boxes in (
        ("cycle", "cycle-new", _("A learning cycle"), ("title", "text")),
        ("cycle-edit", "cycle-edit", _("A change to a learning cycle"), ("title", "text")),
        ("cycle-move", "cycle-move", _("Why a learning cycle moves"), "note"),
        ("activity", "activity-new", _("An activity"), ("title", "text")),
        ("activity-edit", "activity-edit", _("A change to an activity"), ("what_came", "title", "text")),
        ("method", "method-new", _("A method of our own"), ("guide", "name")),
        ("method-edit", "method-edit", _("A change to a method of our own"), ("guide", "name")),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"cycles:{url_name}", label=label, takes_about=True, words=boxes)
        )
    days.register("activity", lists.days_of_activities)
    wholes.register(
        wholes.Wholes(
            is_part=parts.is_part,
            part_of=parts.part_of,
            find=parts.find_whole,
            put=_put_if_may,
        )
    )
    for kind in Work:
        work.register(lists.work_of_activities(kind))
    words.register(said.words_to_search, of=["cycle", "activity"])
    former.register_label("what_came", _("What came of it"))
    former.register_label("missing", _("Who is missing"))
    asked.register(cycles_asked.asked_to_look_again, perhaps=cycles_asked.perhaps_to_look_at)
    erasing.register(my_data.ERASING)
    moments.register_moments()


def _put_if_may(record: Record, whole: Record, by) -> None:
    """Say that something new is part of it. What is saved stays, where it cannot be: in another partnership, say."""
    try:
        put_part(record=record, whole=whole, by=by)
    except (PermissionDenied, ValidationError):
        return

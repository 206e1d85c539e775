"""What home asks of those who are in a cycle: to look at it again, from the day on that they set."""

from django.db.models import Exists, OuterRef
from django.utils import formats
from django.utils.translation import gettext as _

from partnerships.asked import Asked
from partnerships.reader import Reader

from .models import LearningCycle, TakingPart


def perhaps_to_look_at(reader: Reader):
    """Return cycles that the reader is in and whose day has come; one that is folded or set aside among them."""
    mine = TakingPart.objects.filter(whole=OuterRef("pk"), person=reader.person)
    rows = LearningCycle.objects.to_look_at_again().filter(Exists(mine))  # type: ignore[attr-defined]
    return rows.filter(space__in=list(reader.spaces))


def asked_to_look_again(reader: Reader) -> list[Asked]:
    """Return what is asked of the reader, the oldest first. One query."""
    readable = LearningCycle.objects.visible_to(reader).with_words_for(reader).standing().filter(folded_at=None)
    rows = perhaps_to_look_at(reader).filter(pk__in=readable.values("pk")).without_texts().select_related("partnership")
    return [
        Asked(
            title=_("You wanted to look at this again on %(day)s")
            % {"day": formats.date_format(row.look_again_on, "l j F")},
            words=row.title,
            where=row.partnership.name if row.partnership else "",
            address=row.get_absolute_url(),
            label=_("Look at it again"),
        )
        for row in rows.order_by("look_again_on", "pk")
    ]

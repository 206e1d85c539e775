"""What this room does when somebody is erased."""

from accounts.my_data import erasing
from cycles.trying.models import Condition, ConditionAnswer
from records.search import index


def erase(leaving: erasing.Leaving) -> None:
    """Take nothing along that is a group's: what is tried stays its space's. What they answered is in their words."""
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        said = ConditionAnswer.objects.filter(by=leaving.person).exclude(text="")
        conditions = list(Condition.objects.filter(pk__in=said.values("condition")))
        said.update(text="")
        # A condition is searched by what was answered to it, too.
        index.write(*conditions)


ERASING = erasing.Part(erase=erase)

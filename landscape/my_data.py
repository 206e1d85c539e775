"""What this room does when somebody is erased."""

from accounts.my_data import erasing

from .models import PatternChange, PatternSource


def erase(leaving: erasing.Leaving) -> None:
    """Take nothing along that is a group's: a pattern, how it stands, what is its source. The lines are one's words."""
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        PatternChange.objects.filter(by=leaving.person).update(reason="")
        PatternSource.objects.filter(added_by=leaving.person).update(why="")


ERASING = erasing.Part(erase=erase)

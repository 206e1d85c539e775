"""What this room does when somebody is erased, and what of it their export shows elsewhere."""

from accounts.my_data import erasing

from .models import CycleMove


def erase(leaving: erasing.Leaving) -> None:
    """Take the lines on why a cycle moved where all is taken back; that it moved is the group's to know."""
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        CycleMove.objects.filter(by=leaving.person).update(note="")


ERASING = erasing.Part(erase=erase)

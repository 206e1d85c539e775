"""What the library does when somebody is erased, and what of it their export shows elsewhere."""

from accounts.my_data import erasing, exporting

from .models import ObjectChange, ObjectUse, Reading, Whose


def erase(leaving: erasing.Leaving) -> None:
    """Take nothing along that is a group's: objects and their versions stay, and others can look after them.

    That something was retired is the group's to know; why, are one's words. Where a reading is taken back, for which
    organisation it was said goes with its words.
    """
    taken_back = Reading.objects.filter(author=leaving.person).exclude(withdrawn_at=None)
    taken_back.update(whose=Whose.ROLE, organisation=None)  # type: ignore[attr-defined]
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        ObjectChange.objects.filter(by=leaving.person).update(reason="")
        ObjectUse.objects.filter(by=leaving.person).delete()


ERASING = erasing.Part(erase=erase)
EXPORTING = exporting.Part(covers=("curating.Reading",))

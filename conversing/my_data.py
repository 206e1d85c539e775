"""What this room does when somebody is erased, and what of it their export shows elsewhere."""

from accounts.my_data import erasing, exporting

from .models import CheckIn, ConversationMute, StepIn, TensionChange


def erase(leaving: erasing.Leaving) -> None:
    """Take nothing along that is a group's. That a tension was let go is the group's to know; why, are one's words.

    Where a check-in stood goes with its words, where these are taken back. What one asked of a learning partner goes.
    """
    StepIn.objects.filter(asked_by=leaving.person).delete()
    ConversationMute.objects.filter(person=leaving.person).delete()
    CheckIn.objects.filter(author=leaving.person).exclude(withdrawn_at=None).update(lean=50)  # type: ignore[attr-defined]
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        TensionChange.objects.filter(by=leaving.person).update(reason="")


ERASING = erasing.Part(erase=erase)
EXPORTING = exporting.Part(covers=("conversing.CheckIn", "conversing.RelationshipNote"))

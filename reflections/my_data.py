"""What this room does when somebody is erased, and what of it their export shows elsewhere."""

from accounts.my_data import erasing, exporting

from .actions.erasing import empty_notes


def erase(leaving: erasing.Leaving) -> None:
    """Empty the notes that are taken back."""
    empty_notes(all_shared=leaving.choice == erasing.Choice.TAKEN_BACK, by=leaving.person)


ERASING = erasing.Part(erase=erase)
# The words of notes stand among all that somebody wrote (`records.my_data`).
EXPORTING = exporting.Part(covers=("reflections.Reflection",))

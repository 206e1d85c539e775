"""What this room does when somebody is erased, and what of it their export shows elsewhere."""

from accounts.my_data import erasing, exporting

from .models import AgendaItem, Carrying, CommitmentChange, Contribution, DecisionObjection, Objection


def erase(leaving: erasing.Leaving) -> None:
    """Take nothing along that is a group's: a session stays its space's. How one wished to be named is forgotten."""
    Contribution.objects.filter(author=leaving.person).update(wish="named", is_kept_back=False)
    # What they brought to an agenda is in their words; its place on the agenda is the group's.
    brought = AgendaItem.objects.filter(offer__offered_by=leaving.person)
    if leaving.choice == erasing.Choice.TAKEN_BACK:
        brought.update(title="", text="")
        # That they objected, or let something go, is the group's to know; why, are their words.
        Objection.objects.filter(person=leaving.person).update(text="")
        DecisionObjection.objects.filter(person=leaving.person).update(text="")
        CommitmentChange.objects.filter(by=leaving.person).update(reason="")
    # Whoever is not here any more says yes to nothing.
    Carrying.objects.filter(person=leaving.person).delete()


ERASING = erasing.Part(erase=erase)
EXPORTING = exporting.Part(covers=("convening.Contribution",))

"""What every change of what is in the library begins with: of two who make one at once, one is first."""

from .models import BoundaryObject


def held(pk: int) -> BoundaryObject:
    """Return an object with its row locked, as it is now: of two who change it at once, one is first."""
    return BoundaryObject.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=pk)

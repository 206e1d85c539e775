"""Whether somebody is in the space of a row now, as a condition of a query."""

from django.db.models import Exists, OuterRef, Q

from partnerships.models import Membership, Space, SpaceMembership


def is_in_space(person: str, *, of: str = "") -> Q:
    """Give the condition that who is in the column `person` is in the space now that the row is in, or `of` leads to.

    `of` is the way to what has the space, such as `session__`.
    """
    stays = Membership.objects.current().filter(person__is_active=True)
    everyone = stays.filter(person=OuterRef(person), partnership=OuterRef(f"{of}partnership"))
    places = SpaceMembership.objects.current().filter(
        space=OuterRef(f"{of}space"), membership__person=OuterRef(person), membership__in=stays
    )
    return (Q(**{f"{of}space__kind": Space.Kind.EVERYONE}) & Exists(everyone)) | Exists(places)

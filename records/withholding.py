"""From whom the words of a record are withheld, though they may know that it is there: the second half of reading.

`visible_to` says which records a reader may know of. Of those that were taken back, set aside or folded they get a
notice in place of title and words. The rule is written here once, as a condition of the database, so that no list has
to remember it: see `RecordQuerySet.for_rows` and `with_words_for`, and the door in `records/access.py`.
"""

from django.db.models import Exists, OuterRef, Q

from partnerships.models import Membership, Space, SpaceMembership
from partnerships.permissions import Permission, may
from partnerships.reader import Reader


def withheld_from(reader: Reader) -> Q:
    """Give the condition that a record's words are withheld from the reader. Nobody is kept from their own."""
    folded = Q(folded_at__isnull=False)
    spaces = spaces_looked_after(reader)
    if spaces:
        # Somebody must be able to judge and to put back, once the author cannot.
        folded &= ~(Q(space__in=spaces) & ~author_is_in_space())
    kept_back = Q(withdrawn_at__isnull=False) | Q(set_aside_at__isnull=False) | folded
    return kept_back & ~Q(author=reader.person)


def spaces_looked_after(reader: Reader) -> list[int]:
    """Return the spaces that the reader is in as a steward, by primary key. A duty opens none that one is not in."""
    found = []
    for pk, space in reader.spaces.items():
        membership = reader.membership_in(space.partnership_id)
        if membership and may(membership, Permission.SET_WORDS_ASIDE):
            found.append(pk)
    return found


def author_is_in_space() -> Q:
    """Give the condition that a record's author is in its space now, and can sign in."""
    stays = Membership.objects.current().filter(person__is_active=True)
    everyone = stays.filter(person=OuterRef("author"), partnership=OuterRef("partnership"))
    places = SpaceMembership.objects.current().filter(
        space=OuterRef("space"), membership__person=OuterRef("author"), membership__in=stays
    )
    return (Q(space__kind=Space.Kind.EVERYONE) & Exists(everyone)) | Exists(places)

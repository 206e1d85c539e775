"""Something in the library of the peers: with a document, read by name and by role, and used."""

from partnerships.actions import open_room
from tests.curating import made


def add(cast) -> None:
    """Bring it in, add a version, and say how it reads; somebody has opened the room for all."""
    open_room(partnership=cast.partnership, key="library", by=cast.steward)
    cast.more["library_object"] = made.an_object(by=cast.practitioner, space=cast.peers)
    document = made.files(cast.fellow, ("Times of route 9.pdf", made.PDF))
    made.version(cast["library_object"], by=cast.fellow, text="Route 9 ends at seven.", files=document)
    cast.more["library_file"] = cast["library_object"].attachments.get()
    cast.more["reading"] = made.reading(cast["library_object"], by=cast.fellow, text="reading words")
    cast.more["role_reading"] = made.reading(
        cast["library_object"], by=cast.practitioner, way="role:role", text="reading without a name"
    )
    made.use(cast["library_object"], by=cast.fellow)
    cast["library_object"].refresh_from_db()

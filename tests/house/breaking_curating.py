"""The same for what is in the library."""

from curating.models import BoundaryObject, ObjectChange, ObjectUse, ObjectVersion, Reading

from .breaking import NOW


def an_object(cast, **columns):
    """Give something for the library that would be right but for these columns."""
    right = {"kind": "boundary_object", "author": cast.practitioner, "curator": cast.practitioner, "created_at": NOW}
    return BoundaryObject(**right | {"title": "t", "sort": "map", "why": "w"} | columns)


def superseded_by_itself(cast):
    found = BoundaryObject.objects.get(pk=cast["library_object"].pk)
    found.state, found.superseded_by_id = "superseded", found.pk
    return found


def used_twice(cast):
    columns = {"boundary_object": cast["library_object"], "by": cast.fellow, "submission": "k", "used_on": NOW.date()}
    ObjectUse.objects.create(line="l", written_at=NOW, **columns)
    return ObjectUse(line="m", written_at=NOW, **columns)


BREAKING = {
    "curating_boundaryobject_is_of_a_known_sort": lambda cast: an_object(cast, sort="poem"),
    "curating_boundaryobject_superseded_by_something": lambda cast: an_object(cast, state="superseded"),
    "curating_boundaryobject_not_superseded_by_itself": superseded_by_itself,
    "curating_objectversion_once_each": lambda cast: ObjectVersion(
        boundary_object=cast["library_object"], number=1, title="t", why="w", made_by=cast.fellow, made_at=NOW
    ),
    "curating_objectchange_has_a_known_state": lambda cast: ObjectChange(
        boundary_object=cast["library_object"], state="lost", by=cast.fellow, made_at=NOW
    ),
    "curating_objectuse_saved_once_per_form": used_twice,
    "curating_reading_is_a_roles_or_an_organisations": lambda cast: Reading(
        kind="reading", author=cast.fellow, created_at=NOW, text="t", whose="organisation", of_version=1
    ),
}

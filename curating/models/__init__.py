"""The tables of the library."""

from .objects import BoundaryObject, ObjectState, Sort
from .readings import Reading, Whose
from .versions import ObjectChange, ObjectUse, ObjectVersion

__all__ = ["BoundaryObject", "ObjectChange", "ObjectState", "ObjectUse", "ObjectVersion", "Reading", "Sort", "Whose"]

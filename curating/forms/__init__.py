"""Forms of the library."""

from .objects import ObjectEditForm, ObjectForm, UseForm
from .readings import ReadingEditForm, ReadingForm
from .standing import CuratorForm, StateForm

__all__ = [
    "CuratorForm",
    "ObjectEditForm",
    "ObjectForm",
    "ReadingEditForm",
    "ReadingForm",
    "StateForm",
    "UseForm",
]

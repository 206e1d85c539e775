"""The record beneath all kinds, its tags and former versions, and responses."""

from .record import Attribution, PersonLevel, Record, RecordQuerySet, RecordTag
from .response import Response
from .version import Version

__all__ = ["Attribution", "PersonLevel", "Record", "RecordQuerySet", "RecordTag", "Response", "Version"]

"""The record beneath all kinds, its tags, and responses."""

from .record import Attribution, PersonLevel, Record, RecordQuerySet, RecordTag
from .response import Response

__all__ = ["Attribution", "PersonLevel", "Record", "RecordQuerySet", "RecordTag", "Response"]

"""The record beneath all kinds, its tags and former versions, and responses."""

from .attachment import Attachment
from .folding import Fold, SettingAside
from .link import Link
from .record import Attribution, PersonLevel, Record, RecordQuerySet, RecordTag
from .response import Response
from .search_text import SearchText
from .suggestion import Suggestion
from .telling import Telling, TellingQuestion
from .version import Version

__all__ = [
    "Attachment",
    "Attribution",
    "Fold",
    "Link",
    "PersonLevel",
    "Record",
    "RecordQuerySet",
    "RecordTag",
    "Response",
    "SearchText",
    "SettingAside",
    "Suggestion",
    "Telling",
    "TellingQuestion",
    "Version",
]

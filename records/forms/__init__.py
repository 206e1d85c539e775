"""Forms of streams, tags and responses."""

from .responses import ResponseEditForm, ResponseForm
from .stream import StreamFilter
from .tags import TagsField

__all__ = ["ResponseEditForm", "ResponseForm", "StreamFilter", "TagsField"]

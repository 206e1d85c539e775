"""Forms of streams, tags and responses, and of folding and setting aside."""

from .folding import FoldForm, OrderForm, PutBackForm, SetAsideForm
from .responses import ResponseEditForm, ResponseForm
from .search import SearchForm
from .stream import StreamFilter
from .tags import TagsField

__all__ = [
    "FoldForm",
    "OrderForm",
    "PutBackForm",
    "ResponseEditForm",
    "ResponseForm",
    "SearchForm",
    "SetAsideForm",
    "StreamFilter",
    "TagsField",
]

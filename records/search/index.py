"""Keeping the words that are searched in step with those that are read."""

from collections.abc import Sequence

from records.models import Record, SearchText

from .stems import stem
from .texts import words_in
from .words import texts_of

# In bytes, of the words of one record. PostgreSQL refuses a tsvector over 1 MB, and then the record could not be saved;
# four times the longest note in English is far from that.
MOST_KEPT = 400_000


def write(*records: Record) -> None:
    """Keep what these records say now, for search: last thing in the transaction that changed their words."""
    SearchText.objects.bulk_create(
        search_texts_of(records),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["words", "stems"],
    )


def search_texts_of(records: Sequence[Record]) -> list[SearchText]:
    """Return what should be kept of these records, without keeping it."""
    return [SearchText(record_id=key, **prepared(texts)) for key, texts in texts_of(records).items()]


def prepared(texts: Sequence[str]) -> dict[str, str]:
    """Return texts as the columns of SearchText: their words, and the stems of these."""
    words, size = [], 0
    for word in (word.folded for text in texts for word in words_in(text)):
        size += len(word.encode()) + 1
        if size > MOST_KEPT:
            break
        words.append(word)
    return {"words": " ".join(words), "stems": " ".join(stem(word) for word in words)}

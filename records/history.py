"""What the page of a record says beside its words: why they are folded, put back or set aside, and what they were."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TextField, Value, When

from partnerships.reader import Reader

from .models import Fold, Record, SettingAside, Version


def for_page(records: Any, reader: Reader) -> Any:
    """Have records fetched with what their page says of them, in the one query that fetches them.

    `fold_words` is what the reader who folded it wrote to its author, and for nobody else. `put_back_because` holds as
    long as its author has not changed the words since. `set_aside_because` names the order of law first, if there is
    one (`set_aside_by_order`). `has_versions` tells its author that there are former words.
    """
    mine = Q(author=reader.person)
    folds = Fold.objects.filter(record=OuterRef("pk")).order_by("-pk")
    unchanged = Q(record__edited_at=None) | Q(ended_at__gt=F("record__edited_at"))
    put_back = folds.filter(unchanged, end=Fold.End.PUT_BACK, ended_at__gt=F("record__shared_at"))
    aside = SettingAside.objects.open().filter(record=OuterRef("pk"))
    what_became = {
        "fold_words": Case(
            When(mine & Q(folded_at__isnull=False), then=Subquery(folds.open().values("words")[:1])),
            default=Value(""),
            output_field=TextField(),
        ),
        "put_back_because": Case(
            When(withdrawn_at=None, folded_at=None, then=Subquery(put_back.values("reason")[:1])),
            default=Value(""),
            output_field=TextField(),
        ),
        "set_aside_because": Subquery(aside.order_by("-by_order", "-pk").values("reason")[:1]),
        "set_aside_by_order": Exists(aside.filter(by_order=True)),
        "has_versions": Case(
            When(mine, then=Exists(Version.objects.filter(record=OuterRef("pk")))), default=Value(False)
        ),
    }
    return records.noting_withheld(reader).annotate(**what_became)


def as_read[Kind: Record](record: Kind) -> Kind:
    """Return a record that was asked for by `for_page` as its reader reads it: emptied of words withheld from them."""
    if record.words_withheld:
        record.withhold_words()
    return record

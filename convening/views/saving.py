"""What pages show where somebody else saved first."""

from collections.abc import Mapping
from typing import Any

from convening.forms.noted import take_what_others_wrote
from desk.conflicts import overtaken
from desk.forms import KeptForm
from desk.models import Draft


def both_texts(
    form: KeptForm, *, version: int, before: Mapping[str, Any], now: Mapping[str, Any], by
) -> dict[str, Any] | None:
    """Return what a page shows where somebody saved first: both texts, in the `boxes` in which they differ.

    `form` is made anew of what is saved, `now`, at its `version`; `before` is what was there when it was opened. None
    where this note-taker has nothing else to say than what is saved: there is nothing to choose.
    """
    take_what_others_wrote(form, before=before, now=now)
    page = overtaken(form, version=version)
    if not page["differences"]:
        Draft.use(author=by, key=form.key, form=form.draft_form)
        return None
    return page | {"boxes": [row.field for row in page["differences"]]}


def read_once_more(form: KeptForm, *, version: int, words: str) -> None:
    """Have a form stand on what is saved now, with its words kept, and ask in these words to read that once more."""
    form.add_error(None, words)
    form.keep_as_draft()
    form.take_version(version)

"""Which forms keep drafts, what was typed into each, and where it is found again.

An app registers its forms in `apps.py`; the desk itself knows none of them.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import slug_re
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from . import belongings
from .models import Draft

LONGEST_ABOUT = 80
LONGEST_KEY = 24
KEY = re.compile(rf"[-a-zA-Z0-9_]{{1,{LONGEST_KEY}}}")
# Fields of every kept form that belong to the page and not to what was typed.
OF_THE_PAGE = {
    "csrfmiddlewaretoken",
    "draft_key",
    "draft_form",
    "draft_about",
    "draft_writer",
    "draft_page",
    "draft_base",
    "draft_began",
    "draft_turn",
}


@dataclass(frozen=True)
class DraftForm:
    """A form whose words are kept while they are typed.

    `url_name` is the page that holds it. Where `takes_about` says so, that page's arguments are what the form is about:
    a slug or a public id, or several with "/" between them. `words` names the fields that hold the words, the main one
    first; "answer" stands for "answer_0", "answer_1" and so on as well. Its other boxes follow where a draft is shown,
    but for a form with `words_only`: those hold what somebody else wrote, and stand on the form's own page alone.
    """

    name: str
    url_name: str
    label: str | Promise
    takes_about: bool = False
    words: str | tuple[str, ...] = "text"
    words_only: bool = False


@dataclass(frozen=True)
class Box:
    """A box that somebody typed words into, as it is named on its form."""

    name: str
    label: str
    words: str
    is_line: bool


@dataclass(frozen=True)
class OpenDraft:
    """A draft that holds words: what was typed, what it was typed into, and the page to go on with it."""

    draft: Draft
    words: str
    label: str
    address: str


_forms: dict[str, DraftForm] = {}
# The classes of the forms by the same names; `desk.forms.KeptForm` makes each known as it is written.
_classes: dict[str, Any] = {}
# Of a draft's fields, what nobody typed; and the place after all main ones.
NOT_TYPED = OF_THE_PAGE | {"draft_box", "version"}
LAST = (1000, 0)


def register(form: DraftForm) -> None:
    """Make a form known by its name."""
    _forms[form.name] = form


def registered() -> dict[str, DraftForm]:
    """Return every registered form by its name."""
    return dict(_forms)


def register_class(form: Any) -> None:
    """Make the class of a form known by its `draft_form`."""
    _classes[form.draft_form] = form


def can_be_about(name: str, about: str) -> bool:
    """Say whether a form of that name keeps drafts, and whether its page can have that address."""
    form = _forms.get(name)
    if form is None or len(about) > LONGEST_ABOUT:
        return False
    if not form.takes_about:
        return not about or bool(slug_re.match(about))
    try:
        reverse(form.url_name, args=about.split("/"))
    except NoReverseMatch:
        return False
    return all(slug_re.match(part) for part in about.split("/"))


def number_in(text: str) -> int:
    """Return the turn that a page says; 0 where it says none."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def new_key() -> str:
    """Give the random key of one opened form."""
    return secrets.token_urlsafe(12)


def keep(posted: QueryDict, *, key: str, author) -> Draft | None:
    """Keep what a form sent as its draft; None where the form has been saved already."""
    # PostgreSQL keeps no NUL in JSON. It shows up as a broken character, which the form then speaks about.
    data = {
        name.replace("\0", "\ufffd"): [value.replace("\0", "\ufffd") for value in values]
        for name, values in posted.lists()
        if name not in OF_THE_PAGE
    }
    page, turn = posted.get("draft_page", ""), number_in(posted.get("draft_turn", ""))
    # A script counts its saves, and says beside what the page began with. Without one, that is what there is.
    counts = "draft_base" in posted
    return Draft.keep(
        author=author,
        key=key,
        form=posted.get("draft_form", ""),
        about=posted.get("draft_about", ""),
        data=data,
        page=page if KEY.fullmatch(page) else "",
        turn=turn if counts else 0,
        base=number_in(posted.get("draft_base", "")) if counts else turn,
    )


def form_of(draft: Draft) -> DraftForm:
    """Return what is registered about the draft's form."""
    return _forms[draft.form]


def address_of(draft: Draft) -> str:
    """Return the page on which the draft's words can be gone on with."""
    form = form_of(draft)
    page = reverse(form.url_name, args=draft.about.split("/") if form.takes_about else [])
    query = {"draft": draft.key}
    if draft.about and not form.takes_about:
        query["partnership"] = draft.about
    return f"{page}?{urlencode(query)}"


def words_of(draft: Draft) -> str:
    """Return the words typed so far, the main ones first, without the fields around them."""
    return "\n\n".join(box.words for box in boxes_of(draft))


def boxes_of(draft: Draft) -> list[Box]:
    """Return the boxes of a draft with words in them, as far as they are shown outside the form's own page."""
    boxes = boxes_in(draft.form, draft.data)
    return [box for box in boxes if _rank(draft.form, box.name)] if form_of(draft).words_only else boxes


def boxes_in(name: str, data: Mapping[str, Sequence[str]]) -> list[Box]:
    """Return the boxes of that form with words in them, the main ones first; of an unknown form, all that it sent."""
    form = _classes.get(name)
    fields = form.base_fields if form else {}
    # Boxes that a form has only as it was opened.
    added = {row.partition("=")[0] for row in data.get("draft_box", [])}
    found = []
    for key, values in data.items():
        words = "\n".join(values)
        if key in NOT_TYPED or not words.strip():
            continue
        field, rank = fields.get(key), _rank(name, key)
        if rank or key in added or form is None or (field and is_text_box(field)):
            label = str(form.label_of(key, data) if form else "") or _("Your words")
            is_line = field is not None and not isinstance(field.widget, forms.Textarea)
            found.append((rank or LAST, Box(name=key, label=label, words=words, is_line=is_line)))
    return [box for _place, box in sorted(found, key=lambda row: row[0])]


def is_text_box(field: forms.Field) -> bool:
    """Say whether somebody types words into a field."""
    return isinstance(field.widget, forms.Textarea | forms.TextInput)


def _rank(name: str, key: str) -> tuple[int, int] | None:
    """Return the place of a box among the main ones of its form, or None."""
    words = _forms[name].words if name in _forms else ()
    main = (words,) if isinstance(words, str) else words
    match = re.fullmatch(r"(.+)_(\d{1,4})", key)
    if key in main:
        return main.index(key), 0
    return (main.index(match[1]), int(match[2])) if match and match[1] in main else None


def open_drafts(person) -> list[OpenDraft]:
    """Return all of the person's open drafts that hold something, the latest first: there is no other way to them."""
    drafts = [draft for draft in Draft.objects.of(person).open() if draft.form in _forms]
    wordless = [draft.key for draft in drafts if not boxes_in(draft.form, draft.data)]
    beside = belongings.words(person, wordless)
    found = []
    for draft in drafts:
        if draft.key not in wordless or draft.key in beside:
            words = words_of(draft) or beside.get(draft.key, "")
            label = str(form_of(draft).label)
            found.append(OpenDraft(draft=draft, words=words, label=label, address=address_of(draft)))
    return found

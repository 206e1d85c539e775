"""Which forms keep drafts, and where each is found again.

An app registers its forms in `apps.py`; the desk itself knows none of them.
"""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.urls import reverse
from django.utils.functional import Promise

from .models import Draft

LONGEST_ABOUT = 80


@dataclass(frozen=True)
class DraftForm:
    """A form whose words are kept while they are typed.

    `url_name` is the page that holds it; it takes `about` as its only argument where `takes_about` says so. `words` is
    the name of the field that holds the words.
    """

    name: str
    url_name: str
    label: str | Promise
    takes_about: bool = False
    words: str = "text"


_forms: dict[str, DraftForm] = {}


def register(form: DraftForm) -> None:
    """Make a form known by its name."""
    _forms[form.name] = form


def can_be_about(name: str, about: str) -> bool:
    """Say whether a form of that name keeps drafts, and whether its page can have that address."""
    form = _forms.get(name)
    if form is None or len(about) > LONGEST_ABOUT:
        return False
    return bool(slug_re.match(about)) or (not about and not form.takes_about)


def new_key() -> str:
    """Give the random key of one opened form."""
    return secrets.token_urlsafe(12)


def form_of(draft: Draft) -> DraftForm:
    """Return what is registered about the draft's form."""
    return _forms[draft.form]


def address_of(draft: Draft) -> str:
    """Return the page on which the draft's words can be gone on with."""
    form = form_of(draft)
    page = reverse(form.url_name, args=[draft.about] if form.takes_about else [])
    query = {"draft": draft.key}
    if draft.about and not form.takes_about:
        query["partnership"] = draft.about
    return f"{page}?{urlencode(query)}"


def words_of(draft: Draft) -> str:
    """Return the words typed so far, without the fields around them."""
    return "".join(draft.data.get(form_of(draft).words, []))

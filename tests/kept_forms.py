"""How each form that keeps drafts is opened, for the tests that walk all of them.

A form without a row here fails `tests/desk/test_kept_forms.py`.
"""

from collections.abc import Callable
from typing import Any

from desk import drafts
from desk.models import Draft

from .cast import Cast

# Of each registered form: who opens it, and what it is about.
WAYS: dict[str, Callable[[Cast], tuple[Any, str]]] = {
    "agreement": lambda cast: (cast.steward, cast.partnership.slug),
    "concern": lambda cast: (cast.practitioner, cast.partnership.slug),
    "fold": lambda cast: (cast.manager, f"reflection/{cast.everyone_note.public_id}"),
    "help": lambda cast: (cast.practitioner, f"reflection/{cast.peers_note.public_id}"),
    "intentions-edit": lambda cast: (cast.steward, cast.partnership.slug),
    "invitation-import": lambda cast: (cast.steward, cast.partnership.slug),
    "lens": lambda cast: (cast.practitioner, cast.partnership.slug),
    "order": lambda cast: (cast.site_admin, ""),
    "organisation-import": lambda cast: (cast.orgadmin, cast.provider.public_id),
    "participation": lambda cast: (cast.steward, cast.partnership.slug),
    "participation-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast.council.public_id}"),
    "partnership": lambda cast: (cast.practitioner, ""),
    "profile": lambda cast: (cast.practitioner, ""),
    "prompts": lambda cast: (cast.steward, cast.partnership.slug),
    "prompts-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast['prompt_set'].public_id}"),
    "purpose-edit": lambda cast: (cast.steward, cast.partnership.slug),
    "put-back": lambda cast: (cast.outsider, f"reflection/{cast['folded_note'].public_id}"),
    "reflection": lambda cast: (cast.practitioner, ""),
    "reflection-edit": lambda cast: (cast.practitioner, cast.private_note.public_id),
    "response": lambda cast: (cast.practitioner, cast.not_named_note.public_id),
    "response-edit": lambda cast: (cast.fellow, cast.response.public_id),
    "set-aside": lambda cast: (cast.steward, f"reflection/{cast.everyone_note.public_id}"),
    "suggestion": lambda cast: (cast.fellow, cast["question"].public_id),
    "study": lambda cast: (cast.steward, cast.partnership.slug),
    "study-edit": lambda cast: (cast.steward, cast["study"].public_id),
    "telling": lambda cast: (cast.expert, cast["telling_question"].public_id),
}


def page_of(form: str, about: str) -> str:
    """Return the address at which that form is opened."""
    return drafts.address_of(Draft(key="k", form=form, about=about)).partition("?")[0]


def main_box(form: str) -> str:
    """Return the name of the box that holds a form's words: the first, where they stand in numbered ones."""
    words = drafts.registered()[form].words
    name = words if isinstance(words, str) else words[0]
    return f"{name}_1" if form == "intentions-edit" else name

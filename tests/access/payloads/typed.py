"""What people type into: the boxes of every form that an address takes, found as the form itself is asked.

Whatever class a form is of, its fields are asked while a right request goes through; so is each box that a form adds
as it is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from unittest import mock

from django import forms

from learnpartner.forms import DateField, TextField
from partnerships.forms.addresses import AddressField as MailAddress
from partnerships.forms.invitations import _ListField
from partnerships.forms.lines import AddressField as WebAddress
from records.forms.tags import LONGEST_TAG, TagsField
from tests.access.fuzz.inputs import Page

from .corpus import NOT_ON_A_LINE, mail_address, marked, paragraphs, web_address, words

# Texts that a form sends and nobody types, by the name of the box; a password is kept as a hash and shown nowhere.
NOT_TYPED = {
    "draft_key": "a key of the page",
    "draft_writer": "an id",
    "version": "a number",
    "prompts": "an id",
    "answers": "an id",
    "edition": "an id",
    "grown_from": "an id",
    "part_of": "an id",
    "origin_id": "an id",
    "of_record": "an id",
    "of_version": "a number",
    "by_which": "an id",
    "begun_with": "an id",
    "seen": "a number",
    "member": "an id",
    "looked_at": "a hash of the list",
    "seen_at": "a moment",
    "still_peers": "yes or no",
    "credential": "made by the browser",
    "code": "six figures, compared and not kept",
}

# Boxes that have to say something else than one beside them.
UNLIKE_OTHERS = {"second"}

# The class of its form, its name there, and its field.
Box = tuple[str, str, forms.Field]


def is_typed(name: str, field: forms.Field) -> bool:
    """Say whether a person types text into a field."""
    if name in NOT_TYPED or isinstance(field.widget, forms.PasswordInput):
        return False
    return isinstance(field, forms.CharField | forms.JSONField | DateField)


def name_of(form: type[forms.BaseForm]) -> str:
    """Give a class of forms its full name."""
    return f"{form.__module__}.{form.__qualname__}"


@contextmanager
def asked_forms() -> Iterator[list[forms.BaseForm]]:
    """Note each form that is asked whether what was sent is right."""
    found: list[forms.BaseForm] = []
    clean = forms.BaseForm.full_clean

    def note(form: forms.BaseForm) -> None:
        if form.is_bound and form not in found:
            found.append(form)
        clean(form)

    with mock.patch.object(forms.BaseForm, "full_clean", note):
        yield found


def boxes_of(asked: list[forms.BaseForm]) -> dict[str, Box]:
    """Give each box by its name in the request: the class of its form, its name there, and its field."""
    found = {}
    for form in asked:
        for name, field in form.fields.items():
            if is_typed(name, field):
                found[form.add_prefix(name)] = (name_of(type(form)), name, field)
    return found


def sent_in(name: str, field: forms.Field, number: int) -> dict[str, str]:
    """Give what is typed into a box so that it may be taken: as much of the corpus as the box allows."""
    limit = getattr(field, "max_length", None)
    if isinstance(field, DateField):
        return {}
    if isinstance(field, _ListField):
        # Its own marks are the comma and the quotation mark.
        people = marked("e-mail, name\n@@@example.org, <img src=/@@ onerror=@@=1>", number)
        # It is sent once it was looked at.
        return {name: people, "looked_at": sha256(people.encode()).hexdigest()}
    if isinstance(field, TagsField):
        return {name: f"{words(number, LONGEST_TAG, lines=False, turn=1)}, {marked('=@@', number)}"}
    if isinstance(field, WebAddress | forms.URLField):
        return {name: web_address(number, 0)}
    if isinstance(field, forms.EmailField | MailAddress):
        return {name: mail_address(number, 0)}
    if isinstance(field, TextField):
        return {name: paragraphs(number, min(limit or 5_000, 5_000), turn=0)}
    limit = min(limit or 100, 1_000)
    if name in UNLIKE_OTHERS:
        return {name: f"{words(number, limit - len(name) - 1, lines=False, turn=number)} {name}"}
    return {name: words(number, limit, lines=False, turn=number)}


def refused_in(name: str, field: forms.Field, number: int) -> dict[str, str]:
    """Give what no box takes: where one line is asked, what is more than that; elsewhere a character that was lost."""
    if isinstance(field, DateField):
        return {f"{name}_{part}": words(number, 40, lines=False) for part in ("day", "month", "year")}
    if isinstance(field, TextField):
        return {name: f"{paragraphs(number, 500, turn=0)}\0"}
    return {name: marked(NOT_ON_A_LINE[number % len(NOT_ON_A_LINE)], number)}


class Boxes(Page):
    """A page's forms, and which of their fields are boxes for text."""

    def __init__(self, html: str):
        self.typed: set[str] = set()
        super().__init__(html)

    def _field(self, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in {"text", "search", "email", "url", "tel"}):
            self.typed.add(has["name"])
        super()._field(tag, has)

    def filled(self, method: str, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each form of that method with its boxes filled: where it goes, and what is sent."""
        for form in self.forms:
            if form.method == method and self.typed & form.fields.keys():
                boxes = {name: words(number, 200, lines=False, turn=number) for name in self.typed & form.fields.keys()}
                # The button of allauth's that is pressed, where it has several.
                pressed = {name: values[:1] for name, values in form.fields.items() if name == "action_add"}
                yield form.action, form.sent | boxes | pressed

"""No word is lost without a script, in any form that keeps drafts: each is saved, found again, and sent signed out.

As a browser without a script does it, without the browser; `tests/browser/test_every_form.py` does the same in one with
some of them, and with a script with all.
"""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from desk import drafts
from desk.models import Draft
from tests.crash.pages import Form, form_on
from tests.factories import PASSWORD
from tests.kept_forms import WAYS, main_box, page_of

pytestmark = [pytest.mark.slow, pytest.mark.once]

FORM = re.compile(r"<form\b.*?</form>", re.S)
SAVE_DRAFT = re.compile(r'formaction="([^"]+)"')


def form_with(page: str, box: str) -> tuple[Form, str]:
    """Give the form that holds a box and keeps a draft, and where "Save draft" sends it."""
    for found in FORM.findall(page):
        saves = [address for address in SAVE_DRAFT.findall(found) if "/drafts/" in address]
        if "data-autosave" in found and f'name="{box}"' in found and saves:
            form = form_on(found, of=re.search(r'\baction="([^"]*)"', found)[1])
            assert form
            return form, saves[0]
    raise AssertionError(f"no form with {box} and a button that saves its draft")


def sign_in_again(client: Client, person: Any) -> None:
    """Sign in as in another tab."""
    page = client.get(reverse("account_login")).content.decode()
    form = form_on(page, of=reverse("account_login"))
    assert form
    answer = client.post(reverse("account_login"), dict(form.with_words(login=person.email, password=PASSWORD)))
    assert answer.status_code == 302, answer.status_code


def sent(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Give the fields as a client sends them: a name may stand several times."""
    return {name: [value for other, value in fields if other == name] for name, _value in fields}


@pytest.mark.parametrize("name", sorted(WAYS))
def test_without_a_script_the_form_loses_no_word(cast, name):
    person, about = WAYS[name](cast)
    client, box = Client(enforce_csrf_checks=True), main_box(name)
    sign_in_again(client, person)
    words = f"Without a script, in a {name}."

    form, save = form_with(client.get(page_of(name, about)).content.decode(), box)
    answer = client.post(save, sent(form.with_words(**{box: words})), follow=True)
    page = answer.content.decode()
    form, save = form_with(page, box)
    assert form.value_of(box) == words
    assert re.search(r"Saved \d\d:\d\d", page)
    assert is_kept(person, words)

    Session.objects.filter(pk=client.cookies[settings.SESSION_COOKIE_NAME].value).delete()
    answer = client.post(save, sent(form.with_words(**{box: f"{words} And on."})))
    assert answer.status_code == 403
    given_back = given_back_in(answer, f"{words} And on.", of=save)
    sign_in_again(client, person)
    # Signing in made the page's token worthless, so it asks once more.
    answer = client.post(save, sent(given_back.fields))
    given_back = given_back_in(answer, f"{words} And on.", of=save)
    answer = client.post(save, sent(given_back.fields), follow=True)
    assert form_with(answer.content.decode(), box)[0].value_of(box) == f"{words} And on."
    assert is_kept(person, f"{words} And on.")


def given_back_in(answer: Any, words: str, *, of: str) -> Form:
    """Give the form in which words come back that could not be saved."""
    page = answer.content.decode()
    assert "Not saved yet, and not lost" in page
    assert escape(words) in page
    form = form_on(page, of=of)
    assert form
    return form


def is_kept(person: Any, words: str) -> bool:
    """Say whether the words are in one of the person's open drafts."""
    return any(words in drafts.words_of(draft) for draft in Draft.objects.of(person).open())

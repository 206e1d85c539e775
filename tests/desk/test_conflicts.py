"""Two at once: who comes second sees both texts with what differs marked, takes either or mends, and loses nothing."""

import re

import pytest
from django import forms
from django.urls import reverse

from desk import conflicts, drafts
from desk.models import Draft
from tests.kept_forms import WAYS, main_box, page_of

THEIRS, MINE = "It rained on the early shift.", "It snowed on the early shift."


def sent_by(form):
    """Give what a browser sends of a form as it stands there."""
    body = {}
    for box in form:
        value, widget = box.value(), box.field.widget
        if isinstance(widget, forms.MultiWidget):
            names = [f"{box.html_name}{suffix}" for suffix in widget.widgets_names]
            parts = value if isinstance(value, list) else widget.decompress(value)
            body |= dict(zip(names, parts, strict=True))
        elif not isinstance(widget, forms.FileInput):
            body[box.html_name] = value
    return {name: value for name, value in body.items() if value not in (None, False)}


def chosen_in(form):
    """Give what one has to choose before it can be sent, where nothing is chosen yet."""
    return {
        box.html_name: box.field.choices[0][0]
        for box in form
        if isinstance(box.field.widget, forms.RadioSelect) and box.field.required and not box.value()
    }


def versioned(cast, client_for):
    """Give each form that changes words which are saved already, with its person and address."""
    for name in sorted(WAYS):
        person, about = WAYS[name](cast)
        address = page_of(name, about)
        form = client_for(person).get(address).context["form"]
        if form["version"].value() and main_box(name) in form.initial:
            yield name, person, address


@pytest.mark.once
def test_every_form_that_changes_what_is_saved_shows_both_texts(cast, client_for):
    found = list(versioned(cast, client_for))
    assert len(found) > 5
    for name, person, address in found:
        browser = client_for(person)
        opened = [browser.get(address).context["form"] for _tab in range(2)]
        bodies = [sent_by(form) | chosen_in(form) for form in opened]
        for body, words in zip(bodies, (THEIRS, MINE), strict=True):
            body[main_box(name)] = words
        saved = browser.post(address, bodies[0])
        assert saved.status_code == 302, (name, saved.context["form"].errors)
        answer = browser.post(address, bodies[1])
        assert answer.status_code == 409, name
        page = answer.content.decode()
        assert "<title>Error:" in page
        assert THEIRS in page
        assert MINE in page
        assert re.search(r"<del>.*?rained</del><ins>.*?snowed</ins>", page), name
        for way in ("Keep what is saved", "Start again from what is saved", "Save mine instead"):
            assert way in page, name

        form = answer.context["form"]
        kept = Draft.objects.of(person).open().get(key=form.key)
        assert MINE in drafts.words_of(kept), "typed, and neither saved nor thrown away"
        assert MINE in browser.get(drafts.address_of(kept)).content.decode()
        assert THEIRS in browser.get(address).content.decode(), "mending begins with what is saved"
        assert MINE not in browser.get(address).content.decode()

        assert browser.post(address, sent_by(form)).status_code == 302, name
        assert MINE in browser.get(address).content.decode()
        kept.refresh_from_db()
        assert kept.used_at, name


def test_a_draft_stands_on_the_version_it_was_typed_on(cast, client_for):
    """Found again a day later, it is not saved over what somebody saved in between."""
    browser = client_for(cast.practitioner)
    address = reverse("reflections:reflection-edit", args=[cast.private_note.public_id])
    first, second = (browser.get(address).context["form"] for _tab in range(2))
    typed = sent_by(first) | {"text": MINE, "draft_form": "reflection-edit", "draft_about": first.about}
    browser.post(reverse("desk:draft-save", args=[first.key]), typed)
    assert browser.post(address, sent_by(second) | {"text": THEIRS}).status_code == 302
    again = browser.get(address, {"draft": first.key}).context["form"]
    assert again["text"].value() == MINE
    answer = browser.post(address, sent_by(again))
    assert answer.status_code == 409
    assert THEIRS in answer.content.decode()


class Everything(forms.Form):
    """One field of each sort."""

    text = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "An apple"), ("More", [("b", "A pear")])])
    several = forms.MultipleChoiceField(label="Several", choices=[("x", "One"), ("y", "Two")], required=False)
    yes = forms.BooleanField(label="Yes?", required=False)
    day = forms.DateField(label="Day", required=False)
    same = forms.CharField(label="Same")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_all_fields_that_differ_are_shown_in_words():
    form = Everything(
        {"text": "one\r\ntwo", "kind": "b", "several": ["x", "y"], "yes": "on", "day": "2026-11-24", "same": "s"},
        initial={"text": "one\ntwo three", "kind": "a", "several": ["x"], "same": "s", "hidden": "h"},
    )
    found = [(row.label, row.saved, row.typed) for row in conflicts.differences_in(form)]
    assert found == [
        ("Words", "one\ntwo three", "one\ntwo"),
        ("Kind", "An apple", "A pear"),
        ("Several", "One", "One, Two"),
        ("Yes?", "", "Yes"),
        ("Day", "", "24 November 2026"),
    ]


def test_what_is_wrong_is_shown_as_it_was_typed():
    form = Everything(
        {"text": "t", "kind": "nothing", "day": "no day", "same": "s"}, initial={"kind": "a", "same": "s"}
    )
    found = {row.label: row.typed for row in conflicts.differences_in(form)}
    assert found["Kind"] == "nothing"
    assert found["Day"] == "no day"


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a < b & c"])
def test_both_texts_are_text(cast, client_for, typed):
    browser = client_for(cast.practitioner)
    address = reverse("reflections:reflection-edit", args=[cast.private_note.public_id])
    first, second = (sent_by(browser.get(address).context["form"]) for _tab in range(2))
    browser.post(address, first | {"text": f"{typed} saved"})
    answer = browser.post(address, second | {"text": f"{typed} mine"})
    assert typed not in answer.content.decode()
    assert forms.utils.escape(typed) in answer.content.decode()

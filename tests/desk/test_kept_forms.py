"""Every form with a box over one line keeps a draft, which is found again on its page, on home and in the notebook.

That no page has a box outside such a form, whatever made it, `tests/access/test_matrix.py` sees on all pages.
"""

import importlib
import pkgutil
import re

import pytest
from django import forms
from django.urls import get_resolver, reverse
from django.utils.html import conditional_escape

from convening.forms.guests import GuestChangeForm, GuestNoteForm
from desk import drafts
from desk.forms import KeptForm
from desk.models import Draft
from tests import factories as make
from tests.house.code import FLOORS as APPS
from tests.kept_forms import WAYS, main_box, page_of

pytestmark = pytest.mark.once


def subclasses(cls):
    for found in cls.__subclasses__():
        yield found
        yield from subclasses(found)


def forms_of_ours():
    """Give every form class of the apps, whatever module it stands in."""
    get_resolver().url_patterns
    for app in APPS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    return {form for form in subclasses(forms.BaseForm) if form.__module__.partition(".")[0] in APPS}


def has_box(form):
    return any(isinstance(field.widget, forms.Textarea) for field in form.base_fields.values())


def test_every_form_with_a_box_over_one_line_keeps_drafts():
    """A form that others inherit from is judged by them; whichever is opened itself has a page that is known."""
    opened = {form for form in forms_of_ours() if has_box(form) and not form.__subclasses__()}
    opened |= {form for form in forms_of_ours() if has_box(form) and "draft_form" in form.__dict__}
    assert len(opened) > 10
    # Drafts are a person's. What a guest types stays in the page, and comes back with each answer.
    opened -= {GuestNoteForm, GuestChangeForm}
    faults = [
        f"{form.__module__}.{form.__name__}"
        for form in opened
        if not issubclass(form, KeptForm) or getattr(form, "draft_form", "") not in drafts.registered()
    ]
    assert not faults, "a form with a text box is a KeptForm, registered by its draft_form in apps.py"


def test_every_registered_form_can_be_opened_by_the_tests():
    assert set(WAYS) == set(drafts.registered()), "give each kept form its way in tests/kept_forms.py"


@pytest.fixture
def typed(cast):
    """Give a draft of every form with its words, made by who can open the form."""
    found = []
    for form, way in WAYS.items():
        person, about = way(cast)
        words = f"words of a {form}."
        data = {main_box(form): [words]}
        draft = Draft.keep(author=person, key=drafts.new_key(), form=form, about=about, data=data)
        found.append((person, draft, words))
    return found


def test_a_draft_opens_in_its_form(typed, client_for):
    faults = []
    for person, draft, words in typed:
        page = client_for(person).get(drafts.address_of(draft))
        if page.status_code != 200 or words not in page.content.decode():
            faults.append(f"{draft.form}: {page.status_code}")
    assert not faults


def test_drafts_of_all_forms_stand_on_home_and_in_the_notebook(typed, client_for):
    people = {person.pk: person for person, _draft, _words in typed}
    for list_ in ("home:home", "reflections:notebook"):
        shown = {pk: client_for(person).get(reverse(list_)).content.decode() for pk, person in people.items()}
        for person, draft, words in typed:
            assert words in shown[person.pk], draft.form
            assert drafts.address_of(draft) in shown[person.pk]
            assert not [pk for pk in shown if pk != person.pk and draft.key in shown[pk]]


def test_nobody_else_reads_a_draft(typed, cast, client_for):
    others = client_for(cast.steward), client_for(cast.practitioner)
    for person, draft, words in typed:
        browser = others[person == cast.steward]
        assert words not in browser.get(drafts.address_of(draft)).content.decode(), draft.form
        for name in ("desk:draft-detail", "desk:draft-delete"):
            assert browser.get(reverse(name, args=[draft.key])).status_code == 404


def hidden_of(page):
    """Give what a page sends beside what is typed, as its form is drawn."""
    form = re.search(r"<form[^>]*data-autosave.*?</form>", page.content.decode(), re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.parametrize("form", sorted(WAYS))
def test_without_a_script_nothing_is_lost(form, cast, client_for, client):
    """A draft is saved whatever else is not right yet; signed out, each box comes back under its name."""
    person, about = WAYS[form](cast)
    browser = client_for(person)
    page = browser.get(page_of(form, about))
    assert "<noscript><button" in page.content.decode()
    hidden = hidden_of(page)
    saving = reverse("desk:draft-keep", args=[hidden["draft_key"]])
    answer = browser.post(saving, hidden | {main_box(form): "typed without a script"})
    back = browser.get(answer.headers["Location"]).content.decode()
    assert "typed without a script" in back
    assert re.search(r"Saved \d\d:\d\d", back)

    fields = drafts._classes[form].base_fields.items()
    boxes = {name: f"typed into {name}" for name, field in fields if drafts.is_text_box(field)}
    answer = client.post(page_of(form, about), hidden | boxes)
    assert answer.status_code == 403
    given = answer.content.decode()
    for name, words in boxes.items():
        assert re.search(rf'name="{name}"[^>]*>\n?{words}|name="{name}" value="{words}"', given), name
        label = str(drafts._classes[form].label_of(name, {}))
        assert conditional_escape(label) in given
    for name, value in hidden.items():
        if name != "csrfmiddlewaretoken":
            assert f'name="{name}" value="{value}"' in given


def test_a_draft_of_what_one_has_left_is_shown_with_its_words(cast, client_for):
    """The page of the form is a 404 now; the words are not."""
    left = make.make_partnership(by=cast.outsider, name="Left since", organisation=cast.provider)
    make.make_member(partnership=left, person=cast.former, role="practitioner")
    data = {"text": ["typed before I left"], "gives_name": ["on"]}
    draft = Draft.keep(author=cast.former, key="left", form="concern", about=left.slug, data=data)
    make.end_membership(person=cast.former, partnership=left)
    browser = client_for(cast.former)
    assert browser.get(reverse("partnerships:concern-new", args=[left.slug])).status_code == 404
    answer = browser.get(drafts.address_of(draft), follow=True)
    assert answer.redirect_chain == [(reverse("desk:draft-detail", args=["left"]), 302)]
    assert "typed before I left" in answer.content.decode()
    assert "Left since" not in answer.content.decode()


def test_a_page_without_the_form_leads_to_the_words(cast, client_for):
    """It opens, and holds the form no more: nobody is named for worries here any more."""
    draft = Draft.keep(
        author=cast.outsider, key="nobody", form="concern", about=cast.sibling.slug, data={"text": ["a worry"]}
    )
    answer = client_for(cast.outsider).get(drafts.address_of(draft), follow=True)
    assert "a worry" in answer.content.decode()
    assert answer.redirect_chain


def test_a_made_up_draft_leads_nowhere(cast, client_for):
    browser = client_for(cast.practitioner)
    for key in ("no-such-draft", "x" * 30, "nul\0", "%"):
        assert (
            browser.get(reverse("partnerships:concern-new", args=["no-such-place"]), {"draft": key}).status_code == 404
        )


@pytest.mark.parametrize(
    ("form", "about", "possible"),
    [
        ("participation-edit", "a-place-0a1b2c/AAAAAAAAAAAA", True),
        ("participation-edit", "a-place-0a1b2c", False),
        ("participation-edit", "a-place-0a1b2c/AAAAAAAAAAAA/more", False),
        ("participation-edit", "a-place-0a1b2c/../x", False),
        ("participation-edit", "a-place-0a1b2c//", False),
        ("participation-edit", "", False),
        ("participation", "a-place/AAAA", False),
        ("reflection", "a-place/AAAA", False),
        ("reflection", "a-place", True),
        ("reflection", "a" * 81, False),
    ],
)
def test_what_a_form_is_about_fills_its_address_exactly(form, about, possible):
    assert drafts.can_be_about(form, about) == possible


def test_boxes_that_somebody_else_wrote_in_stand_on_no_list(cast, client_for):
    """A form with `words_only`: its other boxes may hold what its author may no longer read."""
    form = next((form for form in drafts.registered().values() if form.words_only), None)
    assert form, "no form says so any more: take `words_only` away"
    data = {form.words: ["my own line"], "text": ["words of somebody else"], "draft_box": ["text=Words"]}
    _person, about = WAYS[form.name](cast)
    draft = Draft.keep(author=cast.former, key="helping", form=form.name, about=about, data=data)
    browser = client_for(cast.former)
    for address in (reverse("home:home"), reverse("desk:draft-detail", args=[draft.key])):
        page = browser.get(address).content.decode()
        assert "my own line" in page
        assert "words of somebody else" not in page


def test_boxes_that_a_form_has_only_as_it_was_opened_are_named():
    """Such as those of prompts: they bring their names along."""
    data = {"answer_1": ["one"], "answer_0": ["zero"], "extra": ["more"], "audience": ["me"]}
    found = drafts.boxes_in("response", data | {"draft_box": ["extra=A question?"]})
    assert [(box.name, box.label) for box in found] == [("extra", "A question?")]
    drafts.register(drafts.DraftForm(name="for-a-test", url_name="home:home", label="", words=("text", "answer")))
    try:
        assert [box.words for box in drafts.boxes_in("for-a-test", data)][:2] == ["zero", "one"]
    finally:
        del drafts._forms["for-a-test"]

"""What `tests/records/test_two_at_once.py` proves of the actions, through the real server and its forms: one form sent
by twenty at once, and twenty who change the same note (security R2, R3).
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.urls import reverse

from records.models import Record, Version
from tests import factories as make

from .pages import form_on

pytestmark = pytest.mark.slow

AT_ONCE = 20


def all_together(ask):
    """Run `ask(n)` in twenty threads that start together; give the answers."""
    start = Barrier(AT_ONCE)

    def run(number):
        start.wait(timeout=30)
        return ask(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_one_form_sent_twenty_times_is_one_note_and_twenty_equal_answers(server, browser_of):
    me = make.make_person()
    browser = browser_of(me)
    write = reverse("reflections:reflection-new")
    form = form_on(browser.ask("GET", write).body, of="write")
    fields = form.with_words(text="Sent twenty times.")
    answers = all_together(lambda number: browser.ask("POST", form.action, fields))
    note = Record.objects.get(author=me)
    assert Counter((answer.status, answer.location) for answer in answers) == {(302, note.get_absolute_url()): AT_ONCE}
    assert note.submission == form.value_of("draft_key")


def test_twenty_editors_are_one_winner_and_nineteen_with_both_texts(server, browser_of):
    me = make.make_person()
    note = make.make_note(by=me, text="As it was.")
    address = reverse("reflections:reflection-edit", args=[note.public_id])
    browsers = [browser_of(me) for _n in range(AT_ONCE)]
    forms = [form_on(browser.ask("GET", address).body, of=address) for browser in browsers]
    texts = [f"As editor {number} has it." for number in range(AT_ONCE)]
    answers = all_together(lambda n: browsers[n].ask("POST", forms[n].action, forms[n].with_words(text=texts[n])))
    assert Counter(answer.status for answer in answers) == {302: 1, 409: AT_ONCE - 1}
    [winner] = [number for number, answer in enumerate(answers) if answer.status == 302]
    saved = Record.objects.get(pk=note.pk)
    assert (saved.text, saved.version) == (texts[winner], 2)
    assert Version.objects.filter(record=note.pk).count() == 1
    for number, answer in enumerate(answers):
        if number != winner:
            mine = form_on(answer.body, of=address)
            assert mine.value_of("text") == texts[number]
            assert texts[winner] in answer.body
            # The page stands on what is saved now, so that it can be sent again.
            assert mine.value_of("version") == "2"

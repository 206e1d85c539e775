"""The hidden half holds an example of everything, and the crawl asks for everything: whoever adds a room is told."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from desk import drafts, mail, notices
from desk.models import Draft, Notice, Outbox
from records import kinds
from records.models import Attachment, Record
from tests.access.rows import ROWS
from tests.access.test_matrix import names_of_urls
from tests.access.third_party import NAMES
from tests.cast import CAST
from tests.house.code import FLOORS

from .crawl import Question, addresses_of_hidden, own_address, questions_of_rows, world
from .hidden_words import TAGS, TITLE, WORDS
from .steps import CANARY, HIDDEN, SWAPPED

pytestmark = pytest.mark.once

WHERE = "is not in the hidden half: add a step to tests/access/worlds/hidden_*.py"
# Tables of which nothing can be hidden from anybody who is signed in.
OPEN = {"partnerships.SiteSettings": "one row, which everybody reads"}

# What stands in these addresses is a secret of a mail, a signed person, or a key that the asker makes up.
NO_ID_OF_A_ROW = {
    "convening:calendar-feed",
    "convening:guest-join",
    "convening:guest-live",
    "convening:guest-write",
    "partnerships:invitation-detail",
    "partnerships:invitation-accept",
    "partnerships:invitation-decline",
    "partnerships:unsubscribe",
    "desk:draft-save",
    "desk:draft-keep",
}
# Addresses that nobody of the cast gets.
NOT_HERE = {"accounts:totp-qr": "there while an authenticator app is being set up, and of nobody else's making"}


def counted(model) -> int:
    return model._base_manager.count()


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


def kinds_held():
    """Give each sort of thing that registers itself, as it stands in the tables, and how many there are of it."""
    return {
        "kind of record": Counter(Record.objects.values_list("kind", flat=True)),
        "kind of file": Counter(Attachment.objects.values_list("kind", flat=True)),
        "notice": Counter(Notice.objects.values_list("kind", flat=True)),
        "mail": Counter(Outbox.objects.values_list("kind", flat=True)),
        "form that keeps drafts": Counter(Draft.objects.open().values_list("form", flat=True)),
    }


def registered():
    return {
        "kind of record": {kind.key for kind in kinds.all_kinds()},
        "kind of file": set(Attachment.Kind.values),
        "notice": set(notices._finders),
        # Mails of notices are written from them, as they fall due.
        "mail": set(mail._checks) - {"notice"},
        "form that keeps drafts": set(drafts.registered()),
    }


def hidden_half(cast, look):
    """Give what `look` says before and after the hidden half of everybody is played."""
    start = timezone.now().replace(microsecond=0)
    seen = []
    with world(cast, [], other=True, start=start, shown=()) as there:
        seen.append(look())
        there.play([*HIDDEN, *SWAPPED], after=timedelta(minutes=1))
        seen.append(look())
    return seen


def test_every_table_has_something_hidden(cast):
    models = [model for model in own_models() if model._meta.label not in OPEN]
    before, after = hidden_half(cast, lambda: {model._meta.label: counted(model) for model in models})
    missing = [label for label in before if after[label] <= before[label]]
    assert not missing, f"{missing} {WHERE}"


def test_everything_that_registers_itself_is_hidden_once(cast):
    before, after = hidden_half(cast, kinds_held)
    missing = [
        f"{sort} {key}" for sort, keys in registered().items() for key in keys if after[sort][key] <= before[sort][key]
    ]
    assert not missing, f"{missing} {WHERE}"


def test_the_hidden_half_has_a_word_of_its_own(cast):
    """So that a look for it in what people get means something; the stage has it nowhere."""
    before, after = hidden_half(cast, lambda: Record.objects.filter(text__contains=CANARY).count())
    assert before == 0
    assert after > 10


def test_the_crawl_asks_for_every_address_as_somebody_who_gets_it(cast):
    asked = {name: questions_of_rows(name, cast) for name in CAST}
    got = {ROWS[q.row].name for name, qs in asked.items() for q in qs if may(name, q)}
    assert set(names_of_urls()) - NAMES - got == NOT_HERE.keys()


def may(name, question):
    row = ROWS[question.row]
    return name in (row.readers if question.method == "GET" else row.who_posts)


def test_hidden_things_are_asked_for_at_their_own_addresses(cast):
    """Each sort of address that holds an id, but for those of things that nobody can have hidden."""
    start = timezone.now().replace(microsecond=0)
    with world(cast, [*HIDDEN, *SWAPPED], other=True, start=start, shown=()) as there:
        addresses = addresses_of_hidden(there)
    named = {own_address(url) for url in addresses}
    with_an_id = {row.name for row in ROWS if row.args(cast)} - NO_ID_OF_A_ROW
    assert with_an_id - named == set()


def test_the_lists_of_the_site_admin_show_no_word_of_it(cast):
    """Mails, events and accounts are listed to whoever runs the site: whether mail goes, and not what was written."""
    start = timezone.now().replace(microsecond=0)
    lists = [f"admin:{name}_changelist" for name in ("desk_outbox", "desk_auditevent")]
    with world(cast, [*HIDDEN, *SWAPPED], other=True, start=start) as there:
        for name in lists:
            answer = there.ask("site_admin", Question("GET", reverse(name)))
            assert answer.status == 200
            found = [word for word in (WORDS, TITLE, TAGS[-1]) if word.encode() in answer.body]
            assert not found, (name, found)

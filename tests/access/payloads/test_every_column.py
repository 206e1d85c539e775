"""Every column that people fill holds payloads, and every form is sent with them: all that comes out has them as text.

A column that is new is filled, and a form that is new is sent. One that no page, mail or export shows, and a box that
no form sends, fails until it is declared here.
"""

import pytest

from tests.desk.test_kept_forms import forms_of_ours, subclasses

from . import others, typed, walk
from .infested import OURS, all_text, columns, infested_world

# One worker walks through everything, once for all that ask what was found.
pytestmark = pytest.mark.xdist_group("payloads")

# What is kept and shown to nobody, by why.
SHOWN_NOWHERE: dict[str, str] = {}
# Boxes that no request of the matrix can fill, by why.
NOT_SENT: dict[str, str] = {}
# Boxes whose form never takes a payload, by why: the box of one form, or all of that name.
NEVER_TAKEN = {
    "records.forms.folding.OrderForm.address": "the address of a page that is there",
    "convening.forms.looking_again.EvidenceForm.address": "the address of a page that is there",
    "convening.forms.live_writing.OpenWritingForm.key": "a key of ours",
    "starts": "an hour",
    "ends": "an hour",
    "zone": "the name of a zone",
}

# Forms of allauth's, which take what they take; and forms that only ask.
THEIRS = ("accounts.forms.", "records.forms.stream.", "records.forms.search.", "landscape.forms.FindForm.")


@pytest.fixture(scope="module")
def _walked():
    return walk.Found()


@pytest.fixture
def walked(cast, mail_server, _walked):
    """Walk through everything once, for all tests of this module."""
    if not _walked.names:
        with infested_world(cast) as there:
            walk.pages(there, _walked)
            walk.follow(there, _walked, "first")
            walk.posts(there, _walked)
            others.pages(there, _walked)
            walk.mails(there, _walked, ["practitioner", "fellow", "steward", "orgadmin", "supervisor", "first"])
            for name in ("practitioner", "first"):
                walk.export(there, _walked, name)
    return _walked


@pytest.mark.once
@pytest.mark.slow
def test_words_are_text_wherever_they_come_out(walked):
    assert not walked.faults, f"{len(walked.faults)}:\n" + "\n".join(fault[:500] for fault in walked.faults)


@pytest.mark.once
def test_every_column_of_words_is_seen_somewhere(walked):
    unseen = {str(column) for column in columns() if column.number not in walked.numbers}
    assert unseen == SHOWN_NOWHERE.keys(), "no page, mail or export of the walk shows it"


@pytest.mark.once
def test_every_box_of_every_form_was_typed_into(walked):
    boxes = {
        f"{typed.name_of(form)}.{name}": field
        for form in forms_of_ours()
        if not list(subclasses(form))
        for name, field in form.base_fields.items()
        if typed.is_typed(name, field)
    }
    assert len(boxes) > 60
    sent, taken = ({f"{form}.{name}" for form, name in found} for found in (walked.boxes, walked.taken))
    assert boxes.keys() - sent == NOT_SENT.keys(), "no request of the matrix sends it"
    words = {
        box for box, field in boxes.items() if not isinstance(field, typed.DateField) and not box.startswith(THEIRS)
    }
    refused = {box for box in words - taken if not {box, box.rpartition(".")[2]} & NEVER_TAKEN.keys()}
    assert not refused, "sent, and never with payloads that the form takes"


def test_what_is_declared_as_ours_is_there():
    known = {f"{model._meta.label}.{field.name}" for model, field in all_text()}
    assert set().union(*OURS.values()) <= known


def test_every_column_takes_payloads(cast, mail_server):
    """On both databases: no column refuses them, and each holds some."""
    with infested_world(cast):
        empty = [
            str(column)
            for column in columns()
            if not column.model._base_manager.filter(**{f"{column.field.name}__icontains": f"obeyed{column.number}"})
        ]
    assert not empty

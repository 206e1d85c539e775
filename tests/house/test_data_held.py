"""Everything that is held is declared: every field of every table of every app (5-promises, 5.5)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from accounts.my_data import declaration, describing
from accounts.my_data.declaration import Held, declared, faults


def test_every_field_of_every_table_is_declared():
    assert faults() == []


@pytest.fixture
def changed(monkeypatch):
    """Change what is declared of one table, or take it away."""

    def change(table, **words):
        held = dict(declared())
        if words:
            held[table] = Held(**vars(held[table]) | words)
        else:
            del held[table]
        monkeypatch.setattr(declaration, "declared", lambda: held)
        return faults()

    return change


def test_a_table_that_is_not_declared_is_found(changed):
    assert changed("records.Version") == ["records.Version is not declared"]


def test_a_field_that_is_not_declared_is_found(changed):
    said = changed("desk.Notice", exported=["kind"])
    assert said[0] == "desk.Notice: the field created_at is not declared"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"inside": ["id", "person", "about", "mail", "mood"]}, "the field mood is declared, and is not there"),
        ({"inside": ["id", "person", "about", "mail", "kind"]}, "the field kind is declared twice"),
        ({"whose": ["mail"]}, "mail leads to no person"),
        ({"whose": []}, "is exported to nobody, or under no heading"),
        ({"yours": ""}, "is exported to nobody, or under no heading"),
        ({"erased": "somehow"}, "erased in no known way: somehow"),
        ({"kept": ""}, "does not say what it is, how long it is kept, or why it stays"),
        ({"erased": "stays", "why": ""}, "does not say what it is, how long it is kept, or why it stays"),
        ({"emptied": ["words"]}, "words is no field"),
        ({"deletes": ["mail.person"]}, "mail.person is not among those whose it is"),
    ],
)
def test_a_declaration_that_is_wrong_is_found(changed, words, fault):
    assert f"desk.Notice: {fault}" in changed("desk.Notice", **words)


def test_a_declared_table_that_is_not_there_is_found(monkeypatch):
    held = declared() | {"desk.Diary": declared()["desk.Notice"]}
    monkeypatch.setattr(declaration, "declared", lambda: held)
    assert faults() == ["desk.Diary is declared, and is not there"]


def test_the_page_and_the_schema_are_up_to_date():
    """`manage.py describe_data` writes both."""
    assert describing.DATA.read_text() == describing.data_md()
    assert describing.SCHEMA.read_text() == describing.schema_json()


def test_the_schema_is_one():
    Draft202012Validator.check_schema(json.loads(describing.SCHEMA.read_text()))


def test_nothing_is_described_that_is_not_declared(changed, monkeypatch):
    changed("records.Version")
    monkeypatch.setattr("accounts.management.commands.describe_data.faults", lambda: faults())
    with pytest.raises(CommandError, match=r"records\.Version"):
        call_command("describe_data", stdout=StringIO())

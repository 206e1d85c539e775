"""What all tests of two worlds need: a mail server, and a kind of record that belongs to its space."""

import pytest

from records import kinds


@pytest.fixture(autouse=True)
def kind_of_the_space(monkeypatch, mail_server):
    """Register a kind as sessions, tensions and objects will be, until those rooms are here."""
    kind = kinds.Kind(key="object", label="O", plural="O", url_name="reflections:reflection-detail", personal=False)
    monkeypatch.setitem(kinds._kinds, "object", kind)

"""After leaving a space one reads one's own words and can take them back, and writes no more to those inside."""

import pytest
from django.core.exceptions import PermissionDenied

from records import actions
from records.models import Record


@pytest.fixture
def browser(cast, client_for):
    """A browser of somebody who has left."""
    return client_for(cast.former)


@pytest.mark.parametrize("name", ["former_note", "former_response"])
def test_ones_own_words_are_read_and_not_changed(cast, browser, name):
    record = cast[name]
    page = browser.get(record.get_absolute_url())
    assert page.status_code == 200
    assert "/edit/" not in page.content.decode()
    address = f"{record.get_absolute_url()}edit/"
    assert browser.get(address).status_code == 403
    sent = {"text": "Said from outside.", "version": "2", "draft_key": "k", "person_level": "1"}
    assert browser.post(address, sent).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.edit(record, by=cast.former, version=2, changes={"text": "x"}, key="k", form="reflection-edit")
    assert not Record.objects.filter(text="Said from outside.").exists()


@pytest.mark.parametrize("name", ["former_note", "former_response"])
def test_ones_own_words_can_be_taken_back(cast, browser, name):
    assert browser.post(f"{cast[name].get_absolute_url()}withdraw/").status_code == 302
    assert Record.objects.get(pk=cast[name].pk).withdrawn_at

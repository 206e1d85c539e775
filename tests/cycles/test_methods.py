"""A method of a partnership's own is changed by who offered it; what was done by it says what it said then."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cycles import actions
from cycles.methods import method_of, own_methods
from cycles.models import Activity, Method
from desk import drafts
from records.versions import AlreadySent, StaleVersion
from tests import factories as make
from tests.cast import MEMBERS

SAID = {"name": "A walk at dawn", "guide": "Walk it at half past five.", "source": "Our own."}
MAY = {"fellow", "learning_partner", "steward"}


def change(method, *, by, key="", **words):
    return actions.change_method(method=method, by=by, key=key or drafts.new_key(), **SAID | words)


def in_use(cast):
    return [row.name for row in own_methods(cast.partnership)]


@pytest.mark.parametrize("name", sorted({*MEMBERS, "outsider", "former", "site_admin"}))
def test_who_may_change_it(cast, name, client_for):
    address = reverse("cycles:method-list", args=[cast.partnership.slug])
    if name in MEMBERS:
        assert ("Change it" in client_for(cast[name]).get(address).content.decode()) is (name in MAY)
    if name in MAY:
        change(cast["own_method"], by=cast[name])
        assert in_use(cast) == [SAID["name"]]
    else:
        with pytest.raises(PermissionDenied):
            change(cast["own_method"], by=cast[name])
        assert in_use(cast) == [cast["own_method"].name]


def test_what_was_done_by_it_keeps_its_words_and_new_things_get_the_new_ones(cast):
    former = cast["own_method"]
    changed = change(former, by=cast.steward)
    assert method_of(Activity.objects.get(pk=cast["peers_activity"].pk)).guide == former.guide
    # Former words are neither offered nor put away: nobody takes them into use again.
    assert former.name not in [row.name for row in own_methods(cast.partnership, put_away=True)]
    actions.use_method_again(method=former, by=cast.fellow)
    assert in_use(cast) == [changed.name]
    # Who offered it goes on mending it, whoever wrote the last words.
    again = change(changed, by=cast.fellow, guide="Walk it, and say nothing.")
    assert again.was_offered_by(cast.fellow.pk) and again.follows.follows == former


def test_two_who_change_it_do_not_write_over_each_other(cast, client_for):
    key = drafts.new_key()
    first = change(cast["own_method"], by=cast.fellow, key=key)
    assert change(cast["own_method"], by=cast.fellow, key=key) == first
    with pytest.raises(AlreadySent):
        change(cast["own_method"], by=cast.fellow, key=key, guide="Other words.")
    with pytest.raises(StaleVersion):
        change(cast["own_method"], by=cast.steward)
    browser = client_for(cast.steward)
    address = reverse("cycles:method-edit", args=[cast.partnership.slug, cast["own_method"].public_id])
    assert browser.get(address).status_code == 302
    answer = browser.post(address, SAID | {"guide": "What I typed.", "draft_key": drafts.new_key()})
    page = answer.content.decode()
    assert answer.status_code == 409 and SAID["guide"] in page and "What I typed." in page
    onto = reverse("cycles:method-edit", args=[cast.partnership.slug, first.public_id])
    assert f'action="{onto}"' in page
    sent = SAID | {"guide": "What I typed.", "draft_key": answer.context["form"].key}
    assert browser.post(onto, sent).status_code == 302
    assert own_methods(cast.partnership)[0].guide == "What I typed."


def test_what_is_not_right_is_asked_about_and_the_same_words_change_nothing(cast, client_for):
    browser, method = client_for(cast.fellow), cast["own_method"]
    address = reverse("cycles:method-edit", args=[cast.partnership.slug, method.public_id])
    assert f">{method.guide}</textarea>" in browser.get(address).content.decode().replace("\n", "")
    wrong = browser.post(address, SAID | {"guide": "", "name": "Kept", "draft_key": drafts.new_key()})
    assert wrong.status_code == 422 and 'value="Kept"' in wrong.content.decode()
    same = {"name": method.name, "guide": method.guide, "source": method.source}
    before = Method.objects.count()
    assert browser.post(address, same | {"draft_key": drafts.new_key()}).status_code == 302
    assert Method.objects.count() == before
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert client_for(cast.fellow).get(address).status_code == 404

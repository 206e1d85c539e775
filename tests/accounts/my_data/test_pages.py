"""The pages of one's own data: only after showing once more that it is oneself, and only one's own."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Export, User
from accounts.my_data import tasks
from accounts.my_data.actions import ask_for_export
from partnerships.actions import end_membership
from records import kinds
from records.models import Record
from tests import factories as make
from tests.access.asking import CSRF
from tests.signing_in import confirmed

DATA, EXPORT, ERASE = "/account/data/", "/account/data/export/", "/account/data/erase/"
SURE = {"words": "taken_back", "sure": "on"}


@pytest.fixture
def browser(cast, client_for):
    """Somebody who has just shown once more that it is them."""
    return confirmed(client_for(cast.fellow))


@pytest.fixture(autouse=True)
def no_export_stays(db):
    yield
    for export in Export.objects.all():
        storages["default"].delete(export.name)


def test_the_addresses_are_as_they_are_known():
    names = {"data-detail": DATA, "export-new": EXPORT, "erasure-new": ERASE}
    assert {name: reverse(f"accounts:{name}") for name in names} == names


def test_what_matters_asks_for_the_password_once_more(cast, client_for):
    browser = client_for(cast.fellow)
    export = ask_for_export(by=cast.fellow)
    tasks.make_due_exports.call()
    export.refresh_from_db()
    file = reverse("accounts:export-file", args=[export.public_id])
    for method, address, body in (
        ("post", EXPORT, {}),
        ("get", file, {}),
        ("get", ERASE, {}),
        ("post", ERASE, SURE),
    ):
        answer = getattr(browser, method)(address, body)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate")), address
    assert User.objects.get(pk=cast.fellow.pk).erased_at is None


def test_a_file_is_asked_for_made_and_fetched(cast, browser):
    assert browser.post(EXPORT).headers["Location"] == DATA
    page = browser.get(DATA).content.decode()
    assert "Your file is being made." in page and "<progress" in page
    assert tasks.make_due_exports.call() == 1
    export = Export.objects.get(person=cast.fellow)
    page = browser.get(DATA).content.decode()
    file = reverse("accounts:export-file", args=[export.public_id])
    assert file in page and "<progress" not in page
    answer = browser.get(file)
    content = b"".join(answer.streaming_content)
    assert len(content) == export.size == int(answer.headers["Content-Length"])
    assert ZipFile(BytesIO(content)).testzip() is None
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_nobody_else_gets_it(cast, browser, client_for):
    export = ask_for_export(by=cast.manager)
    tasks.make_due_exports.call()
    address = reverse("accounts:export-file", args=[export.public_id])
    denied, missing = browser.get(address), browser.get(reverse("accounts:export-file", args=["AAAAAAAAAAAA"]))
    assert denied.status_code == missing.status_code == 404
    assert CSRF.sub(b"", denied.content) == CSRF.sub(b"", missing.content)
    assert confirmed(client_for(cast.manager)).get(address).status_code == 200
    for person in (cast.steward, cast.site_admin, cast.orgadmin):
        assert confirmed(client_for(person)).get(address).status_code == 404


def test_one_that_is_being_made_or_over_is_not_there(cast, browser):
    export = ask_for_export(by=cast.fellow)
    address = reverse("accounts:export-file", args=[export.public_id])
    assert browser.get(address).status_code == 404
    tasks.make_due_exports.call()
    storages["default"].delete(export.name)
    # A database that was restored without its files.
    assert browser.get(address).status_code == 404
    Export.objects.let_go()
    assert browser.get(address).status_code == 404


def test_the_page_asks_again_and_gets_only_what_is_new(cast, browser):
    ask_for_export(by=cast.fellow)
    htmx = {"HX-Request": "true", "HX-Target": "section#exports"}
    page = browser.get(DATA).content.decode()
    polled = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    assert 'hx-trigger="every 3s"' in page and f'href="{DATA}"' in page
    assert browser.get(polled, headers=htmx).status_code == 204
    # Without htmx it is the page, whatever the address says.
    assert browser.get(polled).status_code == 200
    tasks.make_due_exports.call()
    answer = browser.get(polled, headers=htmx)
    assert answer.status_code == 200 and answer.content.decode().lstrip().startswith("<section")
    assert "hx-trigger" not in answer.content.decode()


def test_the_choice_leads_to_what_will_happen(browser, cast):
    page = browser.get(ERASE)
    assert page.content.decode().count('type="radio"') == 3
    assert browser.get(ERASE, {"words": ""}).status_code == 422
    assert browser.get(ERASE, {"words": "other"}).status_code == 422
    said = browser.get(ERASE, {"words": "taken_back"}).content.decode()
    assert "are taken back" in said and "Early peers" in said and "You leave: Early Shift" in said
    assert User.objects.get(pk=cast.fellow.pk).erased_at is None


def test_nothing_happens_before_the_box_is_ticked(browser, cast):
    answer = browser.post(ERASE, {"words": "named"})
    assert answer.status_code == 422 and "Tick the box if you are sure." in answer.content.decode()
    assert browser.post(ERASE, {"sure": "on"}).headers["Location"] == ERASE
    assert browser.post(ERASE, {"words": "other", "sure": "on"}).headers["Location"] == ERASE
    assert User.objects.get(pk=cast.fellow.pk).erased_at is None


def test_erased_and_signed_out_everywhere(browser, cast, client_for):
    elsewhere = client_for(cast.fellow)
    elsewhere.get("/")
    answer = browser.post(ERASE, SURE)
    assert answer.headers["Location"] == reverse("account_login")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert [str(said) for said in get_messages(answer.wsgi_request)][-1].startswith("You are erased here.")
    assert User.objects.get(pk=cast.fellow.pk).erased_at
    own = Record.objects.filter(author=cast.fellow, kind__in=kinds.personal_keys())
    assert own.exclude(text="").count() == 0
    for one in (browser, elsewhere):
        assert one.get(DATA).headers["Location"].startswith(reverse("account_login"))
    login = browser.post(reverse("account_login"), {"login": cast.fellow.email, "password": make.PASSWORD})
    assert login.status_code == 200


def test_the_only_steward_is_led_to_handing_over(cast, client_for):
    browser = confirmed(client_for(cast.steward))
    for answer in (browser.get(ERASE), browser.get(ERASE, {"words": "named"}), browser.post(ERASE, SURE)):
        page = answer.content.decode()
        assert "You are the only steward of Early Shift." in page and 'type="checkbox"' not in page
    assert User.objects.get(pk=cast.steward.pk).erased_at is None
    membership = make.membership_of(person=cast.steward, partnership=cast.partnership)
    assert f"/people/{membership.public_id}/" in page
    theirs = make.membership_of(person=cast.manager, partnership=cast.partnership)
    end_membership(membership=membership, by=cast.steward, successor=theirs)
    assert browser.post(ERASE, SURE).headers["Location"] == reverse("account_login")


def test_where_the_ledger_cannot_be_written_nothing_is_erased(browser, cast, settings, tmp_path):
    settings.ERASED_LEDGER = tmp_path / "missing" / "erased.jsonl"
    answer = browser.post(ERASE, SURE)
    assert answer.status_code == 503 and "Nothing of yours was erased." in answer.content.decode()
    assert User.objects.get(pk=cast.fellow.pk).erased_at is None


def test_profile_and_privacy_lead_there(cast, browser, client):
    assert f'href="{DATA}"' in browser.get(reverse("accounts:profile")).content.decode()
    assert f'href="{DATA}"' in browser.get(reverse("home:privacy")).content.decode()
    assert f'href="{DATA}"' not in client.get(reverse("home:privacy")).content.decode()


@pytest.mark.parametrize(("address", "most"), [(DATA, 8), (ERASE, 12), (f"{ERASE}?words=taken_back", 24)])
def test_the_number_of_queries_does_not_grow(cast, browser, address, most):
    browser.get(address)
    numbers = []
    for _again in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        numbers.append(len(captured))
        for _note in range(4):
            make.make_shared_note(by=cast.fellow, space=cast.everyone)
            make.make_note(by=cast.fellow)
    assert numbers[0] == numbers[1] <= most, numbers


@pytest.mark.parametrize("public_id", ["%00", "..%2f", "%F0%9F%90%A6"])
def test_an_id_that_is_none_finds_nothing(cast, client_for, public_id):
    assert client_for(cast.practitioner).get(f"/account/data/export/{public_id}/file/").status_code == 404

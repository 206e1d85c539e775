"""The net itself: what it must catch, it catches."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPEN_DATABASE = """() => new Promise((done) => {
  indexedDB.open("words").onsuccess = (event) => { event.target.result.close(); done() };
})"""
DELETE_DATABASE = """() => new Promise((done) => { indexedDB.deleteDatabase("words").onsuccess = () => done() })"""


def caught(net):
    faults, net.faults = net.faults, []
    return "\n".join(faults)


def test_the_net_catches_what_a_page_may_not_do(visit, net):
    page = visit()
    page.goto("/help/")
    assert caught(net) == ""
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'alert(1)'}))")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://tracker.example/'}))")
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("alert('hello')")
    page.evaluate("fetch('/nowhere/')")
    page.evaluate("localStorage.setItem('words', 'mine')")
    page.evaluate(OPEN_DATABASE)
    page.evaluate("document.cookie = 'seen=1'")
    net.look_into(page)
    page.evaluate("localStorage.clear(); document.cookie = 'seen=; max-age=0'")
    page.evaluate(DELETE_DATABASE)
    faults = caught(net)
    for fault in (
        "CSP: script-src",
        "CSP: img-src",
        "broken",
        "dialog: hello",
        "404 from",
        "localStorage words",
        "indexedDB words",
        "cookie seen",
    ):
        assert fault in faults, faults


def test_the_net_catches_a_request_to_elsewhere(visit, net):
    page = visit(javascript=False)
    page.route("https://tracker.example/**", lambda route: route.fulfill(body="tracked"))
    page.goto("https://tracker.example/pixel")
    page.goto("/help/")
    assert "request to https://tracker.example/pixel" in caught(net)


def test_the_admin_leaves_nothing_in_the_browser_either(visit, gathered_anew):
    page = visit(gathered_anew.site_admin)
    for name in ("admin:index", "admin:desk_outbox_changelist", "admin:accounts_user_changelist"):
        page.goto(reverse(name))
        expect(page.get_by_role("heading", level=1)).to_be_visible()

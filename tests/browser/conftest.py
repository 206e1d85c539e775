"""A real browser for the tests of this folder: Chromium, driven as people use it, with a net under it."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from .net import COOKIES, Gate, Net

# Without windows to draw, the shell takes a third less of the processor.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HEIGHTS = {320: 640, 390: 844, 1280: 900}
PATIENCE = 10_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the installed Chromium once; without one, skip, or fail where everything must be there (CI)."""
    if CHROMIUM is None:
        missing = "no Chromium on this machine: install `chromium` to run the browser tests"
        pytest.fail(missing) if IN_CI else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright runs a loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def gate(django_db_setup, live_server) -> Gate:
    """Put the gate before the live server.

    A database in memory has one connection for all threads. The live server takes it only if it starts after the test
    database, and pytest-django does not see to that order.
    """
    server = live_server.thread.httpd
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if in_memory and not server.connections_override:
        connection.inc_thread_sharing()
        server.connections_override = {connection.alias: connection}
    gate = Gate(server.get_app(), one_at_a_time=in_memory)
    server.set_app(gate)
    return gate


@pytest.fixture
def net(live_server, gate) -> Iterator[Net]:
    """Spread the net; what is caught in it fails the test."""
    gate.cookies.clear()
    net = Net(home=live_server.url)
    yield net
    gate.wait_until_empty()
    net.faults += [f"cookie given out: {name}" for name in gate.cookies - COOKIES]
    assert not net.faults, "\n".join(net.faults)


@pytest.fixture
def visit(chromium, gate, live_server, net) -> Iterator[Callable[..., Any]]:
    """Open a browser of one's own, as `visit(person, width=390, javascript=False, dark=True)`; gives its page.

    Who is named is signed in already. What a page does wrong is caught by the net, and when it is left it must have
    put nothing into the browser's storage.
    """
    pages: list[Any] = []

    def enter(person: Any = None, *, width: int = 1280, javascript: bool = True, dark: bool = False) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE)
        net.spread(context)
        if person is not None:
            context.add_cookies([_sign_in_cookie(person, live_server.url)])
        pages.append(context.new_page())
        return pages[-1]

    enter.pages = pages  # type: ignore[attr-defined]
    yield enter
    for context in {page.context for page in pages}:
        for page in context.pages:
            net.look_into(page)
            page.goto("about:blank")
        context.close()


def _sign_in_cookie(person: Any, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Any:
    """Keep a picture of each open page when a test fails."""
    report = yield
    entered = getattr(item, "funcargs", {}).get("visit")
    if report.when == "call" and report.failed and entered:
        folder = Path(tempfile.gettempdir()) / "learnpartner-browser"
        folder.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", item.name)
        for number, page in enumerate(page for entry in entered.pages for page in entry.context.pages):
            picture = folder / f"{name}-{number}.png"
            with suppress(Exception):
                page.screenshot(path=picture, full_page=True)
            report.sections.append((f"page {number}", f"{page.url}\n{picture}"))
    return report

"""Words stay words in a real browser: every page of three people, with payloads in every column.

What stands on pages, mails and exports is looked through in `tests/access/payloads/`; here counts what Chromium does.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from accounts.my_data import tasks
from accounts.my_data.actions import ask_for_export
from tests.access.payloads.corpus import MARK
from tests.access.payloads.infested import fill
from tests.access.rows import ROWS
from tests.access.test_matrix import BARE

from .test_payloads import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WHO = ("practitioner", "steward", "orgadmin")
# Files that a browser saves, and pages that lead on.
NO_PAGES = BARE | {"accounts:export-file", "home:healthz"}
# What came alive: a name in the window, or in what no word stands in.
ALIVE = """() => [
  ...Object.keys(window).filter((name) => /^obeyed\\d+/.test(name)),
  ...[...document.querySelectorAll("*")].filter((element) =>
    /obeyed\\d+/.test(element.localName)
    || [...element.attributes].some(({name, value}) => /obeyed\\d+|^on|^style$/.test(name)
      || (/^(id|class|name|style|for|target)$|hx-(?!get|post)/.test(name) && /obeyed\\d+/.test(value)))
  ).map((element) => element.outerHTML.slice(0, 200))]"""


class Watcher(Reader):
    """A reader who also notes each request that words may have caused."""

    def _on_request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        is_page = request.is_navigation_request()
        if MARK.search(f"{parts.netloc}{parts.path}") or (MARK.search(parts.query) and not is_page):
            self.faults.append(f"{request.method} {request.url}")
        if request.resource_type in {"fetch", "xhr", "eventsource", "websocket", "ping"}:
            self.faults.append(f"a script asks for {request.method} {request.url} on {self.page.url}")

    def looks(self) -> None:
        """Move and step through the page, and see what came alive."""
        self.page.mouse.move(500, 400)
        for _stop in range(2):
            self.page.keyboard.press("Tab")
        self.faults += [f"{self.page.url}: {found}" for found in self.page.evaluate(ALIVE)]


def pages_of(cast: Any) -> dict[str, list[str]]:
    """Share out the addresses of the matrix: each is opened by one of the three who gets it."""
    shared: dict[str, list[str]] = {name: [] for name in WHO}
    asked: set[str] = set()
    for row in ROWS:
        readers = [name for name in WHO if name in row.readers]
        if readers and row.takes_get and row.get == 200 and row.name not in NO_PAGES | asked:
            asked.add(row.name)
            shared[readers[len(asked) % len(readers)]].append(reverse(row.name, args=row.args(cast)) + row.query(cast))
    return shared


def test_nothing_of_it_comes_alive_on_any_page(visit: Callable[..., Any], gathered_anew: Any) -> None:
    cast = gathered_anew
    fill(cast)
    faults = []
    for name, addresses in pages_of(cast).items():
        assert len(addresses) > 5, name
        reader = Watcher(visit(cast[name]))
        for address in addresses:
            reader.opens(address)
        faults += reader.faults
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_nothing_of_it_comes_alive_in_an_export_that_is_opened(
    chromium: Any, gathered_anew: Any, tmp_path: Any
) -> None:
    """From a folder: no request leaves it, and nothing runs."""
    cast = gathered_anew
    fill(cast)
    asked = ask_for_export(by=cast.practitioner)
    tasks.make_due_exports.call()
    asked.refresh_from_db()
    with storages["default"].open(asked.name) as file, ZipFile(BytesIO(file.read())) as archive:
        archive.extractall(tmp_path)
    storages["default"].delete(asked.name)
    context = chromium.new_context()
    requests, said = [], []
    context.on("request", lambda request: requests.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert MARK.search(page.inner_text("body"))
    alive = page.evaluate(ALIVE)
    for name in ("words.txt", "data.json"):
        page.goto((tmp_path / name).as_uri())
    context.close()
    assert not [url for url in requests if not url.startswith(f"{tmp_path.as_uri()}/") or MARK.search(url)]
    assert not alive + said

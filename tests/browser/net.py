"""The net under every page: what a page does that no page of this house may do becomes a fault of the test."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

# What the house asks of a browser: to know who is signed in, and that a form is our own.
COOKIES = {"sessionid", "csrftoken"}
# A script that saves in the background may be told that something else was first, or that the words are too long.
ANSWERS_TO_SCRIPTS = {409, 422}
REPORT_TO_CONSOLE = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
WHAT_IS_STORED = """async () => {
  const found = [...Object.keys(localStorage).map((key) => `localStorage ${key}`),
                 ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`)];
  for (const { name } of await indexedDB.databases()) found.push(`indexedDB ${name}`);
  for (const name of await caches.keys()) found.push(`cache ${name}`);
  for (const { scope } of await navigator.serviceWorker.getRegistrations()) found.push(`worker ${scope}`);
  return found;
}"""


class Gate:
    """Stands before the live server: counts who is inside, and notes which cookies are given out.

    Where all threads share one database connection (SQLite in memory), it lets one request in at a time.
    """

    def __init__(self, application: Callable, *, one_at_a_time: bool) -> None:
        self.application = application
        self.cookies: set[str] = set()
        self._turn = threading.Lock() if one_at_a_time else None
        self._count = threading.Condition()
        self._inside = 0

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Let a request through."""

        def noting(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            self.cookies |= {value.partition("=")[0] for name, value in headers if name.lower() == "set-cookie"}
            return start_response(status, headers, *rest)

        with self._count:
            self._inside += 1
        try:
            if self._turn is None or environ["PATH_INFO"].startswith("/static/"):
                return self.application(environ, noting)
            with self._turn:
                return self.application(environ, noting)
        finally:
            with self._count:
                self._inside -= 1
                self._count.notify_all()

    def wait_until_empty(self) -> None:
        """Wait for the requests that are still being answered."""
        with self._count:
            self._count.wait_for(lambda: self._inside == 0, timeout=10)


class Net:
    """Listens to the browser contexts of one test, and keeps what went wrong in them."""

    def __init__(self, *, home: str) -> None:
        self.home = home
        self.faults: list[str] = []
        self._allowed: list[str] = []

    def allow(self, *fragments: str) -> None:
        """Take complaints with one of these fragments in them for what the test wanted to happen."""
        self._allowed += fragments

    def spread(self, context: Any) -> None:
        """Listen to all pages of a context."""
        context.add_init_script(REPORT_TO_CONSOLE)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._fault(f"script: {error.error}"))
        context.on("dialog", self._on_dialog)
        context.on("request", self._on_request)
        context.on("response", self._on_response)

    def look_into(self, page: Any) -> None:
        """Look for what a page has left in the browser's storage, and for cookies nobody asked for."""
        if page.url.startswith(self.home):
            self.faults += [f"left behind: {what}" for what in page.evaluate(WHAT_IS_STORED)]
        names = {cookie["name"] for cookie in page.context.cookies()}
        self.faults += [f"left behind: cookie {name}" for name in names - COOKIES]

    def _fault(self, words: str) -> None:
        if not any(fragment in words for fragment in self._allowed):
            self.faults.append(words)

    def _on_console(self, message: Any) -> None:
        # The answers themselves are judged in _on_response.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self._fault(f"console: {message.text}")

    def _on_dialog(self, dialog: Any) -> None:
        self._fault(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((f"{self.home}/", "about:")):
            self._fault(f"request to {request.url[:200]}")

    def _on_response(self, response: Any) -> None:
        kind = response.request.resource_type
        is_page = kind == "document"
        is_known = response.status in ANSWERS_TO_SCRIPTS and kind in {"fetch", "xhr"}
        if response.status >= 500 or (response.status >= 400 and not is_page and not is_known):
            self._fault(f"{response.status} from {response.url}")

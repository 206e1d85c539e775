"""People who have the live page of a session open: each asks as the page does, with a connection of their own.

And what the processes of the server took of the processor meanwhile, as the system counts it.
"""

import os
import random
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

# As `templates/convening/live.html` has it.
EVERY_SECONDS = 1.2
HTMX = {"HX-Request": "true", "HX-Source": "div#live", "HX-Target": "div#live", "Accept": "text/html"}
TICKS = os.sysconf("SC_CLK_TCK")
SEEN = re.compile(r'name="seen" value="([^"]+)"')
BOX = re.compile(r'name="box" value="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """One question of a page, and what came of it."""

    at: float
    took: float
    status: int
    size: int


class OpenPage(threading.Thread):
    """A live page that somebody has open, until it is told to stop."""

    def __init__(self, port: int, address: str, cookies: dict[str, str]):
        super().__init__(daemon=True)
        self.asked: list[Asked] = []
        self.faults: list[str] = []
        self.received: dict[str, float] = {}
        self._waits_for = ""
        self._address = address
        self._cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._over = threading.Event()
        self._shows = {"seen": "", "box": ""}

    def wait_for(self, words: str) -> None:
        """Note when a part with these words in it arrives."""
        self._waits_for = words

    def stop(self) -> None:
        """Close the page."""
        self._over.set()

    def run(self) -> None:
        """Open the page, and ask at its pace, whatever the answers."""
        try:
            self._take(self._get(self._address, {})[1])
            due = time.monotonic() + random.uniform(0, EVERY_SECONDS)
            while not self._over.wait(max(0, due - time.monotonic())):
                self._ask()
                due += EVERY_SECONDS
        except Exception as error:
            self.faults.append(repr(error))
        finally:
            self._connection.close()

    def _ask(self) -> None:
        began = time.monotonic()
        status, body = self._get(f"{self._address}?{urlencode(self._shows)}", HTMX)
        ended = time.monotonic()
        self.asked.append(Asked(began, ended - began, status, len(body)))
        if status == 200:
            self._take(body)
            if self._waits_for and self._waits_for in body:
                self.received.setdefault(self._waits_for, ended)
        elif status != 204:
            self.faults.append(f"{status}")

    def _take(self, body: str) -> None:
        found = SEEN.search(body)
        assert found, body[:300]
        self._shows["seen"] = found[1]
        # What comes without it leaves the box as it is.
        if box := BOX.search(body):
            self._shows["box"] = box[1]

    def _get(self, address: str, headers: dict[str, str]) -> tuple[int, str]:
        sent = {"Host": "localhost", "Cookie": self._cookies} | headers
        for again in (True, False):
            try:
                self._connection.request("GET", address, headers=sent)
                answer = self._connection.getresponse()
                return answer.status, answer.read().decode()
            except (OSError, HTTPException):
                # A browser opens another one too, where the server has closed a connection that was idle.
                self._connection.close()
                if not again:
                    raise
        raise AssertionError


def seconds_of(pid: int) -> float:
    """Give how many seconds of a processor a process took, with those of its children that have ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        after_its_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_its_name[11:15])) / TICKS
    return 0.0


def seconds_of_server(pid: int) -> float:
    """Give what a process and its children took, those that run as well."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(seconds_of, [pid, *map(int, children)]))


def seconds_of_database() -> float:
    """Give what PostgreSQL's processes took for this database, but for the one that the test itself asks; else 0."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return sum(seconds_of(pid) for [pid] in cursor.fetchall())

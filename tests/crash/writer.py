"""One who writes while the server is killed: a process of its own, started as `python -m tests.crash.writer`.

Reads from its input what to do, as JSON, and keeps a journal: a line before it sends something for the first time, and
one when it was told that it is saved. What got no answer is sent again, the same form, until one comes.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from .pages import Answer, Browser, Form, NoAnswer, form_on

PAUSE_SECONDS = 0.05
# "Try again in a short while", of the app or of what stands before it.
CLOSED = {502, 503}


class TooLate(Exception):
    """No answer came until the time was over."""


class Writer:
    """Writes notes, and leaves some of them as drafts."""

    def __init__(self, task: dict[str, Any], journal: TextIO):
        self.browser = Browser(task["port"], task["cookies"])
        self.journal = journal
        self.until = time.monotonic() + task["seconds"]
        self.address = task["address"]

    def note(self, what: str, **facts: Any) -> None:
        """Write a line into the journal."""
        print(json.dumps({"what": what, "at": time.time(), **facts}), file=self.journal, flush=True)

    def persist(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until an answer comes that is one."""
        while time.monotonic() < self.until:
            try:
                answer = ask()
            except NoAnswer as error:
                self.note("no answer", error=str(error))
            else:
                if answer.status not in CLOSED:
                    return answer
                self.note("closed", words_came_back="<form" in answer.body)
            time.sleep(PAUSE_SECONDS)
        raise TooLate

    def write(self, words: str) -> None:
        """Write a note through the form, and save it."""
        form = self._open()
        fields = form.with_words(text=words)
        self.note("sent", key=form.value_of("draft_key"), words=words)
        answer = self.persist(lambda: self.browser.ask("POST", form.action, fields))
        if answer.status == 302:
            self.note("saved", key=form.value_of("draft_key"), words=words, location=answer.location)
        else:
            self.note("fault", status=answer.status, words=words)

    def leave_a_draft(self, words: str) -> None:
        """Type a note in three goes, each kept by itself, and never send it."""
        form = self._open()
        turn = int(form.value_of("draft_turn"))
        for go in range(1, 4):
            typed = " ".join([words, *["and more"] * go])
            fields = [*form.with_words(text=typed, draft_turn=turn + go), ("draft_base", str(turn))]
            self.note("typed", key=form.value_of("draft_key"), words=typed)
            answer = self.persist(lambda fields=fields: self._keep(form.autosave, fields))
            if answer.status == 200:
                self.note("kept", key=json.loads(answer.body)["key"], words=typed)
            else:
                self.note("fault", status=answer.status, words=typed)

    def _keep(self, address: str, fields: list[tuple[str, str]]) -> Answer:
        return self.browser.ask("POST", address, fields, **{"HX-Request": "true"})

    def _open(self) -> Form:
        """Open Write."""
        answer = self.persist(lambda: self.browser.ask("GET", self.address))
        form = form_on(answer.body, of="write", at=self.address)
        if form is None:
            raise SystemExit(f"{answer.status} instead of the form")
        return form


def main() -> None:
    """Do what the input says."""
    task = json.load(sys.stdin)
    with Path(task["journal"]).open("w") as journal:
        writer = Writer(task, journal)
        try:
            for number in range(task["posts"]):
                writer.write(f"{task['name']} wrote note {number}.\nIt has a second line, and “quotes”.")
                if number % task["draft_every"] == 0:
                    writer.leave_a_draft(f"{task['name']} typed draft {number}")
        except TooLate:
            writer.note("too late")
            raise SystemExit("the time was over") from None


if __name__ == "__main__":
    main()

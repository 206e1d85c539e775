"""The real server, as `make serve` starts it, on a port of its own; and ways to take it down."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.house.code import ROOT

from .pages import Browser, NoAnswer

PROCESSES = 2
READY_SECONDS = 60
STOP_SECONDS = 15


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def address_of_the_database() -> str:
    """Give the database that this test works on, as DATABASE_URL says it."""
    has = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{has['NAME']}"
    host, port = quote(has["HOST"] or "localhost", safe=""), f":{has['PORT']}" if has["PORT"] else ""
    password = f":{quote(has['PASSWORD'], safe='')}" if has["PASSWORD"] else ""
    return f"postgresql://{quote(has['USER'] or 'postgres', safe='')}{password}@{host}{port}/{quote(has['NAME'])}"


class Server:
    """Gunicorn with its processes, in a group of its own: nothing else is ever killed."""

    def __init__(self, folder: Path, **environment: str):
        self.port = free_port()
        self.log = folder / "server.log"
        self._process: subprocess.Popen | None = None
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "DJANGO_SETTINGS_MODULE": "learnpartner.settings",
            # Sessions are made by the test, and read here.
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "localhost",
            "HTTPS": "false",
            "SECOND_STEP_REQUIRED": "false",
            "DATABASE_URL": address_of_the_database(),
            "VAR_DIR": str(folder),
            "WEB_CONCURRENCY": str(PROCESSES),
            **environment,
        }

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ["-m", "gunicorn", "--config", "learnpartner/gunicorn.py", "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command, "learnpartner.wsgi"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + READY_SECONDS
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the server does not answer:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """Return the process that started the others."""
        assert self._process
        return self._process.pid

    def answers(self) -> bool:
        """Say whether it is up, and reaches its database."""
        with suppress(NoAnswer):
            return Browser(self.port, {}).ask("GET", "/healthz").status == 200
        return False

    def kill(self) -> None:
        """Take it down in the middle of whatever it does, all processes at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it end what it does, and go."""
        with suppress(subprocess.TimeoutExpired):
            self._end(signal.SIGTERM)
        self.kill()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait(STOP_SECONDS)

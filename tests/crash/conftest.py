"""A real server for the tests of this folder, and people who are signed in on it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from .pages import Browser
from .server import Server

MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory) -> Path:
    """Give a folder for the server, with the static files in it: not compressed, which takes most of the time."""
    folder = tmp_path_factory.mktemp("server")
    with override_settings(STATIC_ROOT=folder / "static", STORAGES=settings.STORAGES | {"staticfiles": MANIFEST}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def server(server_folder, file_database) -> Iterator[Server]:
    """Start the server on the database of this test, which both work on."""
    server = Server(server_folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def browser_of(server) -> Callable[[Any], Browser]:
    """Give the browser of somebody who is signed in on the server."""

    def signed_in(person: Any) -> Browser:
        return Browser(server.port, cookies_of(person))

    return signed_in


def cookies_of(person: Any) -> dict[str, str]:
    """Sign somebody in."""
    client = Client()
    client.force_login(person)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def figures() -> Callable[[str], None]:
    """Say a figure, for `make crash` to show at its end."""

    def say(words: str) -> None:
        if path := os.environ.get("CRASH_FIGURES"):
            with Path(path).open("a") as file:
                print(f"{connection.display_name}: {words}", file=file)

    return say

"""Production fails closed (5-promises, 5.2 and 5.4), and the database keeps what it has said it saved."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

from .code import ROOT

pytestmark = pytest.mark.once

PRODUCTION = {
    "SECRET_KEY": "a-long-secret-that-only-this-test-knows-0123456789-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "learn.example.org",
    "PATH": os.environ.get("PATH", ""),
}


def manage(*arguments, tmp_path, **environment):
    """Run manage.py as a server would, with this environment and nothing else of the tests'."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"VAR_DIR": str(tmp_path), "PYTHONWARNINGS": "error", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_without_it_nothing_starts_and_a_sentence_says_why(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    ran = manage("check", tmp_path=tmp_path, **environment)
    assert ran.returncode != 0
    assert f"{missing} is not set" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_empty_one_counts_as_missing(tmp_path):
    ran = manage("check", tmp_path=tmp_path, **PRODUCTION | {"SECRET_KEY": ""})
    assert ran.returncode != 0
    assert "SECRET_KEY is not set" in ran.stderr


def test_the_deployment_check_is_clean(tmp_path):
    ran = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION)
    assert ran.returncode == 0, ran.stderr


def test_debug_is_never_on(tmp_path):
    show = "from django.conf import settings; print(settings.DEBUG, settings.DEMO, settings.SECOND_STEP_REQUIRED)"
    ran = manage("shell", "-v", "0", "-c", show, tmp_path=tmp_path, **PRODUCTION | {"DEBUG": "true"})
    assert ran.stdout.split() == ["False", "False", "True"], ran.stderr


def test_cookies_are_for_this_host_alone_and_for_https(tmp_path):
    show = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_SSL_REDIRECT)"
    )
    ran = manage("shell", "-v", "0", "-c", show, tmp_path=tmp_path, **PRODUCTION)
    assert ran.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", *["True"] * 4, "Lax", "True"], ran.stderr


@pytest.mark.parametrize("query", ["?sslmode=require", "?host=/var/run/postgresql"])
def test_what_the_database_address_says_is_kept(query, tmp_path):
    """Losing `sslmode=require` would send everything in the clear, and nobody would be told."""
    show = "from django.conf import settings; print(sorted(settings.DATABASES['default']['OPTIONS']))"
    address = f"postgresql://app:secret@db.example.org/app{query}"
    ran = manage("shell", "-v", "0", "-c", show, tmp_path=tmp_path, **PRODUCTION | {"DATABASE_URL": address})
    assert query[1:].partition("=")[0] in ran.stdout, ran.stdout + ran.stderr


def test_the_policy_lets_no_inline_code_in():
    policy = settings.SECURE_CSP
    assert policy["default-src"] == [CSP.NONE]
    assert policy["base-uri"] == policy["frame-ancestors"] == [CSP.NONE]
    assert policy["form-action"] == [CSP.SELF]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed <= {CSP.NONE, CSP.SELF}
    names = [entry.rpartition(".")[2] for entry in settings.MIDDLEWARE]
    assert ContentSecurityPolicyMiddleware.__name__ in names


def test_no_request_waits_for_mail():
    from learnpartner import settings as project

    assert project.MAILERS["default"]["BACKEND"] == "desk.mail.OutboxBackend"
    assert project.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_a_logged_error_holds_no_local_variables():
    """A traceback that prints a reflection would put it into the log file."""
    import logging.config

    from learnpartner.settings import LOGGING

    formatter = LOGGING["formatters"]["json"]
    lines = []
    handler = logging.Handler()
    handler.setFormatter(formatter["()"](**{key: value for key, value in formatter.items() if key != "()"}))
    handler.emit = lambda record: lines.append(handler.format(record))
    logger = logging.getLogger("tests.of.logging")
    logger.addHandler(handler)
    logger.propagate = False

    def fails():
        reflection = "what I wrote about my manager"
        raise RuntimeError(len(reflection))

    try:
        fails()
    except RuntimeError:
        logger.exception("broke")
    finally:
        logger.removeHandler(handler)
    assert "broke" in lines[0]
    assert "RuntimeError" in lines[0]
    assert "my manager" not in lines[0]


def test_writers_queue_at_the_beginning(file_database):
    """On SQLite IMMEDIATE. On PostgreSQL no cursor outlives its transaction, for PgBouncer's sake."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"
    else:
        assert connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]

"""Runs `loop` in place of the tests themselves: `pytest -p tests.access.mutation.plugin`."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Take each clause away in turn, instead of running the tests as they are."""
    # A plugin is imported before Django is there.
    from .loop import run

    run(session)
    return True

"""No clause of the rules of who may read and do what is there for nothing: without it, some test goes red.

The tests of `targets` run in a process of their own, with one clause gone at a time. What no test can notice, since
nothing follows from it, is in `equivalent.py`, each with the reason. Each run asks for the heart of the rules;
`MUTATION=long` for all of them and for what is excused, and writes down what notices which clause: what did before is
asked first, or with `MUTATION_ANEW=yes` no test before another.
"""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.house.code import ROOT

from . import loop, targets
from .equivalent import EQUIVALENT

LONG = os.environ.get("MUTATION") == "long"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="It is about the rules, and not about the database.")
@pytest.mark.slow
def test_each_clause_is_missed(tmp_path):
    results = tmp_path / "results.json"
    known = [] if LONG else sorted(EQUIVALENT)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "--tb=no",
        "-p",
        "no:logging",
        "-p",
        "tests.access.mutation.plugin",
    ]
    environment = os.environ | {
        "MUTATION_RESULTS": str(results),
        "MUTATION_KNOWN": json.dumps(known),
        "MUTATION_ONLY": "" if LONG else ",".join(targets.HEART),
        "DATABASE_URL": f"sqlite:///{tmp_path}/mutation.sqlite3",
    }
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID", "PYTEST_ADDOPTS"):
        environment.pop(name, None)
    ran = subprocess.run(
        [*command, *targets.named_files()], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=3_600
    )
    assert results.exists(), ran.stdout[-3_000:] + ran.stderr[-3_000:]
    noticed = json.loads(results.read_text())
    missed = [words for words, by in noticed.items() if not by and words not in EQUIVALENT]
    if LONG:
        loop.NOTICED.write_text(json.dumps({words: by for words, by in noticed.items() if by}, indent=0) + "\n")
    assert not missed, "Nobody notices when this is gone:\n" + "\n".join(missed)
    excused = {words for words in EQUIVALENT if noticed.get(words)}
    assert not excused, "Excused, and noticed after all:\n" + "\n".join(sorted(excused))
    assert len(noticed) > (300 if LONG else 30)


def test_all_that_is_named_is_there():
    """Each rule that is named is in its module, and each clause that is excused is still one."""
    assert not targets.names_that_are_none()
    assert not set(EQUIVALENT) - {words for words, _changed, _files in loop.everything()}
    assert not [file for file in targets.named_files() if not (ROOT / file).exists()]

"""The tests that hold each rule, once for each of its clauses that is gone; in a process of its own, by `plugin`.

Tests are collected once, and kept in the order in which they last noticed something. What noticed which clause is kept
in `noticed.json`, so that it is asked first; where it notices no more, and for a clause that is not in there, all the
rule's tests are asked. `MUTATION_ANEW` forgets what is kept.
"""

import inspect
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from . import permissions, targets
from .clauses import Mutant, function_of, mutants_of

NOTICED = Path(__file__).with_name("noticed.json")


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """Let the rule be without its clause, for whoever holds on to it by whatever name."""
    function = function_of(mutant.module, mutant.rule)
    kept = function.__code__
    function.__code__ = mutant.code
    try:
        yield
    finally:
        function.__code__ = kept


def everything() -> Iterator[tuple[str, Callable[[], AbstractContextManager], tuple[str, ...]]]:
    """Give each clause in words, how it is taken away, and the files of tests that hold it."""
    for module, rule, files in targets.rules():
        for mutant in mutants_of(module, rule):
            yield str(mutant), partial(in_place, mutant), tuple(files)
    for words, changed in permissions.mutants():
        yield words, changed, targets.PERMISSIONS


def fails(item: pytest.Item, beside: pytest.Item | None) -> bool:
    """Run one test, and say whether it went red. What a test `beside` it needs as well is left standing."""
    item.session._setupstate.teardown_exact(item)
    item._initrequest()  # type: ignore[attr-defined]
    return any(report.failed for report in runtestprotocol(item, nextitem=beside, log=False))


def speaks_of(item: pytest.Item, words: str) -> bool:
    """Say whether the test names the rule that this clause is of."""
    rule = words.partition(": ")[0].rpartition(".")[2]
    return f"{rule.lstrip('_')}" in inspect.getsource(item.function)  # type: ignore[attr-defined]


def run(session: pytest.Session) -> None:
    """Take each clause away in turn, and write down what noticed it."""
    by_file: dict[str, list[pytest.Item]] = {}
    for item in session.items:
        by_file.setdefault(item.nodeid.partition("::")[0], []).append(item)
    by_id = {item.nodeid: item for item in session.items}
    beside = {
        item.nodeid: next((other for other in items if other is not item), None)
        for items in by_file.values()
        for item in items
    }
    noticed = {} if "MUTATION_ANEW" in os.environ else json.loads(NOTICED.read_text())
    only = os.environ.get("MUTATION_ONLY", "")
    known = set(json.loads(os.environ.get("MUTATION_KNOWN", "[]")))
    results: dict[str, str] = {}
    lately: list[str] = []
    # Tests that were green with nothing gone, and those that were not.
    sound: set[str] = set()
    unsound: set[str] = set()
    for words, changed, files in everything():
        if not words.startswith(tuple(only.split(","))) or words in known:
            continue
        own = [item for file in files for item in by_file.get(file, ())]
        # First what noticed it before, then what speaks of the rule by its name, then what noticed something lately.
        first = [noticed[words]] if noticed.get(words) in by_id else []
        close = [item.nodeid for item in own if speaks_of(item, words)]
        names = [item.nodeid for item in own]
        tests = dict.fromkeys([*first, *close, *(name for name in lately if name in names), *names])
        results[words] = ""
        for name in (name for name in tests if name not in unsound):
            with changed():
                red = fails(by_id[name], beside[name])
            # A test that is red with nothing gone has noticed nothing, and is asked no more.
            if red and name not in sound:
                (unsound if fails(by_id[name], beside[name]) else sound).add(name)
            if red and name in sound:
                results[words] = name
                lately = [name, *(other for other in lately if other != name)]
                break
        with Path(os.environ["MUTATION_RESULTS"]).with_suffix(".log").open("a") as log:
            log.write(f"{results[words] or 'GREEN'}  {words}\n")
    # Nothing that was taken away has stayed away, nor left anything behind by which these are red.
    spoilt = [name for name in sorted(sound) if fails(by_id[name], beside[name])]
    if spoilt:
        raise pytest.UsageError(f"Red with nothing gone, in the end: {spoilt}")
    session._setupstate.teardown_exact(None)
    Path(os.environ["MUTATION_RESULTS"]).write_text(json.dumps(results, indent=0, sort_keys=True))

"""The dictionary of what duties may do, with one entry gone, or given to everybody who has less."""

import ast
import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from unittest.mock import patch

from partnerships import permissions

from .clauses import said, tree_of_module

# From the least to the most; each holds what the one before it holds.
SETS = ("MEMBER", "LEARNING_PARTNER", "STEWARD")


def mutants() -> Iterator[tuple[str, Callable[[], AbstractContextManager]]]:
    """Give each entry that is gone, in words and in place; and each that comes with less than it should."""
    tree = tree_of_module("partnerships.permissions")
    assignments = [node for node in tree.body if isinstance(node, ast.Assign) and said(node.targets[0]) in SETS]
    for number, node in enumerate(assignments):
        for entry in _entries(node):
            name = said(node.targets[0])
            yield (
                f"partnerships.permissions.{name}: without `{said(entry)}`",
                partial(_set, assignments, number, entry, -1),
            )
            if number:
                less = said(assignments[number - 1].targets[0])
                yield (
                    f"partnerships.permissions.{less}: `{said(entry)}` as well",
                    partial(_set, assignments, number, entry, 1),
                )


def _entries(node: ast.AST) -> list[ast.expr]:
    return next(inner.elts for inner in ast.walk(node) if isinstance(inner, ast.Set))


def _set(assignments: list[ast.Assign], number: int, entry: ast.expr, sign: int) -> AbstractContextManager:
    """Give the sets without the entry, or with it in the one before: worked out anew, as they build on each other."""
    changed = copy.deepcopy(assignments)
    if sign < 0:
        entries = _entries(changed[number])
        entries[:] = [other for other in entries if said(other) != said(entry)]
    else:
        _entries(changed[number - 1]).append(copy.deepcopy(entry))
    held = dict(vars(permissions))
    exec(compile(ast.fix_missing_locations(ast.Module(changed, [])), "<permissions>", "exec"), held)  # type: ignore[arg-type]
    return patch.multiple(permissions, **{name: held[name] for name in SETS})

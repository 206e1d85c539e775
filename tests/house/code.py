"""Where the house's code lies, for the tests that walk through all of it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
# A floor imports from lower floors only, and never sideways on floor 4 (2-architecture, 2.3).
FLOORS = {
    "desk": 0,
    "accounts": 1,
    "partnerships": 2,
    "records": 3,
    "reflections": 4,
    "convening": 4,
    "cycles": 4,
    "conversing": 4,
    "curating": 4,
    "landscape": 5,
    "home": 6,
}
PLUMBING = "learnpartner"
# The project's entrance knows all rooms by name; nothing else in the plumbing does.
ENTRANCE = {"settings.py", "urls.py", "wsgi.py"}


def python_files(*folders: str, migrations: bool = False) -> Iterator[Path]:
    """Give the Python files of these folders of the project; of all its rooms where none is named."""
    for folder in folders or (*FLOORS, PLUMBING):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """Read a file as Python does."""
    return ast.parse(path.read_text(), filename=str(path))


def short(path: Path) -> str:
    """Name a file as a person would."""
    return str(path.relative_to(ROOT))


def imports_in(path: Path) -> Iterator[tuple[str, int]]:
    """Give every module that the file imports, inside functions too, with its line."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield module, node.lineno
            for name in node.names:
                yield f"{module}.{name.name}", node.lineno


def decorators_of(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Give a function's decorators by their last name: require_http_methods, atomic."""
    found = {}
    for decorator in function.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = target.attr if isinstance(target, ast.Attribute) else target.id
        found[name] = decorator
    return found

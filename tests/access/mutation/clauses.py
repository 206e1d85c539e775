"""What a rule is made of, read from its source, and the rule without one piece of it."""

import ast
import copy
import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from django.apps import apps

from tests.house.code import FLOORS, tree_of

NARROWS = {"filter", "exclude"}
Change = Callable[[], ast.AST | None]


@dataclass(frozen=True)
class Mutant:
    """A rule without one of its clauses: where it stands, what is gone, and the code that does without it."""

    module: str
    rule: str
    gone: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}.{self.rule}: {self.gone}"


@cache
def words_that_narrow() -> frozenset[str]:
    """Give the words of our querysets that leave something out, and Django's own."""
    found = set(NARROWS)
    for model in apps.get_models():
        if model._meta.app_label in FLOORS:
            for name, word in inspect.getmembers(type(model._default_manager.all()), inspect.isfunction):
                if word.__module__.split(".")[0] in FLOORS and _narrows(word):
                    found.add(name)
    return frozenset(found)


def _narrows(word: FunctionType) -> bool:
    source = inspect.getsource(word)
    return any(f".{name}(" in source for name in NARROWS) and "annotate(" not in source


def function_of(module: str, rule: str) -> FunctionType:
    """Give the function that a rule is, whatever is wrapped around it."""
    found: Any = import_module(module)
    for name in rule.split("."):
        found = inspect.getattr_static(found, name)
    if isinstance(found, cached_property):
        found = found.func
    elif isinstance(found, property):
        found = found.fget
    return inspect.unwrap(getattr(found, "__func__", found))


def rules_in(module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give the functions and methods of a module, each with its source."""
    for node in tree_of_module(module).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def tree_of_module(module: str) -> ast.Module:
    return tree_of(Path(str(import_module(module).__file__)))


def mutants_of(module: str, rule: str) -> Iterator[Mutant]:
    """Give the rule without each of its clauses; what comes out the same is given once."""
    source = copy.deepcopy(dict(rules_in(module))[rule])
    # What an argument's type is, nobody asks while it runs.
    for arg in (*source.args.args, *source.args.kwonlyargs):
        arg.annotation = None
    if said(source.returns) != "bool":
        source.returns = None
    seen = {ast.unparse(source)}
    called: Counter[str] = Counter()
    for number, node in enumerate(ast.walk(source)):
        for variant in range(len(list(_changes(source, node)))):
            function = copy.deepcopy(source)
            gone = _weaken(function, number, variant)
            without = ast.unparse(function)
            if without not in seen:
                seen.add(without)
                called[gone] += 1
                times = f" ({called[gone]})" if called[gone] > 1 else ""
                yield Mutant(module, rule, gone + times, _compiled(function, rule))


def _compiled(function: ast.FunctionDef, rule: str) -> CodeType:
    """Compile a function where it stands: by itself, or in its class."""
    within, _, name = rule.rpartition(".")
    body = [ast.ClassDef(within, [], [], [function], [])] if within else [function]
    module = ast.fix_missing_locations(ast.Module(body, []))  # type: ignore[arg-type]
    found = _code_called(name, compile(module, f"<{rule}, weakened>", "exec"))
    return found.replace(co_qualname=rule)


def _code_called(name: str, code: CodeType) -> CodeType:
    """Find the code of that name; a generic function lies one deeper."""
    inside = [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return next((inner for inner in inside if inner.co_name == name), None) or _code_called(name, inside[0])


def _weaken(function: ast.FunctionDef, number: int, variant: int) -> str:
    """Take the clause of that number away, in place, and say what is gone."""
    node = list(ast.walk(function))[number]
    gone, change = list(_changes(function, node))[variant]
    instead = change()
    if instead is not None:
        _put(function, node, instead)
    return gone


def _put(function: ast.FunctionDef, node: ast.AST, instead: ast.AST) -> None:
    for parent in ast.walk(function):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, instead)
            elif isinstance(value, list) and any(item is node for item in value):
                value[next(at for at, item in enumerate(value) if item is node)] = instead


def _changes(function: ast.FunctionDef, node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Give the ways in which a piece of source can be left out."""
    match node:
        case ast.BinOp(left=left, right=right, op=ast.BitAnd() | ast.BitOr()):
            yield f"without `{said(left)}`", lambda: right
            yield f"without `{said(right)}`", lambda: left
        case ast.AugAssign(op=ast.BitAnd() | ast.BitOr()):
            yield f"without `{said(node)}`", ast.Pass
        case ast.UnaryOp(op=ast.Invert() | ast.Not(), operand=operand):
            yield f"`{said(operand)}` in place of its opposite", lambda: operand
        case ast.BoolOp(values=values):
            for value in values:
                rest = [other for other in values if other is not value]
                instead = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)  # type: ignore[attr-defined]
                yield f"without `{said(value)}`", lambda instead=instead: instead
        case ast.If(test=test):
            yield f"never `if {said(test)}`", lambda: setattr(node, "test", ast.Constant(False))
            if not _refuses(node):
                yield f"always `if {said(test)}`", lambda: setattr(node, "test", ast.Constant(True))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"always as if `{said(test)}`", lambda: body
            yield f"never as if `{said(test)}`", lambda: orelse
        case ast.comprehension(ifs=ifs):
            for test in ifs:
                yield f"without `if {said(test)}`", lambda test=test: ifs.remove(test)  # type: ignore[misc]
        case ast.Call() if not _is_one_of_several(function, node):
            yield from _changes_of_call(node)
        case ast.Return(value=value) if value is not None and said(function.returns) == "bool":
            yield f"always `True`, and not `{said(value)}`", lambda: setattr(node, "value", ast.Constant(True))


def _changes_of_call(call: ast.Call) -> Iterator[tuple[str, Change]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    # A word of Django's with one condition is the condition; a longer one is looked at in its pieces.
    if name in {*NARROWS, "Q"}:
        for keyword in call.keywords:
            yield f"without `{said(keyword)}`", lambda keyword=keyword: call.keywords.remove(keyword)  # type: ignore[misc]
        for arg in call.args:
            yield f"without `{said(arg)}`", lambda arg=arg: call.args.remove(arg)  # type: ignore[misc]
    if isinstance(call.func, ast.Attribute) and name in words_that_narrow() - NARROWS:
        value = call.func.value
        yield f"without `.{name}({said(call)[len(said(value)) + len(name) + 2 :]}", lambda: value


def _is_one_of_several(function: ast.FunctionDef, call: ast.Call) -> bool:
    """Say whether it is a `Q` with one condition beside others: then the whole of it is left out already."""
    if said(call.func) != "Q" or len(call.keywords) != 1:
        return False
    around = (node for node in ast.walk(function) if call in ast.iter_child_nodes(node))
    return isinstance(next(around), ast.BinOp | ast.Call | ast.UnaryOp)


def _refuses(node: ast.If) -> bool:
    """Say whether it ends with nothing: with no such page, no, or none."""
    last = node.body[-1]
    if isinstance(last, ast.Raise):
        return True
    return isinstance(last, ast.Return) and said(last.value) in {"self.none()", "None", "False", "''", "{}", "[]"}


def said(node: ast.AST | None) -> str:
    """Give a piece of source in one line."""
    return ast.unparse(node) if node is not None else ""

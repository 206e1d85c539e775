"""The house's manners (2-architecture, 2.4 and 2.5), where a machine can see them.

One way to move a record, one shape of views and actions, a closed list of open pages, no signals, no endless files.
"""

import ast
import subprocess

import pytest
from django.urls import URLPattern, get_resolver

from .code import FLOORS, PLUMBING, ROOT, decorators_of, imports_in, python_files, short, tree_of

pytestmark = pytest.mark.once

MOST_LINES = 400
# Pages that people see without signing in. Whoever adds one decides it here.
OPEN_VIEWS = {
    "home:help",
    "home:accessibility",
    "home:privacy",
    "home:styleguide",
    "home:healthz",
    # From a mail, with one button; mail programs post there by themselves.
    "partnerships:unsubscribe",
    # Whoever has the link of the mail: what one joins is read before there is an account.
    "partnerships:invitation-detail",
    "partnerships:invitation-accept",
    "partnerships:invitation-decline",
    # Who holds the address of a session that runs, and has no account.
    "convening:guest-join",
    "convening:guest-live",
    "convening:guest-write",
    "convening:guest-note",
    # Calendar programs read there, by a secret address.
    "convening:calendar-feed",
    "account_login",
    "account_signup",
    "account_inactive",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # Shows the link to the sign-in page, and nothing else, to who is signed out.
    "account_logout",
    "account_reauthenticate",
    "admin:login",
}
# Moving a record is the business of one module.
PLACE = {"space", "space_id", "shared_at", "attribution", "withdrawn_at", "folded_at", "set_aside_at"}
PLACED_IN = {
    "records/placing.py",
    "records/actions/sharing.py",
    # The demo's words are dataclasses with a `space` of their own, which is no record's; invitations are withdrawn too.
    "home/demo/words.py",
    "partnerships/models/invitations.py",
}


def functions_in(path):
    return [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def all_patterns(patterns=None, namespace=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern.url_patterns, inner)


def is_actions(path):
    """Say whether the file holds actions: `actions.py`, or one of the folder of that name."""
    return path.name == "actions.py" or path.parent.name == "actions"


def our_views():
    for name, pattern in all_patterns():
        if pattern.callback.__module__.partition(".")[0] in FLOORS:
            yield name, pattern


def test_views_are_functions_that_say_their_methods():
    faults = []
    for path in python_files():
        if path.name != "views.py" and "views" not in path.parts:
            continue
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef):
                faults.append(f"{short(path)}:{node.lineno} is a class")
    served = {(pattern.callback.__module__, pattern.callback.__name__) for _name, pattern in our_views()}
    for module, name in served:
        path = ROOT / (module.replace(".", "/") + ".py")
        function = next((node for node in functions_in(path) if node.name == name), None)
        if function is None:
            # Django's admin site: methods of a class that is Django's.
            assert module == "accounts.admin_site", module
            continue
        if not {"require_http_methods", "require_GET", "require_POST", "require_safe"} & set(decorators_of(function)):
            faults.append(f"{short(path)}:{function.lineno} {name} does not say its methods")
    assert not faults, "\n".join(faults)


def test_views_are_named_after_their_addresses():
    """`app:noun-verb` is the view `noun_verb`, or `noun_page` where the noun is a Python builtin."""
    faults = []
    for name, pattern in our_views():
        if pattern.callback.__module__ == "accounts.admin_site":
            continue
        expected = name.partition(":")[2].replace("-", "_")
        if pattern.callback.__name__ not in {expected, f"{expected}_page"}:
            faults.append(f"{name} is {pattern.callback.__name__}")
    assert not faults, faults


def test_actions_are_keyword_only_and_say_who_acts():
    """What changes something takes `by`; one thing may come first without a name (`share(record, space=…)`)."""
    faults = []
    for path in python_files(*FLOORS):
        if not is_actions(path):
            continue
        for function in functions_in(path):
            if function.name.startswith("_"):
                continue
            arguments = function.args
            if "by" not in {argument.arg for argument in arguments.kwonlyargs}:
                faults.append(f"{short(path)}:{function.lineno} {function.name} has no `by`")
            positional = [argument.arg for argument in arguments.args]
            if positional not in ([], ["record"]):
                faults.append(f"{short(path)}:{function.lineno} {function.name} takes {positional} by position")
    assert not faults, "\n".join(faults)


def test_actions_are_one_transaction_each():
    """Each is atomic, or hands on to one that is (as `write` does to `save_new`)."""
    hands_on = {"reflections/actions/writing.py:write"}
    faults = [
        f"{short(path)}:{function.name}"
        for path in python_files(*FLOORS)
        if is_actions(path)
        for function in functions_in(path)
        if not function.name.startswith("_") and "atomic" not in decorators_of(function)
    ]
    assert set(faults) <= hands_on, faults


def test_only_the_actions_of_records_place_a_record():
    faults = []
    for path in python_files(*FLOORS):
        # The demo's words are dataclasses with a `space` of their own, which is no record's; invitations are withdrawn
        # as well.
        if short(path) in {
            "records/folding.py",
            "records/placing.py",
            "records/actions/sharing.py",
            "home/demo/words.py",
            "partnerships/models/invitations.py",
        }:
            continue
        for node in ast.walk(tree_of(path)):
            targets = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AugAssign | ast.AnnAssign):
                targets = [node.target]
            for target in (inner for outer in targets for inner in ast.walk(outer)):
                if isinstance(target, ast.Attribute) and target.attr in PLACE:
                    faults.append(f"{short(path)}:{node.lineno} assigns .{target.attr}")
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
                "update",
                "bulk_update",
                "bulk_create",
            }:
                names = {keyword.arg for keyword in node.keywords} & PLACE
                faults += [f"{short(path)}:{node.lineno} updates {name}" for name in names]
    assert not faults, "\n".join(faults)


def test_records_are_found_through_the_rule_only():
    """`Record.objects` and its kinds' start `.visible_to(…)`, or stand in an action.

    The check of the data looks at all rows, for keys only; no page calls it.
    """
    kinds = {"Record", "Response", "Reflection", "model"}
    faults = []
    for path in python_files("records", "reflections", "home", "partnerships", "desk", "accounts"):
        if (
            is_actions(path)
            or path.name in {"checks.py", "versions.py"}
            or "management" in path.parts
            or "demo" in path.parts
        ):
            continue
        parents = {child: node for node in ast.walk(tree_of(path)) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree_of(path)):
            if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}):
                continue
            if not (isinstance(node.value, ast.Name) and node.value.id in kinds):
                continue
            follows = parents.get(node)
            if not (isinstance(follows, ast.Attribute) and follows.attr == "visible_to"):
                faults.append((short(path), follows.attr if isinstance(follows, ast.Attribute) else "?"))
    # Whether the person has answered a question already: their own words only.
    assert set(faults) <= {("home/needs.py", "filter")}, faults


def test_no_raw_sql_beside_two_checks_and_the_rebuilding_of_the_search_index():
    faults = []
    for path in python_files(*FLOORS):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"raw", "extra", "cursor", "RawSQL"}:
                faults.append(f"{short(path)}:{node.attr}")
    # One statement each, with nothing in it that somebody typed.
    assert faults == [
        "desk/durability.py:cursor",
        "records/management/commands/reindex.py:cursor",
        # Asked thirty times a second; the ORM puts it together, once.
        "convening/live/polling.py:cursor",
        "home/views.py:cursor",
    ]


def test_no_signals_of_our_own():
    faults = [
        f"{short(path)}:{line} {module}"
        for path in python_files()
        for module, line in imports_in(path)
        if "signals" in module or module.startswith("django.dispatch")
    ]
    assert not faults, faults


def test_open_views_are_a_closed_list():
    """Everything else asks for signing in: LoginRequiredMiddleware does, wherever a view does not say otherwise."""
    open_views = {name for name, pattern in all_patterns() if not getattr(pattern.callback, "login_required", True)}
    assert open_views - OPEN_VIEWS == set(), "open, and not declared"
    assert {name for name in OPEN_VIEWS - open_views if name.startswith("home:")} == set(), "declared, and not open"


def test_everyone_is_asked_to_sign_in_by_the_middleware(settings):
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.parametrize("suffix", ["py", "html", "css", "js"])
def test_no_file_is_longer_than_400_lines(suffix):
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", f"*.{suffix}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    faults = []
    for name in filter(None, listed):
        path = ROOT / name
        if {"migrations", "vendor"} & set(path.parts) or not path.exists():
            continue
        lines = len(path.read_text().splitlines())
        if lines > MOST_LINES:
            faults.append(f"{name}: {lines} lines")
    assert not faults, faults


def test_every_page_that_is_not_open_names_no_way_around():
    """Nothing switches the protection off: no csrf_exempt, no xframe exemption, no cached pages."""
    # Mail programs unsubscribe without a form (RFC 8058): this one view, whose link is signed and does nothing else.
    exempt = ("partnerships/views/mail.py", "unsubscribe")
    found = [
        (short(path), function.name)
        for path in python_files()
        for function in functions_in(path)
        if "csrf_exempt" in decorators_of(function)
    ]
    assert found == [exempt]
    banned = {"csrf_exempt", "xframe_options_exempt", "cache_page", "mark_safe", "SafeString", "csp_override"}
    faults = [
        f"{short(path)}:{line} {module}"
        for path in python_files()
        for module, line in imports_in(path)
        if module.rpartition(".")[2] in banned
        and (short(path), module) != (exempt[0], "django.views.decorators.csrf.csrf_exempt")
    ]
    assert not faults, faults


def test_the_plumbing_has_no_models():
    assert not (ROOT / PLUMBING / "models.py").exists()

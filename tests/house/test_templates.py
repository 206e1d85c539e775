"""What templates may hold (5-promises, 5.2): no way around escaping, no inline code, no form without a token.

And everything works without JavaScript, since each hx-get and hx-post stands beside an href or action.
"""

import ast
import re
from html.parser import HTMLParser

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from .code import ROOT, python_files, short, tree_of

pytestmark = pytest.mark.once

TEMPLATES = ROOT / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html"))
ALL = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".xml", ".svg"})
# Filters and tags that let words through as code, or that the CSP forbids.
BANNED = {
    "safe": re.compile(r"\|\s*(safe|safeseq|escapejs)\b"),
    "autoescape": re.compile(r"{%\s*autoescape\s+off"),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "hx-on": re.compile(r"\b(data-)?hx-on\b", re.I),
    "hx-vals with code": re.compile(r"\b(js|javascript):", re.I),
    "hx-eval": re.compile(r"\bhx-(vars|disinherit|ext)\b", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "debug": re.compile(r"{%\s*debug\b"),
    "other host": re.compile(r"(src|href)=\"(https?:)?//", re.I),
}


def short_name(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("name", BANNED)
def test_no_template_holds(name):
    # Plain text mails are not HTML: there, `autoescape off` is right and has no way to do harm.
    faults = [
        f"{short_name(path)}:{number}: {line.strip()[:90]}"
        for path in PAGES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if BANNED[name].search(line)
    ]
    assert not faults, "\n".join(faults)


def test_no_script_stands_in_a_page():
    """Every script element has a src, or holds data."""
    faults = []
    for path in PAGES:
        for tag, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", path.read_text(), re.S):
            if "src=" not in tag and not ('type="application/json"' in tag and body.strip().startswith("{")):
                faults.append(f"{short_name(path)}: <script{tag}>")
    assert not faults, faults


def test_no_python_marks_text_as_safe():
    faults = []
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            name = getattr(node, "id", getattr(node, "attr", ""))
            if name in {"mark_safe", "SafeString", "SafeText", "html_safe"}:
                faults.append(f"{short(path)}:{node.lineno}")
    assert not faults


def without_django(text):
    """Take tags, variables and comments out, so that HTML is left."""
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", text, flags=re.S)
    return re.sub(r"{%.*?%}|{{.*?}}", "x", text, flags=re.S)


class Elements(HTMLParser):
    """Collects start tags with their attributes, and forms with what stands in them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), self.getpos()[0]))


def elements(path):
    parser = Elements()
    parser.feed(without_django(path.read_text()))
    return parser.found


def test_every_htmx_request_works_without_it():
    faults = []
    for path in PAGES:
        for tag, attributes, line in elements(path):
            if {"hx-put", "hx-patch", "hx-delete"} & set(attributes):
                faults.append(f"{short_name(path)}:{line} a method that no form has")
            # A radio or a box inside a form asks for a preview; the form has its action.
            in_a_form = tag in {"input", "select", "fieldset"} or "<form" in path.read_text()
            # A page that asks by itself what is new is loaded again without a script.
            asks_itself = "data-poll" in attributes
            works_without = {"href", "action", "formaction"} & set(attributes) or in_a_form or asks_itself
            if "hx-get" in attributes and not works_without:
                faults.append(f"{short_name(path)}:{line} hx-get without href or action")
            if "hx-post" in attributes and not {"action", "formaction"} & set(attributes):
                faults.append(f"{short_name(path)}:{line} hx-post without action")
    assert not faults, "\n".join(faults)


def test_every_form_that_posts_has_a_token():
    faults = []
    for path in PAGES:
        for attributes, body in re.findall(r"<form\b([^>]*?)>(.*?)</form>", path.read_text(), re.S):
            if 'method="post"' in attributes.lower() and "{% csrf_token %}" not in body and "{{ form }}" not in body:
                faults.append(f"{short_name(path)}: {attributes.strip()[:70]}")
    assert not faults, "\n".join(faults)


def test_no_form_that_only_asks_carries_a_token():
    """A token in an address would stand in histories and logs."""
    faults = [
        short_name(path)
        for path in PAGES
        for attributes, body in re.findall(r"<form\b([^>]*?)>(.*?)</form>", path.read_text(), re.S)
        if 'method="post"' not in attributes.lower() and "{% csrf_token %}" in body
    ]
    # allauth draws its forms through one element, which has the method in a variable.
    assert [name for name in faults if not name.startswith("allauth/")] == []


@pytest.mark.parametrize("path", ALL, ids=short_name)
def test_it_compiles(path):
    try:
        get_template(short_name(path))
    except TemplateSyntaxError as error:
        pytest.fail(f"{short_name(path)}: {error}")


def _named_in_code():
    """Give every string in the project's code and templates that may name a template."""
    names = set()
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value.partition("#")[0])
    for path in ALL:
        names.update(re.findall(r"[\"']([\w./-]+\.(?:html|txt|svg|xml))", path.read_text()))
    return names


# Django and allauth look for these by name; Django's errors, and the widgets of forms.
LOOKED_FOR = (
    "account/",
    "emails/",
    "mfa/",
    "usersessions/",
    "allauth/",
    "django/",
    "admin/",
    "400.html",
    "403.html",
    "404.html",
    "403_csrf.html",
    "429.html",
    "500.html",
)


def test_every_template_is_used():
    # The guide of the parts names those that wait for the issues to come.
    guide = (ROOT / "docs/interface.md").read_text()
    parts = {f"components/{name}" for name in re.findall(r"`([\w-]+\.html)`", guide)}
    named = _named_in_code() | parts | set(re.findall(r"`(forms/[\w-]+\.html)`", guide))
    faults = [
        short_name(path)
        for path in ALL
        if short_name(path) not in named and not short_name(path).startswith(LOOKED_FOR)
    ]
    assert not faults, f"used by nothing: {faults}"


def test_every_template_that_is_named_exists():
    """Names in Python and in templates lead somewhere; those with a variable part are left out."""
    faults = []
    for name in _named_in_code():
        if re.fullmatch(r"[a-z_]+(/[\w-]+)+\.(html|txt)|[\w]+\.html", name):
            try:
                get_template(name)
            except TemplateSyntaxError:
                continue
            except Exception:
                faults.append(name)
    assert not faults, faults


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', (ROOT / "static/icons/icons.svg").read_text()))
    named = set()
    for path in PAGES:
        text = path.read_text()
        named.update(re.findall(r'icon\.html"\s+with\s+name="([\w-]+)"', text))
        named.update(re.findall(r"icons\.svg'\s*%}#([\w-]+)\"", text))
    assert named - drawn == set()

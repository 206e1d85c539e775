"""Every word that the app says can be translated: text in templates stands within translate tags, and labels in Python
are wrapped. A heuristic: it looks at text that people see, and leaves out the style guide, which shows parts.
"""

import ast
import re
from html.parser import HTMLParser

import pytest

from .code import python_files, short, tree_of
from .test_templates import PAGES, short_name

pytestmark = pytest.mark.once

# The name of the product, and signs.
NOT_WORDS = {"learnpartner", "svg", "e", "g"}
SEEN = {"alt", "title", "aria-label", "placeholder"}
TRANSLATED = re.compile(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", re.S)
COMMENTS = re.compile(
    r"{%\s*block body_class\s*%}.*?{%\s*endblock|{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|{%.*?%}|{{.*?}}", re.S
)


class Words(HTMLParser):
    """Collects text, and the attributes that people see or hear."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style"}:
            self.inside.append(tag)
        for name, value in attrs:
            if name in SEEN and value:
                self.look_at(value)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.look_at(data)

    def look_at(self, text):
        words = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word.lower() not in NOT_WORDS]
        if words:
            self.found.append((self.getpos()[0], " ".join(text.split())[:70]))


def test_what_templates_say_can_be_translated():
    faults = []
    for path in PAGES:
        # The second holds attributes for a form's tag, and no text of its own.
        if path.name in {"styleguide.html", "_kept_form_attributes.html"}:
            continue
        parser = Words()
        parser.feed(COMMENTS.sub("", TRANSLATED.sub("", path.read_text())))
        faults += [f"{short_name(path)}:{line}: {text}" for line, text in parser.found]
    assert not faults, "\n".join(faults)


def test_labels_in_python_can_be_translated():
    """`label=`, `help_text=` of forms, messages, and what ValidationError says."""
    faults = []
    for path in python_files():
        if path.name in {"models.py", "settings.py"} or "models" in path.parts or "management" in path.parts:
            continue
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = [
                keyword.value for keyword in node.keywords if keyword.arg in {"label", "help_text", "hint", "button"}
            ]
            if name in {"ValidationError", "add_error"} or (
                name in {"success", "info", "error", "warning"} and getattr(node.func.value, "id", "") == "messages"
            ):
                said += node.args
            faults += [
                f"{short(path)}:{value.lineno}: {value.value[:60]}"
                for value in said
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value
            ]
    assert not faults, "\n".join(faults)

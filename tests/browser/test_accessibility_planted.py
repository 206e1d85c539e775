"""The look at every page sees what is planted for it: also what is wrong in one light or at one width only."""

import pytest
from django.urls import reverse

from .looking import look_at

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLANT = """([style, html]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
}"""
PLACES = {"320", *(place for width in ("390", "1280") for place in (width, f"{width} light", f"{width} dark"))}
# What is planted: its style, its markup, what must be found, and where (nowhere else).
NARROW = "(max-width: 400px)"
DARK = "(prefers-color-scheme: dark)"
PLANTED = {
    "a colour that is too weak in the dark": (
        f"@media {DARK} {{ .planted {{ color: #3A3F45 }} }}",
        "<p class='planted'>Hardly to be read</p>",
        "color-contrast",
        {"1280 dark", "390 dark"},
    ),
    "a colour that is too weak in the dark on a phone": (
        f"@media {DARK} and {NARROW} {{ .planted {{ color: #3A3F45 }} }}",
        "<p class='planted'>Hardly to be read</p>",
        "color-contrast",
        {"390 dark"},
    ),
    "the colours of many a text, on a ground that does not carry them": (
        ".planted { background: #55606B }",
        "<p>As all others</p><div class='planted'><p>As all others</p></div>",
        "color-contrast",
        {"1280 light", "390 light"},
    ),
    "the same text, laid over something else": (
        ".planted { position: relative } .planted div { height: 3rem; background: #55606B }"
        ".planted p { position: absolute; inset: 0.5rem }",
        "<div class='planted'><p>As all others</p></div><div class='planted'><div></div><p>As all others</p></div>",
        "color-contrast",
        {"1280 light", "390 light"},
    ),
    "a box without a label": ("", "<input class='input'>", "label", {"1280", "390"}),
    "a button without a name on a phone": (
        f".planted {{ display: none }} @media {NARROW} {{ .planted {{ display: block }} }}",
        "<button class='button planted'></button>",
        "button-name",
        {"390"},
    ),
    "a link that is too small on a phone": (
        f".planted {{ display: inline-block; height: 30px }} @media {NARROW} {{ .planted {{ height: 20px }} }}",
        "<p><a class='planted' href='/help/'>Help</a></p>",
        "20 px",
        {"390"},
    ),
    "targets that are too near to each other on a phone": (
        ".planted { display: inline-block; width: 30px; height: 30px; margin: 0 }"
        f"@media {NARROW} {{ .planted {{ width: 12px; height: 12px }} }}",
        "<p><span class='planted' role='button' tabindex='0'>A</span>"
        "<span class='planted' role='button' tabindex='0'>B</span></p>",
        "target-size",
        {"390"},
    ),
    "a page that is too wide for a small phone": (
        ".planted { width: 350px; height: 1rem }",
        "<div class='planted'></div>",
        "sideways",
        {"320"},
    ),
}


def test_the_look_at_every_page_sees_what_is_planted(visit, gathered_anew):
    page = visit()
    page.goto(reverse("home:help"))
    assert not look_at(page, "help")
    missed = []
    for name, (style, html, rule, where) in PLANTED.items():
        page.goto(reverse("home:help"))
        page.evaluate(PLANT, [style, html])
        faults = [fault.removeprefix("planted ") for fault in look_at(page, "planted") if rule in fault]
        found = {place for fault in faults for place in PLACES if fault.startswith(f"{place}:")}
        if found != where:
            missed.append(f"{name}: found at {sorted(found)}, not at {sorted(where)}: {faults}")
    assert not missed, "\n".join(missed)

"""How a page is looked at: on a phone and on a desk, in light and in dark, by an engine and by measures of our own."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

# Where to put a picture of every page, for people to look at; nowhere unless somebody asks.
PICTURES = os.environ.get("BROWSER_PICTURES", "")
# Of each finding: which rule, and what on the page. `target-size` is WCAG 2.2's, which axe leaves off.
EVERYTHING_BUT_COLOURS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
GRAVE = {"serious", "critical"}
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > wide + 1 && !element.closest(".scroll"))
    .map((element) => `${element.localName}.${element.className}`).slice(0, 5)
    .concat(`${document.documentElement.scrollWidth} px wide`);
}"""
# Buttons are 44 px at least; all else that is pressed, 24, unless it stands within a sentence.
SMALL_TARGETS = """() => {
  const faults = [];
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const element of document.querySelectorAll(pressed)) {
    if (!element.checkVisibility({visibilityProperty: true}) || element.closest(".visually-hidden, .skip")) continue;
    const label = element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : null;
    const box = (label ?? element).getBoundingClientRect();
    if (!box.width) continue;
    const inSentence = getComputedStyle(element).display === "inline"
      && [...element.parentElement.childNodes].some(({nodeType, data}) => nodeType === 3 && data.trim().length > 1);
    const least = element.matches(".button") ? 44 : 24;
    if (!inSentence && (box.height < least - 0.5 || box.width < Math.min(least, 24) - 0.5)) {
      faults.push(`${element.localName} "${(element.innerText || element.name || "").trim().slice(0, 30)}" is `
        + `${Math.round(box.width)} by ${Math.round(box.height)} px`);
    }
  }
  return faults;
}"""
# To judge colours takes longer than all other rules together, and most of a page looks like the page before it: so what
# looks the same is judged once. A look is all that makes the colours of a text: its own, and what lies around and
# under it.
LOOKS = """() => {
  const drawn = (element) => {
    const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(element);
    const kind = `${element.localName}.${element.className?.baseVal ?? element.className}`;
    return [kind, backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join(" ");
  };
  const drawings = new Map();
  const look = (element) => {
    if (!drawings.has(element)) drawings.set(element, drawn(element));
    return drawings.get(element);
  };
  window.looked = new Map();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].filter(({nodeType}) => nodeType === 3).map(({data}) => data.trim()).join("");
    if (!own && !element.matches("input:not([type=hidden]), select, textarea")) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const { left, top, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const around = [];
    for (let each = element; each; each = each.parentElement) around.push(each);
    const under = document.elementsFromPoint(left + width / 2, top + height / 2);
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    window.looked.set([
      color, fontSize, fontWeight, textShadow, own.length > 1, element.matches(":disabled, [aria-disabled=true]"),
      ...around.map(look), "on", ...under.filter((each) => !around.includes(each)).map(look),
    ].join("; "), element);
  }
  return [...window.looked.keys()];
}"""
judged: set[str] = set()


def axe_faults(page, options, *, within="document"):
    """Ask the engine, which `look_at` has put into the page: putting it in takes as long as a run of it."""
    found = page.evaluate(f"(options) => axe.run({within}, options)", options)["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"][:3]
    ]


def colour_faults(page):
    """Have the engine judge what looks as nothing did before; what has a fault is not taken for judged."""
    new = [look for look in page.evaluate(LOOKS) if look not in judged]
    if not new:
        return []
    page.evaluate("(new_ones) => { window.looked = new_ones.map((look) => window.looked.get(look)) }", new)
    faults = axe_faults(page, COLOURS, within="{include: window.looked}")
    if not faults:
        judged.update(new)
    return faults


def keep_a_picture(page, name):
    """Keep a picture of the page, if somebody asked."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def look_at(page, name):
    """Look at the page that is open: at both widths, in both lights, and once at 320 px. Give what is wrong."""
    faults = []
    page.evaluate(Axe().axe_script)
    for width, height, lights in ((1280, 900, ("light", "dark")), (390, 844, ("dark", "light"))):
        page.set_viewport_size({"width": width, "height": height})
        # As tall as the page: what lies under the bar at the thumb can be scrolled to, and is not too small.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, tall)})
        for light in lights:
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            faults += [f"{name} {width} {light}: {fault}" for fault in colour_faults(page)]
            keep_a_picture(page, f"{name}-{width}-{light}")
        found = axe_faults(page, EVERYTHING_BUT_COLOURS) + page.evaluate(SIDEWAYS) + page.evaluate(SMALL_TARGETS)
        faults += [f"{name} {width}: {fault}" for fault in found]
    page.set_viewport_size({"width": 320, "height": 640})
    faults += [f"{name} 320: sideways {fault}" for fault in page.evaluate(SIDEWAYS)]
    keep_a_picture(page, f"{name}-320-light")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert re.search(r"· learnpartner$", page.title()), page.title()
    assert page.locator("h1").count() == 1, f"{name} has {page.locator('h1').count()} first headings"
    return faults


def look_at_all(page, addresses, *, status=200):
    """Open page after page and look at each; give what is wrong."""
    faults = []
    for name, address in addresses.items():
        assert page.goto(address).status == status, name
        faults += look_at(page, name)
    return faults


def say(faults):
    """Fail with what is wrong, each once."""
    assert not faults, "\n".join(dict.fromkeys(faults))

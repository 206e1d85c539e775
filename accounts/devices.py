"""What a browser says of itself, in a word or two that people know."""

from django.utils.translation import gettext as _

# In the order in which to look: a phone says "like Mac OS X" too, and Android says "Linux".
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
# Most browsers call themselves Chrome and Safari as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def device_of(agent: str) -> str:
    """Name the device of a User-Agent header; empty when it is not known."""
    return _first(DEVICES, agent)


def browser_of(agent: str) -> str:
    """Name browser and device of a User-Agent header, such as "Firefox on Windows"."""
    browser = _first(BROWSERS, agent) or _("A browser")
    device = device_of(agent)
    return _("%(browser)s on %(device)s") % {"browser": browser, "device": device} if device else browser


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for sign, name in names.items() if sign in agent), "")

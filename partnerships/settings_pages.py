"""Pages of the settings that upper apps have. Each is a line on the page of all settings."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class SettingsPage:
    """A page of the settings: what is set there, in a line. `url_name` takes the slug."""

    label: str | Promise
    line: str | Promise
    url_name: str


_pages: list[SettingsPage] = []


def register(page: SettingsPage) -> None:
    """Add a page to the settings of every partnership."""
    _pages.append(page)


def all_pages() -> list[SettingsPage]:
    """Return the pages that upper apps added, in their order."""
    return list(_pages)

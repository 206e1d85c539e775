"""One address serves the page and its fragments; the server decides which."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wanted_partial(request: HttpRequest, partials: Collection[str]) -> str | None:
    """Return the name of the allowed partial that htmx asks for, or None for the whole page.

    htmx 4 sends its target as `div#stream`, earlier ones as `stream`.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return None
    target = (htmx.target or "").rpartition("#")[2]
    return target if target in partials else None


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    partials: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render the page, or that one of its `partials` which an htmx request targets.

    A partial is named like the DOM id that it replaces. A partial renders even where the page hides it behind an
    `{% if %}`, so a view gives its template only what may be shown.
    """
    partial = wanted_partial(request, partials)
    response = render(request, f"{template}#{partial}" if partial else template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response

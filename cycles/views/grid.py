"""The three persons by the three kinds of work: of a partnership, and one's own, which nobody else sees."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cycles.grid import rows_of_grid, work_in
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records.models import PersonLevel
from records.stream import page_of, with_readers
from records.work import Work

from .common import asked_id


@require_safe
def grid(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's work, as far as the reader may read it."""
    return _grid(request, slug, mine=False)


@require_safe
def own_grid(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show somebody their own work in a partnership. There is no such page about anybody else."""
    return _grid(request, slug, mine=True)


@require_safe
def cell(request: SignedInRequest, slug: str, level: int, work: str) -> HttpResponse:
    """Show the list of one cell, the latest first, a page at a time."""
    return _cell(request, slug, level, work, mine=False)


@require_safe
def own_cell(request: SignedInRequest, slug: str, level: int, work: str) -> HttpResponse:
    """Show the list of one cell of one's own work."""
    return _cell(request, slug, level, work, mine=True)


def _grid(request: SignedInRequest, slug: str, *, mine: bool) -> HttpResponse:
    partnership = membership_or_404(request.reader, slug).partnership
    rows = rows_of_grid(request.reader, partnership, mine=mine)
    context = {"partnership": partnership, "rows": rows, "works": Work, "own": mine}
    return render(request, "cycles/grid.html", context)


def _cell(request: SignedInRequest, slug: str, level: int, work: str, *, mine: bool) -> HttpResponse:
    partnership = membership_or_404(request.reader, slug).partnership
    if level not in PersonLevel.values or work not in Work.values:
        raise Http404
    records = work_in(request.reader, partnership, Work(work), mine=mine).filter(person_level=level)
    page = page_of(records, reader=request.reader, before=asked_id(request, "before"))
    context = {
        "partnership": partnership,
        "level": PersonLevel(level),
        "work": Work(work),
        "own": mine,
        "records": with_readers(request.reader, page.records),
        "older": page.older,
    }
    return render(request, "cycles/cell.html", context)

"""The log of what is tried: notes marked as what happened, or as signs of hope or worry."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycles.trying import actions
from cycles.trying.access import experiment_to_write_or_404, logged_or_404, note_to_log_or_404
from cycles.trying.forms import LogForm, NoteLogForm
from cycles.trying.models import Experiment, LoggedNote
from cycles.trying.reading import experiments_to
from cycles.trying.rules import may_be_logged
from partnerships.http import SignedInRequest
from records.access import record_or_404
from records.models import Link, Record

MOST_OFFERED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_log(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a note that one reads into the log of an experiment."""
    experiment = experiment_to_write_or_404(request.reader, public_id)
    notes = _notes_for(request, experiment)
    form = LogForm(request.POST if request.method == "POST" else None, notes=notes)
    if request.method == "POST" and form.is_valid() and _logged(request, form, experiment, form.chosen()):
        return redirect(f"{experiment.get_absolute_url()}#log")
    context = {"experiment": experiment, "partnership": experiment.partnership, "form": form, "notes": notes}
    return render(request, "cycles/trying/experiment_log.html", context, status=422 if form.errors else 200)


def _notes_for(request: SignedInRequest, experiment: Experiment) -> list[Record]:
    """Return what is offered: first what was written on from the experiment, then of its space, the latest first."""
    known = LoggedNote.objects.filter(experiment=experiment)
    rows = may_be_logged(request.reader).filter(partnership=experiment.partnership_id)
    rows = rows.exclude(pk__in=known.values("note")).exclude(kind="condition")
    grown = Exists(Link.objects.filter(grown=OuterRef("pk"), source=experiment.pk))
    # What was chosen comes first: while the page was open, others may have shared a dozen.
    place = Case(
        When(public_id=_chosen(request, "note"), then=0),
        When(grown, then=1),
        When(space=experiment.space_id, then=2),
        default=3,
    )
    return list(rows.for_rows(request.reader).order_by(place, "-shared_at", "-pk")[:MOST_OFFERED])


def _chosen(request: SignedInRequest, box: str) -> str:
    return request.POST.get(box, "")[:12].replace("\0", "")


@require_http_methods(["GET", "HEAD", "POST"])
def note_log(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put one note into the log of something that is tried in its partnership, or was."""
    note = note_to_log_or_404(request.reader, public_id)
    rows = experiments_to(request.reader).filter(partnership=note.partnership_id, folded_at=None)
    rows = rows.filter(space__in=[pk for pk, space in request.reader.spaces.items() if space.is_open])
    rows = rows.exclude(log__note=note.pk)
    place = Case(When(public_id=_chosen(request, "experiment"), then=0), When(closed_at=None, then=1), default=2)
    experiments = list(rows.order_by(place, "-pk")[:MOST_OFFERED])
    form = NoteLogForm(request.POST if request.method == "POST" else None, experiments=experiments)
    if request.method == "POST" and form.is_valid() and _logged(request, form, form.chosen(), note):
        return redirect(f"{form.chosen().get_absolute_url()}#log")
    context = {"note": note, "partnership": note.partnership, "form": form, "experiments": experiments}
    return render(request, "cycles/trying/note_log.html", context, status=422 if form.errors else 200)


def _logged(request: SignedInRequest, form: Any, experiment: Experiment, note: Record) -> bool:
    """Mark the note; where that was refused, say why at the form, and return False."""
    try:
        actions.log_note(experiment=experiment, note=note, sign=form.cleaned_data["sign"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("It is in the log. Who reads it has not changed."))
    return True


@require_POST
def experiment_unlog(request: SignedInRequest, public_id: str, logged_id: str) -> HttpResponse:
    """Take a note out of the log: who marked it, or wrote it."""
    experiment = record_or_404(request.reader, Experiment, public_id)
    logged = logged_or_404(request.reader, experiment, logged_id)
    actions.take_out(logged=logged, by=request.user)
    messages.success(request, _("Out of the log. The note stays where it is."))
    return redirect(f"{experiment.get_absolute_url()}#log")

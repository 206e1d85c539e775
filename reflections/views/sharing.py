"""Sharing a note, undoing that, and taking it back."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learnpartner.htmx import render_page
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Space
from partnerships.power import power_among, power_around
from partnerships.reader import Reader
from records import actions as record_actions
from records.access import own_record_or_404
from records.attribution import choices_in, shown_choice
from records.pages import who_reads
from records.views import way_to_share, withdraw_page
from reflections import actions
from reflections.audiences import readers_in, space_with
from reflections.forms import ShareForm, SpaceForm
from reflections.models import Reflection

# More readers than this are folded, with those who hold power named first.
NAMES_AT_ONCE = 15


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_share(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Share a private note: choose the readers, see who they are and how one is named, and only then share."""
    note = own_record_or_404(request.reader, Reflection, public_id)
    if not note.is_private:
        return redirect(note)
    elsewhere = way_to_share(request, note)
    if elsewhere:
        return elsewhere
    asked = request.POST if request.method == "POST" else request.GET
    chosen = SpaceForm(asked if "space" in asked else None, reader=request.reader)
    if not chosen.is_valid():
        context = {"record": note, "form": chosen, "nowhere": not chosen.spaces}
        return render(request, "reflections/reflection_share_space.html", context, status=422 if chosen.errors else 200)
    member = chosen.chosen_member
    space = chosen.chosen_space or space_with(request.reader, cast(Membership, member))
    readers = readers_in(request.reader, space, member=member)
    choices = choices_in(space, request.reader.membership_in(space.partnership_id), readers)
    # Without JavaScript the preview is asked for by a button of the same form.
    sends = request.method == "POST" and "preview" not in request.POST
    form = ShareForm(request.POST if sends else None, choices=choices)
    if sends and form.is_valid() and _share(request, note, form, space=space, member=member):
        return redirect(note)
    context = {
        "record": own_record_or_404(request.reader, Reflection, public_id) if sends else note,
        "form": form,
        "choices": choices,
        "shown": shown_choice(choices, asked.get("attribution", "")),
        "tags": note.tags.order_by("name").values_list("name", flat=True),
        **_readers_of(request, space, readers, member=member, chosen=chosen.chosen),
    }
    status = 422 if form.errors else 200
    return render_page(request, "reflections/reflection_share.html", context, partials={"preview"}, status=status)


def _share(request: SignedInRequest, note: Reflection, form: ShareForm, *, space: Space, member) -> bool:
    """Share the note as the last page says; False, with the reason in the form, where that cannot be."""
    how = {"attribution": form.cleaned_data["attribution"], "version": form.cleaned_data["version"]}
    try:
        if member:
            space = actions.share_with_one(note, membership=member, by=request.user, **how)
        else:
            record_actions.share(note, space=space, by=request.user, **how)
    except record_actions.StaleVersion:
        form.add_error(None, _("You changed this note elsewhere meanwhile. Please look at it once more."))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        # Who reads it now: a one to one may have been opened on the way.
        messages.success(request, _("Shared. %(readers)s.") % {"readers": Reader(request.user).who_reads(space)})
    return not form.errors


def _readers_of(
    request: SignedInRequest, space: Space, readers: list[Membership], *, member: Membership | None, chosen: dict
) -> dict[str, Any]:
    """Name who would read a note in the space, and the power among them; and what the form sends for it."""
    if space.kind == Space.Kind.WIDER_FIELD:
        return _readers_of_the_wider_field(request, space, chosen=chosen)
    others = [row for row in readers if row.person_id != request.user.pk]
    is_one_to_one = space.kind == Space.Kind.ONE_TO_ONE
    return {
        "space": space,
        "space_name": _("%(name)s and you") % {"name": member.person.name} if member else request.reader.name_of(space),
        "others": len(others) if is_one_to_one else request.reader.others_in(space),
        "readers": others,
        "folded": len(readers) > NAMES_AT_ONCE,
        "power": power_among(space, readers),
        "chosen": chosen,
        "standing": _standing(request, space) if is_one_to_one else "",
    }


def _readers_of_the_wider_field(request: SignedInRequest, space: Space, *, chosen: dict) -> dict[str, Any]:
    """Say who reads the wider field as far as the person knows them: by organisation, and by name who holds power."""
    known = [*request.reader.memberships.values(), *(row for rows in request.reader.others.values() for row in rows)]
    organisations = {row.held_role.organisation.name for row in known if row.held_role.organisation}
    return {
        "space": space,
        "space_name": request.reader.name_of(space),
        "organisations": sorted(organisations, key=str.casefold),
        "power": power_around(request.reader),
        "chosen": chosen,
    }


def _standing(request: SignedInRequest, space: Space) -> str:
    """Say how it stands with a one to one: still to be opened, waiting for the other, or for oneself."""
    if not space.pk:
        return "new"
    if space.pk not in request.reader.spaces:
        return "asked"
    return "waiting" if request.reader.waits_for(space) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_undo_share(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Undo sharing, while nobody else has responded: back into the notebook, without a trace."""
    note = own_record_or_404(request.reader, Reflection, public_id)
    problem = ""
    if request.method == "POST":
        try:
            record_actions.undo_share(note, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("Sharing undone. Only you can read it again."))
            return redirect(note)
    elif not note.stands:
        raise Http404
    context = {"record": note, "problem": problem, "who_reads": who_reads(request.reader, note)}
    return render(request, "reflections/reflection_undo_share.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a shared note back, after a page that says what happens."""
    note = own_record_or_404(request.reader, Reflection, public_id)
    return withdraw_page(request, note, back=note.get_absolute_url())

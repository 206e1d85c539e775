"""Who takes part and how, and what that takes: a page for each line."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships import actions
from partnerships.forms.lines import DeleteForm, ParticipationEditForm, ParticipationForm, ResourceForm
from partnerships.http import SignedInRequest
from partnerships.models import Organisation, Participation, Partnership, Resource

from .saving import Lines, settings_membership, settings_page


@require_http_methods(["GET", "HEAD", "POST"])
def participation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add an organisation to those that take part."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/participation_edit.html",
        heading=_("Add an organisation"),
        make_form=lambda row: ParticipationForm(request, row),
        save=lambda form: actions.take_part(
            partnership=partnership,
            organisation=form.chosen,
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            **form.words,
        ),
        saved=_("Added."),
        present=_who_takes_part,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change how an organisation takes part. Where it was taken off meanwhile, what was typed puts it back."""
    partnership = settings_membership(request, slug).partnership
    organisation = Organisation.objects.filter(public_id=public_id).first()
    found = partnership.participations.filter(organisation=organisation)
    if organisation is None or (request.method != "POST" and not found.exists()):
        raise Http404
    return settings_page(
        request,
        partnership,
        template="partnerships/participation_edit.html",
        heading=_("How %(organisation)s takes part") % {"organisation": organisation},
        make_form=lambda row: ParticipationEditForm(request, row, organisation),
        save=lambda form: actions.take_part(
            partnership=partnership,
            organisation=organisation,
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            **form.words,
        ),
        saved=_("Saved."),
        context={"organisation": organisation},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_delete(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take an organisation off the list, after a page that says what happens."""
    participation = _participation_or_404(request, slug, public_id)
    return settings_page(
        request,
        participation.partnership,
        template="partnerships/participation_delete.html",
        heading=_("Take %(organisation)s off the list?") % {"organisation": participation.organisation},
        make_form=lambda row: DeleteForm(request, row),
        save=lambda form: actions.end_participation(
            participation=participation, version=form.cleaned_data["version"], by=request.user
        ),
        saved=_("Taken off the list."),
        present=_who_takes_part,
        context={"participation": participation},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resource_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a line to what this takes."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/resource_edit.html",
        heading=_("Add to what this takes"),
        make_form=lambda row: ResourceForm(request, row),
        save=lambda form: actions.add_resource(
            partnership=partnership, line=form.line, version=form.cleaned_data["version"], by=request.user
        ),
        saved=_("Added. All members read it on the overview."),
        present=_what_this_takes,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change a line of what this takes. Where it was taken off meanwhile, what was typed is added as a line."""
    partnership = settings_membership(request, slug).partnership
    found = partnership.resources.select_related("partnership").filter(public_id=public_id)
    resource = found.first()
    if resource is None and request.method != "POST":
        raise Http404

    def save(form: ResourceForm) -> None:
        what = {"line": form.line, "version": form.cleaned_data["version"], "by": request.user}
        if resource:
            actions.change_resource(resource=resource, **what)
        else:
            actions.add_resource(partnership=partnership, **what)

    return settings_page(
        request,
        partnership,
        template="partnerships/resource_edit.html",
        heading=_("Change a line of what this takes"),
        make_form=lambda row: ResourceForm(request, row, found.first()),
        save=save,
        saved=_("Saved."),
        context={"resource": resource},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resource_delete(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take a line off what this takes, after a page that shows it once more."""
    resource = _resource_or_404(request, slug, public_id)
    return settings_page(
        request,
        resource.partnership,
        template="partnerships/resource_delete.html",
        heading=_("Take this line off?"),
        make_form=lambda row: DeleteForm(request, row),
        save=lambda form: actions.remove_resource(
            resource=resource, version=form.cleaned_data["version"], by=request.user
        ),
        saved=_("Taken off."),
        present=_what_this_takes,
        context={"resource": resource},
    )


def _participation_or_404(request: SignedInRequest, slug: str, public_id: str) -> Participation:
    partnership = settings_membership(request, slug).partnership
    rows = partnership.participations.select_related("organisation", "partnership")
    participation = rows.filter(organisation__public_id=public_id).first()
    if participation is None:
        raise Http404
    return participation


def _resource_or_404(request: SignedInRequest, slug: str, public_id: str) -> Resource:
    partnership = settings_membership(request, slug).partnership
    resource = partnership.resources.select_related("partnership").filter(public_id=public_id).first()
    if resource is None:
        raise Http404
    return resource


def _who_takes_part(partnership: Partnership) -> Lines:
    rows = partnership.participations.select_related("organisation")
    return [(row.organisation.name, ", ".join(row.ways)) for row in rows]


def _what_this_takes(partnership: Partnership) -> Lines:
    rows = partnership.resources.all()
    return [(row.who, ", ".join(filter(None, [str(row.get_kind_display()), row.amount]))) for row in rows]

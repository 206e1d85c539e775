"""Organisations, for those who look after them: people, jobs, admins, and where the organisation takes part.

None of these pages knows a record. They show names, and nothing that somebody wrote or how much of it.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.step_up import require_step_up
from partnerships import actions
from partnerships.access import affiliation_or_404, organisation_or_404
from partnerships.bar import linked
from partnerships.forms.organisations import AffiliationForm, OrganisationForm
from partnerships.http import SignedInRequest
from partnerships.models import Affiliation, Membership, Organisation, Partnership
from partnerships.models.phases import phase_columns, phase_word

# These pages are reached from one's profile, and lie in no partnership.
MENU = {"menu": "profile"}


@require_safe
def organisation_list(request: SignedInRequest) -> HttpResponse:
    """Show the organisations that one looks after: a site admin all of them."""
    admins = Affiliation.objects.current().filter(is_admin=True).select_related("person").order_by("person__name")
    organisations = Organisation.objects.prefetch_related(Prefetch("affiliations", admins, to_attr="admins"))
    if not request.user.is_staff:
        mine = Affiliation.objects.of(request.user).current().filter(is_admin=True)
        organisations = organisations.filter(pk__in=mine.values("organisation"))
        if not organisations:
            raise Http404
    return render(request, "partnerships/organisation_list.html", MENU | {"organisations": organisations})


@require_safe
def organisation_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show an organisation's people, and the names, phases and members of the partnerships it takes part in."""
    organisation = organisation_or_404(request.reader, public_id)
    people = organisation.affiliations.current().select_related("person").order_by("person__name", "pk")
    context = {
        "organisation": organisation,
        "people": people,
        "partnerships": taking_part(request, organisation),
        **MENU,
    }
    return render(request, "partnerships/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Add an organisation. Only a site admin does."""
    if not request.user.is_staff:
        raise Http404
    form = OrganisationForm(request.POST if request.method == "POST" else None, names=True)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = actions.add_organisation(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added. Now somebody has to look after its people: invite an admin."))
            return redirect("partnerships:organisation-detail", organisation.public_id)
    context = MENU | {"form": form}
    return render(request, "partnerships/organisation_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change an organisation; its name a site admin changes."""
    organisation = organisation_or_404(request.reader, public_id)
    posted = request.POST if request.method == "POST" else None
    form = OrganisationForm(posted, organisation=organisation, names=request.user.is_staff)
    if form.is_forged:
        raise PermissionDenied("Names no organisation.")
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:organisation-detail", public_id)
    context = MENU | {"form": form, "organisation": organisation}
    return render(request, "partnerships/organisation_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_edit(request: SignedInRequest, public_id: str, person: str) -> HttpResponse:
    """Change what somebody does at an organisation; a site admin appoints its admins here."""
    affiliation = affiliation_or_404(request.reader, public_id, person)
    posted = request.POST if request.method == "POST" else None
    form = AffiliationForm(posted, affiliation=affiliation, appoints=request.user.is_staff)
    if form.is_forged:
        raise PermissionDenied("Appoints no admins.")
    if request.method == "POST" and form.is_valid():
        if form.gives_a_duty:
            require_step_up(request)
        try:
            actions.change_affiliation(affiliation=affiliation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:organisation-detail", public_id)
    context = MENU | {"form": form, "affiliation": affiliation, "organisation": affiliation.organisation}
    return render(request, "partnerships/affiliation_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_end(request: SignedInRequest, public_id: str, person: str) -> HttpResponse:
    """End somebody's time with an organisation, after a page that says what that does, and what it does not."""
    affiliation = affiliation_or_404(request.reader, public_id, person)
    is_last_admin = affiliation.is_admin and not affiliation.other_admins().exists()
    problem = ""
    if request.method == "POST":
        try:
            actions.end_affiliation(affiliation=affiliation, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            names = {"name": affiliation.person.name, "organisation": affiliation.organisation.name}
            messages.success(request, _("%(name)s no longer belongs to %(organisation)s.") % names)
            if affiliation.person == request.user and not request.user.is_staff:
                return redirect("accounts:profile")
            return redirect("partnerships:organisation-detail", public_id)
    context = {
        "affiliation": affiliation,
        "organisation": affiliation.organisation,
        "problem": problem,
        "is_me": affiliation.person == request.user,
        "is_last_admin": is_last_admin,
        "may_end": request.user.is_staff or not is_last_admin,
        **MENU,
    }
    return render(request, "partnerships/affiliation_end.html", context, status=409 if problem else 200)


def taking_part(request: SignedInRequest, organisation: Organisation) -> list[dict[str, Any]]:
    """Return the opened partnerships in which the organisation takes part, with phase and members: five queries."""
    partnerships = Partnership.objects.opened().filter(participations__organisation=organisation)
    rows = list(partnerships.annotate(**phase_columns("pk")).order_by("name", "pk"))
    members: dict[int, list[Membership]] = {row.pk: [] for row in rows}
    current = Membership.objects.current().filter(partnership__in=rows)
    for member in current.with_roles().order_by("person__name", "pk"):
        members[member.partnership_id].append(member)
    return [
        {
            "partnership": row,
            "url": link["url"],
            "phase": phase_word(row.phase_key, row.phase_name),
            "members": members[row.pk],
        }
        for row, link in zip(rows, linked(rows, request.reader.memberships), strict=True)
    ]

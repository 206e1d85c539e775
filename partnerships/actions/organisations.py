"""Organisations and the people who belong to them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from desk.audit import record_event
from partnerships.models import Affiliation, Organisation


@transaction.atomic
def add_organisation(*, name: str, kind: str, by) -> Organisation:
    """Add an organisation. Only a site admin may."""
    if not by.is_staff:
        raise PermissionDenied("Only a site admin adds organisations.")
    organisation = Organisation.objects.create(name=name, kind=kind)
    record_event(by=by, action="organisation.add", kind="organisation", public_id=organisation.public_id)
    return organisation


@transaction.atomic
def affiliate(*, person, organisation: Organisation, job: str = "", is_admin: bool = False, by) -> Affiliation:
    """Begin a person's time with an organisation. Its admins may, and the site admin, who alone appoints admins."""
    may = Affiliation.objects.of(by).current().filter(organisation=organisation, is_admin=True).exists()
    if not by.is_staff and (is_admin or not may):
        raise PermissionDenied("Not an admin of this organisation.")
    affiliation = Affiliation.objects.create(
        person=person, organisation=organisation, job=job, is_admin=is_admin, started_at=timezone.now()
    )
    record_event(
        by=by,
        action="organisation.affiliate",
        kind="organisation",
        public_id=organisation.public_id,
        person=person.public_id,
        is_admin=is_admin,
    )
    return affiliation

"""Organisations and the people who belong to them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import Affiliation, Organisation
from partnerships.permissions import administers


@transaction.atomic
def add_organisation(*, name: str, kind: str, members_may_start: bool = False, by) -> Organisation:
    """Add an organisation. Only a site admin may; ValidationError where there is one of that name."""
    if not by.is_staff:
        raise PermissionDenied("Only a site admin adds organisations.")
    organisation = Organisation(kind=kind, members_may_start=members_may_start)
    _name(organisation, name)
    record_event(by=by, action="organisation.add", kind="organisation", public_id=organisation.public_id)
    return organisation


@transaction.atomic
def edit_organisation(*, organisation: Organisation, kind: str, members_may_start: bool, name: str = "", by) -> None:
    """Change what an organisation is, and whether its people may start partnerships. Its name a site admin changes."""
    _require_admin(organisation, by)
    if name and name != organisation.name and not by.is_staff:
        raise PermissionDenied("Only a site admin names organisations.")
    organisation.kind = kind
    organisation.members_may_start = members_may_start
    _name(organisation, name or organisation.name)
    record_event(by=by, action="organisation.edit", kind="organisation", public_id=organisation.public_id)


@transaction.atomic
def affiliate(*, person, organisation: Organisation, job: str = "", is_admin: bool = False, by) -> Affiliation:
    """Begin a person's time with an organisation. Its admins may, and the site admin, who alone appoints admins."""
    _require_admin(organisation, by)
    if is_admin and not by.is_staff:
        raise PermissionDenied("Only a site admin appoints admins.")
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


@transaction.atomic
def change_affiliation(*, affiliation: Affiliation, job: str, is_admin: bool | None = None, by) -> None:
    """Change what somebody does at an organisation, and (a site admin) whether they are an admin of it.

    None leaves that as it is.
    """
    _lock(affiliation.organisation)
    _require_admin(affiliation.organisation, by)
    affiliation.refresh_from_db(fields=["ended_at", "is_admin"])
    _require_current(affiliation)
    if is_admin is not None and is_admin != affiliation.is_admin:
        if not by.is_staff:
            raise PermissionDenied("Only a site admin appoints admins.")
        affiliation.is_admin = is_admin
    affiliation.job = job
    affiliation.save(update_fields=["job", "is_admin"])
    record_event(
        by=by,
        action="organisation.change_affiliation",
        kind="organisation",
        public_id=affiliation.organisation.public_id,
        person=affiliation.person.public_id,
        is_admin=affiliation.is_admin,
    )


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, by) -> None:
    """End a person's time with an organisation. Account, notebook and memberships are left alone.

    The last admin is ended by a site admin only: otherwise nobody would look after the organisation's people.
    """
    _lock(affiliation.organisation)
    _require_admin(affiliation.organisation, by)
    affiliation.refresh_from_db(fields=["ended_at", "is_admin"])
    _require_current(affiliation)
    if affiliation.is_admin and not by.is_staff and not affiliation.other_admins().exists():
        raise ValidationError(
            _("This is the only admin here. Who runs this site appoints another first."), code="last_admin"
        )
    affiliation.ended_at = timezone.now()
    affiliation.save(update_fields=["ended_at"])
    record_event(
        by=by,
        action="organisation.end_affiliation",
        kind="organisation",
        public_id=affiliation.organisation.public_id,
        person=affiliation.person.public_id,
    )


def _require_admin(organisation: Organisation, by) -> None:
    """Raise PermissionDenied for who is neither a site admin nor an admin of the organisation."""
    if not by.is_staff and not administers(by, organisation):
        raise PermissionDenied("Not an admin of this organisation.")


def _require_current(affiliation: Affiliation) -> None:
    if not affiliation.is_current:
        raise ValidationError(_("This has ended already."), code="ended")


def _lock(organisation: Organisation) -> None:
    """Lock the organisation's row, so that two admins cannot end each other at once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _name(organisation: Organisation, name: str) -> None:
    """Save the organisation under a name that no other has, in whatever case it is typed."""
    taken = ValidationError({"name": _("There is an organisation of that name already.")})
    if Organisation.objects.filter(name__iexact=name).exclude(pk=organisation.pk).exists():
        raise taken
    organisation.name = name
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise taken from error

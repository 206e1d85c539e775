"""What the site admin sets for the whole site."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.audit import record_event
from partnerships.models import SiteSettings


@transaction.atomic
def change_site_settings(
    *, run_by: str, members_may_start: bool, concern_name: str, concern_email: str, by
) -> SiteSettings:
    """Set who runs the site, who may start partnerships, and whom to tell a worry. Only a site admin may."""
    if not by.is_staff:
        raise PermissionDenied("Only a site admin changes the settings of the site.")
    settings, _made = SiteSettings.objects.update_or_create(
        pk=1,
        defaults={
            "run_by": run_by,
            "members_may_start": members_may_start,
            "concern_name": concern_name,
            "concern_email": concern_email,
        },
    )
    record_event(by=by, action="site.change_settings", kind="site", public_id="site")
    return settings

"""What the site admin has set for the whole site."""

from django.db import models


class SiteSettings(models.Model):
    """One row: who runs the site, who may start partnerships, and whom one can tell a worry."""

    run_by = models.CharField(max_length=120, blank=True, help_text="Who runs this site; agreements name them.")
    members_may_start = models.BooleanField(default=True, help_text="Everybody who can sign in may start a draft.")
    concern_name = models.CharField(max_length=120, blank=True)
    concern_email = models.EmailField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="%(app_label)s_%(class)s_is_one_row")]
        verbose_name_plural = "site settings"

    def __str__(self):
        return "site settings"


def site_settings() -> SiteSettings:
    """Return the settings of the site, as first set where nobody has changed them."""
    return SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)

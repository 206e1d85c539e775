"""The pages on which people are invited, to a partnership or to an organisation: the same, at two addresses."""

from dataclasses import dataclass

from django.urls import reverse

from .invitations import Place
from .models import Affiliation, Invitation, Organisation, Partnership
from .models.memberships import current_members

# What each page is called in the map of addresses.
IN_PARTNERSHIPS = {
    "list": "invitation-list",
    "new": "invitation-new",
    "import": "invitation-import",
    "renew": "invitation-renew",
    "withdraw": "invitation-withdraw",
}
IN_ORGANISATIONS = {
    "list": "organisation-invitation-list",
    "new": "organisation-invite",
    "import": "organisation-import",
    "renew": "organisation-invitation-renew",
    "withdraw": "organisation-invitation-withdraw",
}


@dataclass(frozen=True)
class Inviting:
    """Where somebody invites people, with the addresses of the pages on which they do."""

    place: Place

    @property
    def partnership(self) -> Partnership | None:
        """Return the partnership, where it is one."""
        return self.place if isinstance(self.place, Partnership) else None

    @property
    def organisation(self) -> Organisation | None:
        """Return the organisation, where it is one."""
        return self.place if isinstance(self.place, Organisation) else None

    @property
    def about(self) -> str:
        """Return what stands for the place in an address."""
        return self.place.slug if isinstance(self.place, Partnership) else self.place.public_id

    def people_here(self):
        """Return the primary keys of those who are members, or the organisation's people, now."""
        if self.partnership:
            return current_members(self.partnership).values("person")
        return Affiliation.objects.current().filter(organisation=self.organisation).values("person")

    def page(self, name: str, invitation: Invitation | None = None) -> str:
        """Return the address of a page: list, new, import, or renew and withdraw of an invitation."""
        pages = IN_PARTNERSHIPS if self.partnership else IN_ORGANISATIONS
        return reverse(
            f"partnerships:{pages[name]}", args=[self.about, *([invitation.public_id] if invitation else [])]
        )

    @property
    def list_page(self) -> str:
        """Return the address of the list, for templates."""
        return self.page("list")

    @property
    def new_page(self) -> str:
        """Return the address of the form for one, for templates."""
        return self.page("new")

    @property
    def import_page(self) -> str:
        """Return the address of the page for many, for templates."""
        return self.page("import")

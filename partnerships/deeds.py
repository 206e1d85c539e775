"""What is done in organisations, partnerships and spaces, in words; and which of it its stewards look back on."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.models import AuditEvent

from .models import Invitation, Membership, Partnership, Space
from .reader import Reader

WORDS = {
    "admission.ask": _("Asked somebody into a space"),
    "admission.ask_to_join": _("Asked to join a space"),
    "admission.accept": _("Accepted to come into a space"),
    "admission.decline": _("Declined to come into a space"),
    "admission.answer": _("Answered who comes into a space"),
    "agreement.draft": _("Wrote at the draft of a group agreement"),
    "agreement.adopt": _("Adopted a group agreement"),
    "agreement.accept": _("Accepted a group agreement"),
    "research.answer": _("Answered about research"),
    "study.add": _("Added a study"),
    "study.change": _("Changed a study"),
    "study.end": _("Ended a study"),
    "concern.send": _("A worry was sent"),
    "invitation.send": _("Invited somebody"),
    "invitation.renew": _("Sent an invitation again"),
    "invitation.withdraw": _("Withdrew an invitation"),
    "invitation.accept": _("Accepted an invitation"),
    "invitation.decline": _("An invitation was declined"),
    "membership.begin": _("Became a member"),
    "membership.change_role": _("Changed a role or a duty"),
    "membership.change_own_words": _("Put one’s role in other words"),
    "membership.hand_over": _("Handed the duty of learning partner on"),
    "membership.end": _("Ended a membership"),
    "organisation.add": _("Added an organisation"),
    "organisation.edit": _("Changed an organisation"),
    "organisation.affiliate": _("Added somebody to an organisation"),
    "organisation.change_affiliation": _("Changed what somebody is in an organisation"),
    "organisation.end_affiliation": _("Took somebody out of an organisation"),
    "partnership.start": _("Started a partnership"),
    "partnership.open": _("Opened a partnership"),
    "partnership.throw_away": _("Threw away the draft of a partnership"),
    "partnership.describe": _("Changed the name or purpose of a partnership"),
    "partnership.nest": _("Changed where a partnership lies"),
    "partnership.take_part": _("Wrote down how an organisation takes part"),
    "partnership.end_participation": _("Noted that an organisation takes part no more"),
    "partnership.set_intentions": _("Changed what a partnership set out to do"),
    "partnership.enter_phase": _("Began another phase of a partnership"),
    "partnership.set_words": _("Changed the words of a partnership"),
    "partnership.set_talk": _("Set the next talk"),
    "partnership.put_steps_away": _("Put the first steps away"),
    "partnership.open_room": _("Opened a room of a partnership"),
    "partnership.name_contact": _("Named who hears worries"),
    "resource.add": _("Added to what a partnership takes"),
    "resource.change": _("Changed what a partnership takes"),
    "resource.remove": _("Removed from what a partnership takes"),
    "shelf.add": _("Put something on a shelf"),
    "shelf.change": _("Changed something on a shelf"),
    "shelf.move": _("Moved something on a shelf"),
    "shelf.remove": _("Took something off a shelf"),
    "site.change_settings": _("Changed the settings of the site"),
    "space.open": _("Opened a space"),
    "space.leave": _("Left a space"),
    "space.close": _("Closed a space"),
    "supervision.bring": _("Noted who brings what to supervision"),
    "supervision.meet": _("Noted a meeting of supervision"),
    "supervision.forget_meeting": _("Took out a meeting of supervision"),
}
# Grants and roles. Never who wrote, shared, answered about research, agreed, or left a space (decision 10).
OF_MEMBERSHIPS = ("membership.begin", "membership.change_role", "membership.hand_over", "membership.end")
OF_INVITATIONS = ("invitation.send", "invitation.renew", "invitation.withdraw", "invitation.accept")
OF_SPACES = ("space.open", "space.close")
OF_PARTNERSHIPS = ("partnership.start", "partnership.open")
# Of a one to one only the two know.
KNOWN_TO_MEMBERS = (Space.Kind.PEERS, Space.Kind.POWER_LINE)


def grants_in(partnership: Partnership) -> QuerySet[AuditEvent]:
    """Return the events about who is in a partnership, in which role, and which spaces were opened and closed."""
    memberships = Membership.objects.filter(partnership=partnership).values("public_id")
    invitations = Invitation.objects.filter(partnership=partnership).values("public_id")
    spaces = Space.objects.filter(partnership=partnership, kind__in=KNOWN_TO_MEMBERS).values("public_id")
    return AuditEvent.objects.filter(
        Q(kind="membership", action__in=OF_MEMBERSHIPS, public_id__in=memberships)
        | Q(kind="invitation", action__in=OF_INVITATIONS, public_id__in=invitations)
        | Q(kind="space", action__in=OF_SPACES, public_id__in=spaces)
        | Q(kind="partnership", action__in=OF_PARTNERSHIPS, public_id=partnership.slug)
    )


def whom_they_concern(events: Collection[AuditEvent]) -> dict[int, str]:
    """Return the name of the person or space that each of these grants is about, by the event's key."""
    ids = {event.public_id for event in events}
    members = Membership.objects.filter(public_id__in=ids).values_list("public_id", "person__name")
    spaces = Space.objects.filter(public_id__in=ids, kind__in=KNOWN_TO_MEMBERS).values_list("public_id", "name")
    names = dict(members) | dict(spaces)
    return {event.pk: names[event.public_id] for event in events if event.public_id in names}


def partnership_addresses(reader: Reader, slugs: Collection[str]) -> dict[str, str]:
    """Return the addresses of those partnerships that one is in now."""
    mine = {partnership.slug for partnership in reader.partnerships}
    return {slug: reverse("partnerships:partnership-detail", args=[slug]) for slug in mine & set(slugs)}


def space_addresses(reader: Reader, public_ids: Collection[str]) -> dict[str, str]:
    """Return the addresses of those spaces that one is in now."""
    spaces = Space.objects.readable_by(reader.person).filter(public_id__in=public_ids).exclude(partnership=None)
    found = spaces.values_list("public_id", "partnership__slug")
    return {key: reverse("partnerships:space-detail", args=[slug, key]) for key, slug in found}


ADDRESSES = {"partnership": partnership_addresses, "space": space_addresses}

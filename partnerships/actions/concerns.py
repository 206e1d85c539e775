"""A worry about how a partnership is run, and whom it goes to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.mail import post
from desk.models import Draft
from partnerships.concerns import KIND, Contact, contact_of, is_members_address, letter_of, take_turn
from partnerships.models import Partnership
from partnerships.permissions import Permission, membership_of, require


class AlreadySent(Exception):
    """The form was sent before. Nothing went a second time."""


@transaction.atomic
def name_contact(*, partnership: Partnership, name: str, email: str, by) -> None:
    """Name somebody outside whom members can tell a worry; without both, the site's contact is the one."""
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    if bool(name) != bool(email):
        raise ValidationError(_("Give both the name and the e-mail address, or neither."))
    if email and is_members_address(partnership, email):
        raise ValidationError(
            {"email": _("That is the address of somebody who takes part here. Name somebody outside.")}
        )
    Partnership.objects.filter(pk=partnership.pk).update(concern_name=name, concern_email=email)
    record_event(by=by, action="partnership.name_contact", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def send_concern(*, partnership: Partnership, contact: Contact, text: str, gives_name: bool, key: str, by) -> None:
    """Send the words to the contact by mail, and keep nothing that tells who wrote them.

    Not in the audit event, not in the outbox, nor in the used draft. Raises AlreadySent for a repeated POST, and
    ValidationError where somebody else is the contact meanwhile, or five have gone in an hour.
    """
    require(membership_of(by, partnership), Permission.WRITE)
    if contact_of(partnership) != contact:
        raise ValidationError(_("Somebody else is named now. Please look at it once more."), code="other_contact")
    if not Draft.use(author=by, key=key, form=KIND):
        raise AlreadySent
    if not take_turn(by):
        raise ValidationError(
            _("Five of these have gone in the last hour. Your words are still here: send them a little later."),
            code="too_many",
        )
    # A used key is remembered for a while; nobody shall tell from it which form it was.
    Draft.objects.of(by).filter(key=key).update(form="", about="")
    letter = letter_of(partnership, contact=contact, text=text, writer=by if gives_name else None)
    headers = {"Reply-To": by.email} if gives_name else {}
    post(to=contact.email, template="concern", context=letter, kind=KIND, headers=headers)
    record_event(by=None, action="concern.send", kind="partnership", public_id=partnership.slug)

"""What is done to accounts."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desk.audit import record_event

from .models import User


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    by: User | None,
    password: str | None = None,
    is_site_admin: bool = False,
    wants_to_learn: str = "",
    can_offer: str = "",
    answers_for: str = "",
) -> User:
    """Open an account for somebody whose address is known to be theirs, from an invitation or on the server.

    Without a password the person sets one by "Forgot your password?". `by` is None where the system acts.
    Raises ValidationError when the address has an account.
    """
    email = email.strip().lower()
    if (
        EmailAddress.objects.filter(email=email, verified=True).exists()
        or User.objects.filter(email__iexact=email).exists()
    ):
        raise ValidationError(_("There is an account with this address already."), code="email_taken")
    person = User.objects.create_user(
        email,
        password,
        name=name.strip(),
        is_staff=is_site_admin,
        is_superuser=is_site_admin,
        wants_to_learn=wants_to_learn,
        can_offer=can_offer,
        answers_for=answers_for,
    )
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    record_event(by=by, action="account.open", kind="account", public_id=person.public_id, site_admin=is_site_admin)
    return person


@transaction.atomic
def change_profile(*, person: User, by: User, **words: str | bool) -> list[str]:
    """Change what others see of a person, or how the app looks to them; return which fields changed."""
    changed = [field for field, value in words.items() if getattr(person, field) != value]
    if changed:
        for field in changed:
            setattr(person, field, words[field])
        person.save(update_fields=changed)
        record_event(by=by, action="account.change", kind="account", public_id=person.public_id, fields=changed)
    return changed

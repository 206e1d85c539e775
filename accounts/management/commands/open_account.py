"""Open an account on the server: the first site admin, above all."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from accounts.actions import open_account


class Command(BaseCommand):
    """Open an account, and print the link by which its holder sets a password."""

    help = "Open an account without an invitation, and print a link that sets its password."

    def add_arguments(self, parser):
        """Ask for the address and the name."""
        parser.add_argument("email")
        parser.add_argument("name", help='What the person is called, in quotes: "Dawn Hartley"')
        parser.add_argument("--site-admin", action="store_true", help="Looks after the site; reads no record by it.")

    def handle(self, *, email, name, site_admin, **options):
        """Open the account."""
        try:
            validate_email(email)
            person = open_account(email=email, name=name, by=None, is_site_admin=site_admin)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        key = [user_pk_to_url_str(person), default_token_generator.make_token(person)]
        print(f"Opened an account for {person.email}. This link sets its password, once:")
        print(settings.SITE_URL + reverse("account_reset_password_from_key", args=key))

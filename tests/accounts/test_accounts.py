"""Opening accounts, and what site admins see of them."""

import re
from io import StringIO
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import open_account
from accounts.models import User
from desk.models import AuditEvent

from .conftest import PASSWORD


def test_an_account_opens_with_a_confirmed_address_and_leaves_a_trace(person):
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("dawn@doorway.test", True, True)
    event = AuditEvent.objects.get(action="account.open")
    assert (event.actor, event.kind, event.public_id) == (None, "account", person.public_id)


def test_one_address_opens_one_account(person):
    with pytest.raises(ValidationError):
        open_account(email="DAWN@doorway.test", name="Another Dawn", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Dawn@Doorway.test", name="Another Dawn")


def test_the_first_site_admin_is_opened_on_the_server(client, db, capsys):
    call_command("open_account", "Ada@Site.test", "Ada Site", "--site-admin")
    link = re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[1]
    form = client.get(link).headers["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "ada@site.test", "password": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 200
    with pytest.raises(CommandError, match="already"):
        call_command("open_account", "ada@site.test", "Ada Again")
    with pytest.raises(CommandError, match="valid email"):
        call_command("open_account", "ada", "Ada")


def test_createsuperuser_works(db):
    call_command("createsuperuser", "--no-input", email="ada@site.test", name="Ada", stdout=StringIO())
    assert User.objects.get().is_superuser


class TestAdmin:
    """The Django admin."""

    @pytest.fixture
    def site_admin(self, db):
        return open_account(email="ada@site.test", name="Ada", by=None, password=PASSWORD, is_site_admin=True)

    def test_has_no_way_in_of_its_own(self, client, db):
        page = reverse("admin:index")
        response = client.post(reverse("admin:login"), {"username": "ada@site.test", "password": PASSWORD})
        assert response.headers["Location"].startswith(reverse("account_login"))
        end = client.get(page, follow=True).redirect_chain[-1][0]
        assert unquote(end) == f"{reverse('account_login')}?next={page}"

    def test_is_for_site_admins(self, client, person):
        client.force_login(person)
        assert client.get(reverse("admin:index"), follow=True).status_code == 403

    def test_shows_only_what_is_ours(self):
        packages = {model.__module__.partition(".")[0] for model in admin.site._registry}
        assert packages.isdisjoint({"allauth", "taggit", "django", "django_tasks_db"})

    def test_shows_people_and_changes_none(self, client, site_admin, person):
        client.force_login(site_admin)
        assert person.email in client.get(reverse("admin:accounts_user_changelist")).content.decode()
        page = reverse("admin:accounts_user_change", args=[person.pk])
        assert "wants_to_learn" not in client.get(page).content.decode()
        assert client.post(page, {"name": "Changed"}).status_code == 403
        assert client.get(reverse("admin:accounts_user_add")).status_code == 403
        assert client.post(reverse("admin:accounts_user_delete", args=[person.pk])).status_code == 403

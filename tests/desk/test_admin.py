"""The site admin sees whether mail goes; only a demo shows what it says."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from desk.models import Outbox

LIST = "/admin/desk/outbox/"


@pytest.fixture(autouse=True)
def outbox(settings, cast):
    Outbox.objects.all().delete()
    settings.MAILERS = {"default": {"BACKEND": "desk.mail.OutboxBackend"}}


def mail(**facts):
    right = {"subject": "Something new in Early peers", "kind": "notice", "recipients": ["a@example.org"]}
    return Outbox.objects.create(**right | {"message": b""} | facts)


def test_nobody_reads_mails_on_a_real_site(cast, client_for, settings):
    EmailMessage(subject="Set a new password", body="Where, and never what.", to=["a@example.org"]).send()
    address = f"{LIST}{Outbox.objects.get().pk}/change/"
    admin = client_for(cast.site_admin)
    assert "Where, and never what." not in admin.get(address).content.decode()
    settings.DEMO = True
    assert "Where, and never what." in admin.get(address).content.decode()
    assert "Where, and never what." not in client_for(cast.orgadmin).get(address, follow=True).content.decode()


def test_the_site_admin_sees_how_far_each_mail_has_got(cast, client_for):
    now = timezone.now()
    rows = {
        "Waiting": mail(attempts=2),
        "Being sent": mail(claim_ends_at=now + timedelta(minutes=5)),
        "Gone": mail(done_at=now),
        "Given up": mail(failed_at=now),
        "Not to go any more": mail(cancelled_at=now),
    }
    admin = client_for(cast.site_admin)
    for state, row in rows.items():
        assert state in admin.get(f"{LIST}{row.pk}/change/").content.decode()
        assert f'<td class="field-state">{state}</td>' in admin.get(LIST).content.decode()


def test_what_has_not_gone_stands_first(cast, client_for):
    gone, given_up = mail(done_at=timezone.now()), mail(failed_at=timezone.now())
    newest = mail(done_at=timezone.now() + timedelta(minutes=1))
    page = client_for(cast.site_admin).get(LIST)
    rows = [row.pk for row in page.context["cl"].result_list]
    assert rows.index(given_up.pk) < rows.index(newest.pk) < rows.index(gone.pk)


def test_the_name_of_a_place_is_not_for_the_site_admin(cast, client_for):
    """Who is not in a one to one never learns that there is one; a subject would name the place."""
    row = mail()
    admin = client_for(cast.site_admin)
    for page in (LIST, f"{LIST}{row.pk}/change/"):
        assert "Early peers" not in admin.get(page).content.decode()
        assert "Notice" in admin.get(page).content.decode()


def test_nobody_writes_changes_or_deletes_a_mail_there(cast, client_for):
    row = mail()
    admin = client_for(cast.site_admin)
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(f"{LIST}{row.pk}/change/", {"subject": "x"}).status_code == 403
    assert admin.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403

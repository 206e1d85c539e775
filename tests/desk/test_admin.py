"""The site admin sees whether mail goes; only a demo shows what it says."""

from django.core.mail import EmailMessage

from desk.models import Outbox


def test_nobody_reads_mails_on_a_real_site(cast, client_for, settings):
    settings.MAILERS = {"default": {"BACKEND": "desk.mail.OutboxBackend"}}
    EmailMessage(subject="Set a new password", body="Where, and never what.", to=["a@example.org"]).send()
    address = f"/admin/desk/outbox/{Outbox.objects.get().pk}/change/"
    admin = client_for(cast.site_admin)
    assert "Where, and never what." not in admin.get(address).content.decode()
    settings.DEMO = True
    assert "Where, and never what." in admin.get(address).content.decode()
    assert "Where, and never what." not in client_for(cast.orgadmin).get(address, follow=True).content.decode()

"""Mails that the app posts: two bodies, one line of subject, asked about once more when they go."""

import email
from email import policy

import pytest
from django.template.loader import render_to_string

from desk import mail
from desk.models import Outbox
from desk.tasks import deliver_due_mail

LINES = [{"name": "Early <Shift> & co", "lines": []}]


pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture
def checks(monkeypatch):
    """Start without any check, and forget those that a test adds."""
    monkeypatch.setattr(mail, "_checks", {})


def post(subject="What is new", **facts):
    return mail.post(to="a@example.org", template="notices", context={"subject": subject, "places": LINES}, **facts)


def read(row):
    return email.message_from_bytes(bytes(row.message), policy=policy.default)


def test_it_has_a_plain_and_a_simple_html_body(mail_server):
    message = read(post())
    assert message["To"] == "a@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Early <Shift> & co" in plain
    assert "Early &lt;Shift&gt; &amp; co" in html
    assert "Sent by learnpartner at testserver" in plain
    assert not any(word in html for word in ("<img", "style", "script", "http-equiv"))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Early\r\nBcc: spy@example.org", "Early Bcc: spy@example.org"),
        ("  Early \t Shift\u2028peers\x00\x07 ", "Early Shift peers"),
        ("Grüße an die Frühschicht", "Grüße an die Frühschicht"),
        ("x" * 200, "x" * 119 + "…"),
        ("long words " * 20, ("long words " * 20)[:119].rstrip() + "…"),
    ],
)
def test_no_name_can_break_a_subject(mail_server, typed, line):
    message = read(post(typed))
    assert message["Subject"] == line
    assert message["Bcc"] is None
    assert len(message["Subject"]) <= 120


def test_an_address_with_a_line_break_makes_no_mail(mail_server):
    with pytest.raises(ValueError):
        mail.post(to="a@example.org\nBcc: spy@example.org", template="notices", context={"subject": "s", "places": []})
    assert not Outbox.objects.exists()


def test_headers_and_addresses_stay_whole(mail_server):
    """Python would fold them in the middle, and no mail program would find the link."""
    link = "https://learn.example.org/unsubscribe/" + "x" * 150 + "/"
    row = post(headers={"List-Unsubscribe": f"<{link}>"})
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in bytes(row.message)
    deliver_due_mail.call()
    assert f"List-Unsubscribe: <{link}>".encode() in mail_server.taken[0]


def test_its_message_id_names_the_site_and_no_machine(mail_server, settings):
    settings.SITE_URL = "https://learn.example.org"
    row = post()
    assert row.message_id.endswith("@learn.example.org>")
    assert read(row)["Message-ID"] == row.message_id


def test_somebody_with_an_account_is_led_to_what_reaches_them(mail_server, django_user_model):
    person = django_user_model.objects.create_user("a@example.org", name="A")
    assert "/account/mail/" in read(post(person=person)).get_body(("plain",)).get_content()
    assert "/account/mail/" not in read(post()).get_body(("plain",)).get_content()


def test_a_mail_that_may_not_go_any_more_never_does(mail_server, checks):
    asked = []
    mail.register_check("invitation", lambda row: asked.append(row.about) or row.about == "standing")
    standing, withdrawn = post(kind="invitation", about="standing"), post(kind="invitation", about="withdrawn")
    assert asked == []
    assert deliver_due_mail.call() == 1
    assert asked == ["standing", "withdrawn"]
    for row in (standing, withdrawn):
        row.refresh_from_db()
    assert standing.done_at
    assert withdrawn.cancelled_at
    assert not withdrawn.done_at
    assert bytes(withdrawn.message) == b""
    assert deliver_due_mail.call() == 0


def test_it_is_asked_before_each_try(mail_server, checks):
    may = [True, False]
    mail.register_check("invitation", lambda row: may.pop(0))
    row = post(kind="invitation")
    mail_server.refused["a@example.org"] = mail_server.down()
    deliver_due_mail.call()
    mail_server.refused.clear()
    Outbox.objects.update(next_try_at=row.created_at)
    assert deliver_due_mail.call() == 0
    row.refresh_from_db()
    assert row.cancelled_at
    assert mail_server.taken == []


def test_a_check_that_breaks_holds_up_no_other_mail(mail_server, checks):
    mail.register_check("invitation", lambda row: 1 / 0)
    row, other = post(kind="invitation"), post()
    assert deliver_due_mail.call() == 1
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.attempts, row.done_at, row.cancelled_at) == (1, None, None)
    assert other.done_at


def test_a_worry_is_wiped_in_a_demo_too(mail_server, settings):
    """The page promises that the text is erased after sending."""
    settings.DEMO = True
    worry, other = post(kind="concern"), post()
    deliver_due_mail.call()
    for row in (worry, other):
        row.refresh_from_db()
    assert bytes(worry.message) == b""
    assert bytes(other.message) != b""


def test_the_base_asks_for_nothing_from_anywhere(mail_server):
    html = render_to_string("emails/base.html", {"subject": "s", "site": "x", "site_url": "https://x"})
    assert "src=" not in html
    assert html.count("http") == 0


def test_each_recipient_has_a_row(mail_server):
    """So that one who is refused costs no other their mail."""
    from django.core.mail import send_mail

    send_mail("s", "b", "from@example.org", ["a@example.org", "b@example.org"])
    assert [row.recipients for row in Outbox.objects.order_by("pk")] == [["a@example.org"], ["b@example.org"]]
    assert Outbox.objects.values("message_id").distinct().count() == 1

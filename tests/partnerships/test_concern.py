"""A worry goes to somebody outside, by mail alone, and nothing here tells who wrote it (issue 3, point 9)."""

import re
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk import drafts
from desk.drafts import open_drafts
from desk.models import AuditEvent, Draft, Outbox
from partnerships.actions.concerns import AlreadySent, name_contact, send_concern
from partnerships.concerns import Contact, contact_of
from partnerships.models import Partnership, SiteSettings
from tests import factories as make

WORDS = "The money talk comes first.\n\nNobody asks <b>us</b> & that is wrong. ünïcode"


@pytest.fixture
def contact(cast):
    cache.clear()
    name_contact(partnership=cast.partnership, name="Maria Outside", email="maria@elsewhere.example", by=cast.steward)
    cast.partnership.refresh_from_db()
    return Contact("Maria Outside", "maria@elsewhere.example")


def page(cast):
    return reverse("partnerships:concern-new", args=[cast.partnership.slug])


def post(client, cast, **more):
    return client.post(page(cast), {"text": WORDS, "draft_key": "worry", **more})


def seen(client, cast, **more):
    """Give the mark that comes with the preview of just these words."""
    answer = post(client, cast, **more)
    assert answer.status_code == 200
    return answer.context["letter"]["mark"]


def send(client, cast, **more):
    return post(client, cast, seen=seen(client, cast, **more), **more)


def concerns():
    return Outbox.objects.filter(kind="concern")


@pytest.fixture
def undelivered(settings):
    """Leave mails waiting, as where the mail server is away."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def waiting():
    [row] = concerns()
    return message_from_bytes(bytes(row.message), policy=policy.default)


def test_it_is_previewed_exactly_and_only_then_sent(cast, client_for, contact, undelivered):
    client = client_for(cast.fellow)
    answer = post(client, cast)
    assert answer.status_code == 200
    assert concerns().count() == 0, "nothing is sent by the first step"
    letter = answer.context["letter"]
    body = answer.content.decode()
    assert "Nobody asks &lt;b&gt;us&lt;/b&gt; &amp; that is wrong." in body
    assert "This goes by ordinary mail, to Maria Outside. It is not kept here" in body
    assert post(client, cast, seen=letter["mark"]).status_code == 302
    mail = waiting()
    assert mail["To"] == "maria@elsewhere.example"
    assert mail["Subject"] == letter["subject"]
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n").strip() == letter["text"].strip()
    assert WORDS in letter["text"].replace("\r\n", "\n")
    assert "&lt;b&gt;us&lt;/b&gt;" in mail.get_body(("html",)).get_content()


def test_what_was_not_previewed_as_it_is_is_not_sent(cast, client_for, contact):
    client = client_for(cast.fellow)
    mark = seen(client, cast)
    for more in ({"text": "Other words"}, {"gives_name": "on"}):
        answer = post(client, cast, seen=mark, **more)
        assert (answer.status_code, "letter" in answer.context) == (200, True)
    assert post(client, cast, seen="ü").status_code == 200
    # Somebody else is named meanwhile: the preview comes again, with their name.
    name_contact(partnership=cast.partnership, name="Noor Outside", email="noor@elsewhere.example", by=cast.steward)
    answer = post(client, cast, seen=mark)
    assert "to Noor Outside" in answer.content.decode()
    assert concerns().count() == 0


def test_going_back_to_change_it_loses_nothing(cast, client_for, contact):
    answer = post(client_for(cast.fellow), cast, change="1", seen="x")
    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == WORDS
    assert concerns().count() == 0


@pytest.mark.parametrize("gives_name", [False, True])
def test_a_name_is_given_only_where_one_says_so(cast, client_for, contact, undelivered, gives_name):
    more = {"gives_name": "on"} if gives_name else {}
    assert send(client_for(cast.fellow), cast, **more).status_code == 302
    whole = waiting().as_string()
    for tells in (cast.fellow.name, cast.fellow.email):
        assert (tells in whole) == gives_name
    assert cast.fellow.public_id not in whole
    assert (waiting()["Reply-To"] == cast.fellow.email) == gives_name


def test_nothing_here_tells_who_wrote(cast, client_for, contact):
    make.make_draft(by=cast.fellow, form="concern", about=cast.partnership.slug, key="worry", text=WORDS)
    client = client_for(cast.fellow)
    events = AuditEvent.objects.count()
    assert send(client, cast).status_code == 302
    event = AuditEvent.objects.get(action="concern.send")
    assert AuditEvent.objects.count() == events + 1
    assert event.actor is None
    assert event.facts == {}
    row = concerns().get()
    assert (row.person, row.about) == (None, "")
    used = Draft.objects.get(key="worry")
    assert (used.data, used.form, used.about) == ({}, "", "")
    assert open_drafts(cast.fellow) == []


def test_the_words_are_erased_once_it_has_gone_in_a_demo_as_well(
    cast, client_for, contact, settings, django_capture_on_commit_callbacks
):
    settings.DEMO = True
    with django_capture_on_commit_callbacks(execute=True):
        send(client_for(cast.fellow), cast)
    row = concerns().get()
    assert row.done_at
    assert bytes(row.message) == b""
    assert "money" not in row.subject


def test_nobody_else_sees_that_something_was_sent(cast, client_for, contact):
    pages = [
        reverse(f"partnerships:{name}", args=[cast.partnership.slug])
        for name in ("partnership-detail", "people-list", "concern-new", "concern-edit", "settings-detail")
    ] + [reverse("home:home")]
    others = ("steward", "learning_partner")
    before = {(name, url): plain(client_for(cast[name]).get(url)) for name in others for url in pages}
    send(client_for(cast.fellow), cast)
    for (name, url), body in before.items():
        assert plain(client_for(cast[name]).get(url)) == body, (name, url)


def plain(response):
    random = r'(csrfmiddlewaretoken" value="|draft_(?:key|page)" value="|/drafts/)[\w-]+'
    body = re.sub(random, r"\1", response.content.decode())
    return response.status_code, body


def test_sent_twice_goes_once_and_changed_words_are_not_lost(cast, client_for, contact):
    client = client_for(cast.fellow)
    assert send(client, cast).status_code == 302
    answer = send(client, cast)
    assert answer.status_code == 422
    assert concerns().count() == 1
    assert answer.context["form"]["text"].value() == WORDS
    key = answer.context["form"].key
    assert key != "worry"
    assert send(client, cast, draft_key=key).status_code == 302
    assert concerns().count() == 2
    with pytest.raises(AlreadySent):
        send_concern(
            partnership=cast.partnership, contact=contact, text="x", gives_name=False, key="worry", by=cast.fellow
        )


def test_five_in_an_hour_and_no_word_is_lost(cast, client_for, contact):
    client = client_for(cast.fellow)
    for number in range(5):
        assert send(client, cast, draft_key=f"k{number}").status_code == 302
    answer = send(client, cast, draft_key="k5")
    assert answer.status_code == 422
    assert "Five of these have gone in the last hour" in answer.content.decode()
    assert answer.context["form"]["text"].value() == WORDS
    assert concerns().count() == 5
    assert send(client_for(cast.expert), cast).status_code == 302, "each has their own five"
    assert Draft.objects.filter(key="k5").count() == 0, "the key is not used up"


def test_an_empty_worry_is_asked_for_words(cast, client_for, contact):
    answer = post(client_for(cast.fellow), cast, text="  ")
    assert answer.status_code == 422
    assert "Write a few words first." in answer.content.decode()


# Whom it goes to


def test_the_contact_is_the_partnerships_then_the_sites_then_nobody(cast, client_for, contact):
    assert contact_of(cast.partnership) == contact
    name_contact(partnership=cast.partnership, name="", email="", by=cast.steward)
    cast.partnership.refresh_from_db()
    assert contact_of(cast.partnership) is None
    SiteSettings.objects.update_or_create(pk=1, defaults={"concern_name": "Site", "concern_email": "s@site.example"})
    assert contact_of(cast.partnership) == Contact("Site", "s@site.example")


def test_where_nobody_is_named_the_page_says_whom_to_ask(cast, client_for):
    name_contact(partnership=cast.partnership, name="", email="", by=cast.steward)
    body = client_for(cast.fellow).get(page(cast)).content.decode()
    assert "Nobody outside has been named yet" in body
    assert cast.steward.name in body
    assert "<textarea" not in body
    assert "Name somebody outside" not in body
    assert "Name somebody outside" in client_for(cast.steward).get(page(cast)).content.decode()
    # Somebody was named when the page was opened, and is no longer.
    answer = post(client_for(cast.fellow), cast, seen="x")
    assert answer.status_code == 422
    assert "The money talk comes first." in answer.content.decode()
    assert concerns().count() == 0


def test_a_member_cannot_be_the_contact(cast, client_for):
    EmailAddress.objects.create(user=cast.fellow, email="private@home.example", verified=True)
    for email in (cast.fellow.email, cast.steward.email.upper(), "Private@home.example"):
        with pytest.raises(ValidationError):
            name_contact(partnership=cast.partnership, name="X", email=email, by=cast.steward)
    address = reverse("partnerships:concern-edit", args=[cast.partnership.slug])
    answer = client_for(cast.steward).post(address, {"name": "X", "email": cast.fellow.email})
    assert answer.status_code == 422
    assert "Name somebody outside." in answer.content.decode()
    # Who is a member of something else, or was one here, is outside.
    for email in (cast.outsider.email, cast.former.email):
        name_contact(partnership=cast.partnership, name="X", email=email, by=cast.steward)


def test_a_contact_who_becomes_a_member_gets_nothing_more(cast, client_for, contact):
    name_contact(partnership=cast.partnership, name="Olu", email=cast.outsider.email, by=cast.steward)
    client = client_for(cast.fellow)
    mark = seen(client, cast)
    make.make_member(partnership=cast.partnership, person=cast.outsider)
    assert post(client, cast, seen=mark).status_code == 422
    assert concerns().count() == 0
    with pytest.raises(ValidationError):
        send_concern(
            partnership=Partnership.objects.get(pk=cast.partnership.pk),
            contact=Contact("Olu", cast.outsider.email),
            text="x",
            gives_name=False,
            key=drafts.new_key(),
            by=cast.fellow,
        )


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Only a name", "email": ""},
        {"name": "", "email": "only@address.example"},
        {"name": "X", "email": "no address"},
        {"name": "X", "email": "a@b.example\r\nBcc: c@d.example"},
    ],
)
def test_half_a_contact_is_refused_and_kept_in_its_boxes(cast, client_for, typed):
    address = reverse("partnerships:concern-edit", args=[cast.partnership.slug])
    answer = client_for(cast.steward).post(address, typed)
    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == typed["name"]


def test_who_looks_after_settings_names_the_contact(cast, client_for, contact):
    for name in ("fellow", "commissioner"):
        with pytest.raises(PermissionDenied):
            name_contact(partnership=cast.partnership, name="X", email="x@y.example", by=cast[name])
    address = reverse("partnerships:concern-edit", args=[cast.partnership.slug])
    right = {"name": "New", "email": "new@elsewhere.example"}
    assert client_for(cast.learning_partner).post(address, right).status_code == 302
    assert client_for(cast.fellow).get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        send_concern(
            partnership=cast.partnership, contact=contact, text="x", gives_name=False, key="k", by=cast.outsider
        )


def test_the_address_is_shown_to_no_member(cast, client_for, contact):
    client = client_for(cast.fellow)
    assert contact.email not in client.get(page(cast)).content.decode()
    assert contact.email not in post(client, cast).content.decode()


def test_words_that_would_be_code_stay_words_in_the_preview(cast, client_for, contact):
    body = post(client_for(cast.fellow), cast, text="<script>alert(1)</script> {{ x }}").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in body


def test_the_subject_is_neutral_and_on_one_line(cast, client_for, contact, undelivered):
    Partnership.objects.filter(pk=cast.partnership.pk).update(concern_name="Maria\r\nBcc: x@y.example")
    assert send(client_for(cast.fellow), cast).status_code == 302
    subject = waiting()["Subject"]
    for word in ("worr", "concern", cast.partnership.name):
        assert word.lower() not in subject.lower()
    assert waiting()["Bcc"] is None

"""A canary for each of the cast in all that they can write, and what looks for it wherever it could be left."""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from accounts.actions import change_profile
from desk.mail import OutboxBackend
from desk.models import Outbox
from desk.notices import notify
from partnerships.models.spaces import wider_field
from records.actions import edit
from tests import factories as make
from tests.cast import SIGNED_IN
from tests.scenery.prompts import write_with

# Says where the canary is: gone whatever is chosen, or with what was shared.
GONE = ("profile", "private", "draft", "former", "takenback", "role", "subject", "tagprivate", "session", "device")
SHARED = ("shared", "answer", "tagshared")


def canary(name: str, where: str) -> str:
    """Give a word that nobody else has, which comes through the search texts unchanged."""
    return f"qx{name.replace('_', '')}{where}"


def plant(cast: Any) -> None:
    """Have each of the cast write it everywhere."""
    for name in sorted(SIGNED_IN):
        _plant(name, cast[name], cast)


def _plant(name: str, person: Any, cast: Any) -> None:
    def word(where: str) -> str:
        return f"What {canary(name, where)} says."

    change_profile(person=person, by=person, can_offer=word("profile"), answers_for=word("profile"))
    note = make.make_note(by=person, text=word("former"), title=word("former"), tags=[canary(name, "tagprivate")])
    words = {"text": word("private"), "title": ""}
    edit(note, by=person, version=note.version, key=f"edit-{name}"[:24], form="reflection-edit", changes=words)
    make.make_draft(by=person, text=word("draft"))
    make.make_shared_note(by=person, text=word("shared"), title=word("shared"), tags=[canary(name, "tagshared")])
    back = make.make_shared_note(by=person, text=word("takenback"), tags=[canary(name, "tagprivate")])
    make.withdraw(record=back)
    # Answers to prompts stand in a table of their own beside the text.
    for where in ("shared", "takenback"):
        answered = write_with(by=person, key="gibbs", answers=[word(where)])
        kept = make.share(note=answered, space=wider_field())
        if where == "takenback":
            make.withdraw(record=kept)
    make.make_response(to=cast.wider_note, by=person, text=word("answer"))
    EmailAddress.objects.create(user=person, email=f"{canary(name, 'second')}@example.net", verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": canary(name, "device")})
    for address in (person.email, f"{canary(name, 'second')}@example.net"):
        OutboxBackend(alias="default").send_messages([EmailMessage(word("subject"), word("subject"), to=[address])])
    notify(people=[person], kind="shared", about=cast.wider_note.public_id)
    client = Client()
    client.force_login(person)
    session = client.session
    session["note"] = canary(name, "session")
    session.save()
    UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=session.session_key, user_agent=canary(name, "device")
    )
    for membership in person.memberships.all():
        membership.held_roles.update(own_words=word("role"))


def everything() -> Iterator[tuple[str, str]]:
    """Give each row of each table as text, whatever made the table, with what is packed in it opened."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            # SQLite's index of search, packed; it follows the search texts, which are looked at.
            if table.startswith("records_searchindex_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(map(_text, row))
    for session in Session.objects.all():
        yield "django_session, opened", str(session.get_decoded())
    for mail in Outbox.objects.exclude(message=b""):
        message = message_from_bytes(bytes(mail.message), policy=policy.default)
        parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        yield "desk_outbox, opened", " ".join([str(message["subject"]), str(message["to"]), *parts])


def _text(value: Any) -> str:
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("latin-1")
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/=]{40,}", value):
        return f"{value} {b64decode(value + '===', validate=False).decode('latin-1')}"
    return str(value)


def where_found(*words: str, among: Iterable[tuple[str, str]] | None = None) -> set[str]:
    """Name the tables in which one of the words stands, in whatever case: among these rows, or among all there are."""
    look = re.compile("|".join(map(re.escape, words)), re.I)
    rows = everything() if among is None else among
    return {f"{table}: {found[0]}" for table, text in rows if (found := look.search(text))}

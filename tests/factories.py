"""What tests build their world from: keyword-only functions that go through the real actions.

No action is bypassed, so what a test starts from is something that the app itself can come to.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.actions import open_account
from convening import actions as convening_actions
from convening.models import Contribution, Session
from desk import drafts
from desk.models import Draft
from partnerships import actions as partnership_actions
from partnerships.actions.agreements import adopt_agreement, draft_agreement
from partnerships.agreements import version_now
from partnerships.models import Agreement, Membership, Organisation, Partnership, Role, Space
from partnerships.models.spaces import wider_field
from records import actions as record_actions
from records.models import Attribution, Record, Response
from records.parts import Parts
from reflections import actions as reflection_actions
from reflections.models import Reflection

PASSWORD = "four words that rhyme"
_number = count(1)


def make_person(*, name: str = "", email: str = "", is_site_admin: bool = False, **words: str) -> Any:
    """Open an account. The name is made up where none is given."""
    number = next(_number)
    return open_account(
        email=email or f"person{number}@example.org",
        name=name or f"Person {number}",
        by=None,
        password=PASSWORD,
        is_site_admin=is_site_admin,
        **words,
    )


def make_organisation(*, name: str = "", kind: str = Organisation.Kind.NON_PROFIT, by: Any = None) -> Organisation:
    """Add an organisation, by a site admin."""
    by = by or make_person(is_site_admin=True)
    return partnership_actions.add_organisation(name=name or f"Organisation {next(_number)}", kind=kind, by=by)


def make_partnership(
    *,
    by: Any,
    name: str = "",
    role: str = Role.OTHER,
    organisation: Organisation | None = None,
    parent: Partnership | None = None,
    opened: bool = True,
    **words: str,
) -> Partnership:
    """Start a partnership, whose first steward is who starts it, and open it.

    Who starts it within another one is a member there as long as that takes.
    """
    guest = None
    if parent and not Membership.objects.of(by).current().filter(partnership=parent).exists():
        guest = make_member(partnership=parent, person=by, role=Role.OTHER)
    partnership = partnership_actions.start_partnership(
        name=name or f"Partnership {next(_number)}", by=by, role=role, organisation=organisation, parent=parent, **words
    )
    if opened:
        partnership_actions.open_partnership(partnership=partnership, by=by)
    if guest:
        partnership_actions.end_membership(membership=guest, by=by)
    return partnership


def make_member(
    *,
    partnership: Partnership,
    person: Any = None,
    role: str = Role.PRACTITIONER,
    by: Any = None,
    **details: Any,
) -> Membership:
    """Admit somebody, by the partnership's starter."""
    return partnership_actions.admit_member(
        partnership=partnership, person=person or make_person(), role=role, by=by or partnership.started_by, **details
    )


def everyone_of(*, partnership: Partnership) -> Space:
    """Give the space that all members read."""
    return partnership.spaces.get(kind=Space.Kind.EVERYONE)


def membership_of(*, person: Any, partnership: Partnership) -> Membership:
    """Give the person's membership that lasts now."""
    return Membership.objects.of(person).current().get(partnership=partnership)


def make_space(
    *, partnership: Partnership, by: Any, kind: str = Space.Kind.PEERS, name: str = "", people: tuple = (), **words: str
) -> Space:
    """Open a space; those asked in as it opens have accepted. A one to one has no name of its own."""
    if kind != Space.Kind.ONE_TO_ONE:
        name = name or f"Space {next(_number)}"
    if kind == Space.Kind.POWER_LINE:
        words.setdefault("power_statement", "The manager decides about the rota.")
    asking = [membership_of(person=person, partnership=partnership) for person in people]
    space = partnership_actions.open_space(
        partnership=partnership, kind=kind, by=by, name=name, asking=asking, still_peers=True, **words
    )
    for admission in space.admissions.pending().select_related("membership__person"):
        partnership_actions.accept_admission(admission=admission, by=admission.membership.person)
    return space


def admit(*, space: Space, person: Any, by: Any) -> None:
    """Ask a member in; they accept, and all inside say yes."""
    inside = [row.person for row in space.members().select_related("person") if row.person != by]
    membership = membership_of(person=person, partnership=space.partnership)
    admission = partnership_actions.ask_in(space=space, membership=membership, by=by, still_peers=True)
    partnership_actions.accept_admission(admission=admission, by=person)
    for other in inside:
        partnership_actions.answer_admission(admission=admission, says_yes=True, by=other, still_peers=True)


def make_note(
    *, by: Any, text: str = "A line of what I saw.", key: str = "", tags: Any = None, **words: Any
) -> Reflection:
    """Write a note into somebody's notebook."""
    return reflection_actions.write(by=by, text=text, key=key or drafts.new_key(), parts=Parts(tags=tags), **words)


def share(*, note: Reflection, space: Space, attribution: str = Attribution.NAMED) -> Reflection:
    """Share a note by its author, and give it as it is then."""
    record_actions.share(note, space=space, attribution=attribution, version=note.version, by=note.author)
    return Reflection.objects.get(pk=note.pk)


def make_shared_note(
    *, by: Any, space: Space | None = None, attribution: str = Attribution.NAMED, **words: Any
) -> Reflection:
    """Write a note and share it; without a space, with the wider field."""
    return share(note=make_note(by=by, **words), space=space or wider_field(), attribution=attribution)


def make_response(
    *,
    to: Record,
    by: Any,
    text: str = "I saw that too.",
    verb: str = Response.Verb.SAY,
    key: str = "",
    answers: Response | None = None,
) -> Response:
    """Respond to a record."""
    return record_actions.respond(to=to, verb=verb, text=text, by=by, key=key or drafts.new_key(), answers=answers)


def withdraw(*, record: Record) -> None:
    """Take a record back, by its author."""
    record_actions.withdraw(record, by=record.author)


def end_membership(*, person: Any, partnership: Partnership) -> None:
    """Let somebody leave a partnership."""
    membership = membership_of(person=person, partnership=partnership)
    partnership_actions.end_membership(membership=membership, by=person)


def make_draft(
    *, by: Any, text: str = "What I began.", form: str = "reflection", about: str = "", key: str = ""
) -> Draft:
    """Keep what somebody has typed, as the autosave does."""
    return Draft.keep(author=by, key=key or drafts.new_key(), form=form, about=about, data={"text": [text]})


def make_agreement_draft(*, partnership: Partnership, by: Any, key: str = "", **words: Any) -> Agreement:
    """Save a draft of the next version of a partnership's agreement."""
    right = {"text": "We come here to learn.\nNobody is counted.", "safety": "Ring the duty line."}
    return draft_agreement(
        partnership=partnership,
        version=version_now(partnership),
        words=right | words,
        key=key or drafts.new_key(),
        by=by,
    )


def make_agreement(
    *, partnership: Partnership, by: Any, what_changed: str = "A line more.", small: bool = False, **words: Any
) -> Agreement:
    """Draft a version of the agreement and adopt it, both by a steward."""
    draft = make_agreement_draft(partnership=partnership, by=by, **words)
    return adopt_agreement(
        partnership=partnership, version=draft.version, what_changed=what_changed, is_small_change=small, by=by
    )


def fold(*, record: Record, by: Any, words: str = "") -> None:
    """Fold the words of a record, by one of its readers."""
    version = Record.objects.get(pk=record.pk).version
    record_actions.fold(record, version=version, words=words, key=drafts.new_key(), by=by)


def set_aside(*, record: Record, by: Any, reason: str = "It must not stand here.") -> None:
    """Set a record aside, by somebody who looks after its space."""
    record_actions.set_aside(record, reason=reason, key=drafts.new_key(), by=by)


def make_session(*, by: Any, space: Space, begins_in: timedelta = timedelta(days=3), **words: Any) -> Session:
    """Convene a session of an hour in a space; `begins_in` may lie back."""
    starts_at = timezone.now().replace(microsecond=0) + begins_in
    right: dict[str, Any] = {
        "title": "What we make of it",
        "text": "To make sense of it together.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "question": "What would you like to ask?",
    }
    return convening_actions.convene(space=space, by=by, key=drafts.new_key(), **right | words)


def make_contribution(*, to: Session, by: Any, text: str = "A line for it.", wish: str = "named") -> Contribution:
    """Write for a session before it."""
    return convening_actions.contribute(to=to, text=text, wish=wish, by=by, key=drafts.new_key())

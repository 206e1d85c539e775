"""The cast: the people, places and words that every test about reading and doing plays with.

Doorway Place            (parent; parent_member is its steward)
├── Early Shift          (partnership: the stage)
└── Night Shelter        (sibling; outsider)
Supervision pair         (supervisor and the learning partner)
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser

from partnerships import actions as partnership_actions
from partnerships.models import Organisation, Partnership, Role, Space
from partnerships.models.spaces import wider_field
from records.models import Attribution

from . import factories as make
from .scenery import SCENERY

# Members of Early Shift, with the role in which they take part.
MEMBERS = {
    "practitioner": Role.PRACTITIONER,
    "fellow": Role.PRACTITIONER,
    "manager": Role.MANAGER,
    "consultant": Role.CONSULTANT,
    "academic": Role.ACADEMIC,
    "commissioner": Role.COMMISSIONER,
    "expert": Role.EXPERT,
    "learning_partner": Role.CONSULTANT,
    "steward": Role.MANAGER,
}
OTHERS = ("supervisor", "orgadmin", "former", "outsider", "parent_member", "site_admin")
SIGNED_IN = frozenset((*MEMBERS, *OTHERS))
# Nobody, and somebody who has come into one session as a guest: neither has an account.
NOT_SIGNED_IN = ("anonymous", "guest")
CAST = (*MEMBERS, *OTHERS, *NOT_SIGNED_IN)

IN_PEERS = frozenset({"practitioner", "fellow", "consultant", "academic"})
IN_POWER_LINE = frozenset({"practitioner", "manager"})
IN_ONE_TO_ONE = frozenset({"practitioner", "learning_partner"})
IN_EVERYONE = frozenset(MEMBERS)
IN_SUPERVISION = frozenset({"supervisor", "learning_partner"})


@dataclass
class Cast:
    """Everybody and everything by name: `cast.manager`, `cast.peers`, `cast.private_note`."""

    practitioner: Any = None
    fellow: Any = None
    manager: Any = None
    consultant: Any = None
    academic: Any = None
    commissioner: Any = None
    expert: Any = None
    learning_partner: Any = None
    steward: Any = None
    supervisor: Any = None
    orgadmin: Any = None
    former: Any = None
    outsider: Any = None
    parent_member: Any = None
    site_admin: Any = None
    anonymous: Any = field(default_factory=AnonymousUser)
    guest: Any = field(default_factory=AnonymousUser)
    # Four more practitioners in the peers' space, so that the floors hold there.
    peers_more: tuple = ()

    provider: Organisation | None = None
    council: Organisation | None = None
    parent: Partnership | None = None
    partnership: Partnership | None = None
    sibling: Partnership | None = None
    supervision: Partnership | None = None
    unopened: Partnership | None = None

    everyone: Space | None = None
    peers: Space | None = None
    power_line: Space | None = None
    one_to_one: Space | None = None
    sibling_everyone: Space | None = None
    supervision_everyone: Space | None = None
    wider: Space | None = None

    private_note: Any = None
    everyone_note: Any = None
    peers_note: Any = None
    power_line_note: Any = None
    one_to_one_note: Any = None
    not_named_note: Any = None
    withdrawn_note: Any = None
    wider_note: Any = None
    former_note: Any = None
    sibling_note: Any = None
    supervision_note: Any = None
    response: Any = None
    own_response: Any = None
    former_response: Any = None
    withdrawn_response: Any = None
    wider_response: Any = None
    draft: Any = None

    # What the domains' scenery adds, by name.
    more: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Give somebody or something by a name that is a variable."""
        return self.more[name] if name in self.more else getattr(self, name)


def gather() -> Cast:
    """Bring everybody on stage, by the actions that the app has."""
    cast = Cast()
    _people(cast)
    _partnerships(cast)
    _spaces(cast)
    _words(cast)
    for domain in SCENERY:
        domain.add(cast)
    return cast


def _people(cast: Cast) -> None:
    for name in SIGNED_IN:
        person = make.make_person(
            name=f"{name.replace('_', ' ').title()} Q",
            email=f"{name}@example.org",
            is_site_admin=name == "site_admin",
            wants_to_learn=f"what {name} wants to learn",
        )
        setattr(cast, name, person)
    cast.peers_more = tuple(make.make_person(name=f"Peer {number} Q") for number in range(1, 5))


def _partnerships(cast: Cast) -> None:
    cast.provider = make.make_organisation(name="Doorway", by=cast.site_admin)
    cast.council = make.make_organisation(name="The council", kind="public_body", by=cast.site_admin)
    partnership_actions.affiliate(person=cast.orgadmin, organisation=cast.provider, is_admin=True, by=cast.site_admin)
    cast.parent = make.make_partnership(by=cast.parent_member, name="Doorway Place")
    cast.partnership = make.make_partnership(
        by=cast.steward,
        name="Early Shift",
        role=MEMBERS["steward"],
        organisation=cast.provider,
        parent=cast.parent,
        purpose="To learn what the early shift sees.",
    )
    for name, role in MEMBERS.items():
        if name != "steward":
            make.make_member(
                partnership=cast.partnership,
                person=cast[name],
                role=role,
                organisation=cast.council if name == "commissioner" else cast.provider,
                learning_partner=name == "learning_partner",
            )
    for person in (*cast.peers_more, cast.former):
        make.make_member(partnership=cast.partnership, person=person, organisation=cast.provider)
    partnership_actions.take_part(
        partnership=cast.partnership, organisation=cast.council, ways=["commissions"], by=cast.steward
    )
    cast.sibling = make.make_partnership(
        by=cast.outsider, name="Night Shelter", role=Role.PRACTITIONER, organisation=cast.provider, parent=cast.parent
    )
    cast.unopened = make.make_partnership(by=cast.steward, name="Not opened yet", parent=cast.partnership, opened=False)
    cast.supervision = make.make_partnership(by=cast.supervisor, name="Supervision pair", kind="supervision")
    make.make_member(partnership=cast.supervision, person=cast.learning_partner, role=Role.OTHER)


def _spaces(cast: Cast) -> None:
    cast.wider = wider_field()
    cast.everyone = make.everyone_of(partnership=cast.partnership)
    cast.sibling_everyone = make.everyone_of(partnership=cast.sibling)
    cast.supervision_everyone = make.everyone_of(partnership=cast.supervision)
    others = (cast.fellow, cast.consultant, cast.academic, cast.former, *cast.peers_more)
    cast.peers = make.make_space(partnership=cast.partnership, by=cast.practitioner, name="Early peers", people=others)
    # Opened by the steward, who leaves it: neither steward nor learning partner reads there.
    cast.power_line = make.make_space(
        partnership=cast.partnership,
        by=cast.steward,
        kind=Space.Kind.POWER_LINE,
        name="Kerb to desk",
        people=(cast.practitioner, cast.manager),
    )
    partnership_actions.leave_space(space=cast.power_line, by=cast.steward)
    cast.one_to_one = make.make_space(
        partnership=cast.partnership,
        by=cast.learning_partner,
        kind=Space.Kind.ONE_TO_ONE,
        people=(cast.practitioner,),
    )


def _words(cast: Cast) -> None:
    me = cast.practitioner
    cast.private_note = make.make_note(by=me, text="private words", title="Private title", tags=["own-tag"])
    for place in ("everyone", "power_line", "one_to_one", "wider"):
        note = make.make_shared_note(by=me, space=cast[place], text=f"{place} words", title=f"Title in {place}")
        setattr(cast, f"{place}_note", note)
    cast.peers_note = make.make_shared_note(by=me, space=cast.peers, text="peers words", tags=["peers-tag"])
    cast.not_named_note = make.make_shared_note(
        by=cast.fellow, space=cast.peers, attribution=Attribution.NOT_NAMED, text="not named words", tags=["fellow-tag"]
    )
    cast.former_note = make.make_shared_note(by=cast.former, space=cast.peers, text="former words")
    cast.sibling_note = make.make_shared_note(by=cast.outsider, space=cast.sibling_everyone, text="sibling words")
    cast.supervision_note = make.make_shared_note(
        by=cast.learning_partner, space=cast.supervision_everyone, text="supervision words"
    )
    cast.response = make.make_response(to=cast.peers_note, by=cast.fellow, text="response words", verb="ask")
    cast.own_response = make.make_response(to=cast.not_named_note, by=cast.fellow, text="own response words")
    cast.former_response = make.make_response(to=cast.peers_note, by=cast.former, text="former response words")
    cast.wider_response = make.make_response(to=cast.wider_note, by=cast.outsider, text="wider response words")
    cast.withdrawn_response = make.make_response(to=cast.peers_note, by=cast.academic, text="withdrawn response words")
    make.withdraw(record=cast.withdrawn_response)
    cast.withdrawn_note = make.make_shared_note(
        by=me, space=cast.everyone, text="withdrawn words", title="Withdrawn title", tags=["withdrawn-tag"]
    )
    make.make_response(to=cast.withdrawn_note, by=cast.manager, text="response to what was withdrawn")
    make.withdraw(record=cast.withdrawn_note)
    cast.draft = make.make_draft(by=me, text="draft words")
    make.end_membership(person=cast.former, partnership=cast.partnership)
    for name in ("former_note", "peers_note", "withdrawn_note", "withdrawn_response"):
        cast[name].refresh_from_db()

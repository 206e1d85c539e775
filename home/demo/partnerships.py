"""The demo's partnerships: who starts them, who joins and leaves, and their spaces."""

from functools import partial
from typing import Any

from partnerships import actions
from partnerships.models import Membership

from .story import CLOSES, COMES_IN, ENDS, JOINS, LEAVES, OPENS, STARTS, Story
from .words import MemberWords, PartnershipWords, SpaceWords, WordsError


def tell(story: Story) -> None:
    """Put the partnerships on the line, with their people and their spaces."""
    for words in story.words.partnerships:
        about = f'partnership "{words.key}"'
        story.line.add(words.started_days_ago, STARTS, about, partial(_start, story, words))
        for member in words.member:
            about = f'partnership "{words.key}", member "{member.person}"'
            if member.person != words.started_by:
                story.line.add(member.joined_days_ago, JOINS, about, partial(_admit, story, words, member))
            if member.left_days_ago is not None:
                story.line.add(member.left_days_ago, ENDS, about, partial(_end, story, words, member))
        for space in words.space:
            _tell_space(story, words, space)


def _start(story: Story, words: PartnershipWords) -> None:
    starter = next((member for member in words.member if member.person == words.started_by), None)
    if starter is None or not starter.steward or starter.joined_days_ago != words.started_days_ago:
        raise WordsError("Who starts it is its first steward, and a member from that day.")
    by = story.person(starter.person)
    role: dict[str, Any] = {
        "role": starter.role,
        "own_words": starter.own_words,
        "organisation": story.organisation(starter.organisation) if starter.organisation else None,
    }
    partnership = actions.start_partnership(
        name=words.name,
        kind=words.kind,
        purpose=words.purpose.strip(),
        parent=story.partnership(words.parent) if words.parent else None,
        by=by,
        **role,
    )
    membership = Membership.objects.get(partnership=partnership, person=by)
    story.partnerships[words.key] = partnership
    story.memberships[words.key, starter.person] = membership
    if starter.learning_partner:
        actions.change_role(membership=membership, learning_partner=True, steward=True, by=by, **role)
    for part in words.participation:
        if not part.ways:
            raise WordsError(f'The organisation "{part.organisation}" takes part in no way.')
        actions.take_part(
            partnership=partnership,
            organisation=story.organisation(part.organisation),
            ways=part.ways,
            in_words=part.in_words,
            by=by,
        )
    if not words.draft:
        actions.open_partnership(partnership=partnership, by=by)


def _admit(story: Story, words: PartnershipWords, member: MemberWords) -> None:
    story.memberships[words.key, member.person] = actions.admit_member(
        partnership=story.partnership(words.key),
        person=story.person(member.person),
        role=member.role,
        own_words=member.own_words,
        organisation=story.organisation(member.organisation) if member.organisation else None,
        learning_partner=member.learning_partner,
        steward=member.steward,
        by=story.person(words.started_by),
    )


def _end(story: Story, words: PartnershipWords, member: MemberWords) -> None:
    actions.end_membership(membership=story.membership(words.key, member.person), by=story.person(member.person))


def _tell_space(story: Story, words: PartnershipWords, space: SpaceWords) -> None:
    about = f'space "{space.key}"'
    story.line.add(space.opened_days_ago, OPENS, about, partial(_open_space, story, words, space))
    if space.closed_days_ago is not None:
        story.line.add(space.closed_days_ago, CLOSES, about, partial(_close_space, story, space))
    joined = {member.person: member.joined_days_ago for member in words.member}
    for key in space.members:
        # Whoever opens it is in it.
        if key != space.opened_by:
            later = min(space.opened_days_ago, joined.get(key, space.opened_days_ago))
            day, about = space.joined.get(key, later), f'space "{space.key}", member "{key}"'
            story.line.add(day, COMES_IN, about, partial(_come_in, story, words, space, key))
    for key, day in space.left.items():
        about = f'space "{space.key}", left by "{key}"'
        story.line.add(day, LEAVES, about, partial(_leave_space, story, space, key))


def _open_space(story: Story, words: PartnershipWords, space: SpaceWords) -> None:
    """Open it, and ask those in who come in on the day."""
    today = {key for key in space.members if key != space.opened_by and space.joined.get(key) is None}
    members = [story.memberships[words.key, key] for key in sorted(today) if (words.key, key) in story.memberships]
    story.spaces[space.key] = actions.open_space(
        partnership=story.partnership(words.key),
        kind=space.kind,
        name=space.name,
        purpose=space.purpose,
        power_statement=space.power_statement,
        asking=[membership for membership in members if membership.is_current],
        still_peers=True,
        by=story.person(space.opened_by),
    )


def _come_in(story: Story, words: PartnershipWords, space: SpaceWords, key: str) -> None:
    """Say yes to being asked in; where that was not done as it opened, it is now, and all inside say yes too."""
    place = story.space(space.key)
    membership = story.membership(words.key, key)
    by = story.person(space.opened_by)
    others = [row.person for row in place.members().select_related("person") if row.person != by]
    admission = place.admissions.pending().filter(membership=membership).first()
    if admission is not None:
        actions.accept_admission(admission=admission, by=membership.person)
        return
    admission = actions.ask_in(space=place, membership=membership, still_peers=True, by=by)
    actions.accept_admission(admission=admission, by=membership.person)
    for other in others:
        actions.answer_admission(admission=admission, says_yes=True, still_peers=True, by=other)


def _leave_space(story: Story, space: SpaceWords, key: str) -> None:
    actions.leave_space(space=story.space(space.key), by=story.person(key))


def _close_space(story: Story, space: SpaceWords) -> None:
    actions.close_space(space=story.space(space.key), by=story.person(space.opened_by))

"""The demo's people and organisations."""

from functools import partial

from accounts.actions import open_account
from partnerships.actions import add_organisation, affiliate

from .story import JOINS, OPENS, SITE_ADMIN, STARTS, Story
from .words import OrganisationWords, PersonWords

# The site was there for some days before the first partnership.
SET_UP_BEFORE = 6


def tell(story: Story) -> None:
    """Put on the line that accounts are opened, the day before they are needed, and where people work."""
    partnerships = story.words.partnerships
    first_day = max(partnership.started_days_ago for partnership in partnerships) + SET_UP_BEFORE
    opened: dict[str, int] = {}
    for member in (member for partnership in partnerships for member in partnership.member):
        opened[member.person] = max(opened.get(member.person, 0), member.joined_days_ago + 1)
    # The site admin opens the other accounts, so theirs comes first.
    for person in sorted(story.words.people, key=lambda person: person.key != SITE_ADMIN):
        day, about = opened.get(person.key, first_day), f'person "{person.key}"'
        story.line.add(day, STARTS, about, partial(_open_account, story, person))
        if person.organisation:
            story.line.add(day, OPENS, about, partial(_affiliate, story, person))
    for organisation in story.words.organisations:
        about = f'organisation "{organisation.key}"'
        story.line.add(first_day, JOINS, about, partial(_add_organisation, story, organisation))


def _open_account(story: Story, words: PersonWords) -> None:
    first = words.key == SITE_ADMIN
    story.people[words.key] = open_account(
        email=words.email,
        name=words.name,
        by=None if first else story.person(SITE_ADMIN),
        is_site_admin=first,
        wants_to_learn=words.wants_to_learn,
        can_offer=words.can_offer,
        answers_for=words.answers_for,
    )


def _add_organisation(story: Story, words: OrganisationWords) -> None:
    by = story.person(SITE_ADMIN)
    story.organisations[words.key] = add_organisation(name=words.name, kind=words.kind, by=by)


def _affiliate(story: Story, words: PersonWords) -> None:
    admins = {(row.key, admin) for row in story.words.organisations for admin in row.admins}
    affiliate(
        person=story.person(words.key),
        organisation=story.organisation(words.organisation),
        job=words.job,
        is_admin=(words.organisation, words.key) in admins,
        by=story.person(SITE_ADMIN),
    )

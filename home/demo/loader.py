"""Loads the demo: every event of its story goes through the action that a page would call, at its own moment.

So the demo holds nothing that people could not have done, and each row has the date and the audit event that
it would have had. Days are relative to the day of loading.
"""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from desk.models import Draft

from . import (
    belonging,
    conversing,
    cycles,
    folding,
    landscape,
    library,
    notes,
    partnerships,
    people,
    prompts,
    sessions,
    suggestions,
    talking,
    told,
    trying,
)
from .clock import TimeLine, clock_at
from .story import SITE_ADMIN, Story, form_key
from .words import Words, WordsError, read_words

PASSWORD = "learning-together"  # noqa: S105
# Between them they stand in every place that somebody can have here. All others in the story can sign in too.
CAST = [
    "practitioner",
    "fellow",
    "manager",
    "consultant",
    "academic",
    "commissioner",
    "member",
    "funder",
    "learning-partner",
    "supervisor",
    "steward",
    "orgadmin",
    "siteadmin",
    "former",
    "outsider",
]
LAST_VISIT_DAYS_AGO = 4
LAST_VISIT_HOUR = 17.5

WELCOME_SUBJECT = "Welcome to learnpartner"
WELCOME = """Hello,

learnpartner is set up, and this account looks after the site: its people, its organisations, and the mail
that goes out. It reads nobody's notes.

No mail of this demo leaves the computer it runs on. All of it is kept here instead, to be read.
"""


def is_loaded() -> bool:
    """Say whether people of the demo are here already."""
    return User.objects.filter(email__in=[person.email for person in read_words().people]).exists()


@transaction.atomic
def load(words: Words | None = None, *, today: date | None = None) -> None:
    """Tell the whole story up to today.

    Raises WordsError, and keeps nothing, where the words do not fit together.
    """
    story = Story(words or read_words(), TimeLine(today or timezone.localdate()))
    people.tell(story)
    partnerships.tell(story)
    belonging.tell(story)
    notes.tell(story)
    told.tell(story)
    folding.tell(story)
    prompts.tell(story)
    suggestions.tell(story)
    sessions.tell(story)
    cycles.tell(story)
    trying.tell(story)
    conversing.tell(story)
    talking.tell(story)
    library.tell(story)
    landscape.tell(story)
    for event in story.line.replay():
        try:
            event.do()
        except ValidationError as error:
            raise WordsError(f"{event.about}: {' '.join(error.messages)}") from error
        except (PermissionDenied, IntegrityError, WordsError) as error:
            raise WordsError(f"{event.about}, on {event.moment:%d %B %Y at %H:%M}: {error}") from error
    _let_everybody_have_been_here(story)
    _keep_drafts(story)
    EmailMessage(WELCOME_SUBJECT, WELCOME, to=[story.person(SITE_ADMIN).email]).send()


def _let_everybody_have_been_here(story: Story) -> None:
    """Give everybody the one password, and a last visit after which something new has come."""
    visit = story.line.moment(LAST_VISIT_DAYS_AGO, LAST_VISIT_HOUR)
    # The password is hashed once for all: a good hash is slow on purpose.
    User.objects.filter(pk__in=[person.pk for person in story.people.values()]).update(
        password=make_password(PASSWORD), here_at=visit, last_visit_ended_at=visit
    )


def _keep_drafts(story: Story) -> None:
    for words in story.words.drafts:
        data = {"text": [words.text.strip()], "person_level": ["1"], "audience": ["me"]}
        # Where that hour of the day is still to come, it has only just been typed.
        with clock_at(min(story.line.moment(0, words.hour), timezone.now())):
            author = story.person(words.author)
            Draft.keep(author=author, key=form_key(words.key), form="reflection", about="", data=data)

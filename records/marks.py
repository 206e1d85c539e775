"""What a record says about itself beside its words: marks, and what changed. They are columns of every record.

A mark is declared by its author and shown on the record in words, so filters may find by it what is not named: it says
nothing of who wrote it (docs/decisions/0013-what-a-filter-may-find.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WhatChanged(models.TextChoices):
    """How deep a change goes, as its author sees it: in what is done, in what was assumed, or in what counts as right.

    Sources: Argyris and Schön, "Organizational Learning II" (1996), for single and double loop; the paper for the
    third. Self-declared, never asked for, never counted.
    """

    SINGLE = "single", _("What we do")
    DOUBLE = "double", _("What we assumed")
    TRIPLE = "triple", _("How we decide what is right")

    @property
    def sentence(self) -> str:
        """Say it as a sentence, for the record's page and its row in a list."""
        return str(SENTENCES[self])

    @property
    def help(self) -> str | Promise:
        """Say what is meant, for who chooses."""
        return HELP[self]

    def before_and_now(self, *, first_person: bool) -> tuple[str, str]:
        """Return the headings over what was before and what is now, fitting the change and whose learning it is."""
        before, now = (FIRST_PERSON if first_person else TOGETHER)[self]
        return str(before), str(now)


SENTENCES = {
    WhatChanged.SINGLE: _("We changed what we do"),
    WhatChanged.DOUBLE: _("We changed what we assumed"),
    WhatChanged.TRIPLE: _("We changed how we decide what is right"),
}
HELP = {
    WhatChanged.SINGLE: _("The same aim, another way of getting there."),
    WhatChanged.DOUBLE: _("Something taken for granted turned out otherwise."),
    WhatChanged.TRIPLE: _("A rule, a role, or who has a say in what counts as good."),
}
FIRST_PERSON = {
    WhatChanged.SINGLE: (_("Before, I did this"), _("Now I do this")),
    WhatChanged.DOUBLE: (_("Before, I assumed"), _("Now I think")),
    WhatChanged.TRIPLE: (_("Before, I decided by this"), _("Now I decide by this")),
}
TOGETHER = {
    WhatChanged.SINGLE: (_("Before, we did this"), _("Now we do this")),
    WhatChanged.DOUBLE: (_("We assumed"), _("We now assume")),
    WhatChanged.TRIPLE: (_("Before, we decided by this"), _("Now we decide by this")),
}


@dataclass(frozen=True)
class Mark:
    """One mark: the record's column, its words, and a line on what is meant."""

    column: str
    words: str | Promise
    help: str | Promise


# Learning together makes trust, trust makes room for autonomy, and that lets services adapt. Source: the article
# "Learning builds trust"; its other half, that things do not go well, is as welcome.
MARKS = (
    Mark("not_going_well", _("Not going well"), _("Said openly, so that it can be looked at together.")),
    Mark("of_trust", _("A moment of trust"), _("Somebody relied on somebody else, or was honest at a risk.")),
    Mark("of_autonomy", _("A moment of autonomy"), _("Somebody had room to decide, and used it.")),
    Mark("of_adaptation", _("A moment of adaptation"), _("Something was done otherwise, to fit this person or place.")),
)


@dataclass(frozen=True)
class Shown:
    """What is shown of a mark: its words, and the key by which the stream is filtered."""

    words: str
    key: str


def shown_on(record) -> list[Shown]:
    """Return the marks of a record in words, what changed among them; none where its words are withheld."""
    if record.words_withheld:
        return []
    changed = [WhatChanged(record.what_changed)] if record.what_changed else []
    return [
        *[Shown(change.sentence, change.value) for change in changed],
        *[Shown(str(mark.words), mark.column) for mark in MARKS if getattr(record, mark.column)],
    ]


def choices() -> list[tuple[str, str | Promise]]:
    """Return all marks with their words, for filters."""
    return [
        *[(mark.column, mark.words) for mark in MARKS],
        *[(change.value, SENTENCES[change]) for change in WhatChanged],
    ]


def carried(keys: Iterable[str]) -> Q:
    """Give the condition that a record carries any of these marks."""
    columns = {mark.column for mark in MARKS}
    found = Q()
    for key in keys:
        found |= Q(**{key: True}) if key in columns else Q(what_changed=key)
    return found

"""Who reads what, once more and in plain sets: written from docs/access.md, and from nothing in the code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

EVERYONE, WIDER = "everyone", "wider"
SILENCE = timedelta(days=3)


@dataclass
class Words:
    """A note or a response: whose it is, where it lies (nowhere is the notebook), and what became of it."""

    author: str
    place: str | None = None
    within: int | None = None
    taken_back: bool = False
    set_aside: bool = False
    folded: bool = False


@dataclass
class Reading:
    """The people, the spaces that they are in, and the words in them."""

    people: set[str]
    members: set[str]
    inside: dict[str, set[str]]
    stewards: set[str]
    words: dict[int, Words] = field(default_factory=dict)
    # Who is being asked into which space: since when, and whether they have accepted.
    asked: dict[tuple[str, str], tuple[datetime, bool]] = field(default_factory=dict)

    def is_in(self, person: str, place: str | None) -> bool:
        """*Everyone* follows the memberships, the wider field is open to all, the others have people of their own."""
        if place == EVERYONE:
            return person in self.members
        return place == WIDER or (place is not None and person in self.members & self.inside[place])

    def reads(self, person: str, number: int) -> bool:
        """You read your own words, and the words in the spaces that you are in now."""
        words = self.words[number]
        return words.author == person or self.is_in(person, words.place)

    def reads_words(self, person: str, number: int) -> bool:
        """What was taken back, set aside or folded is its author's; once the author is gone stewards judge a fold."""
        words = self.words[number]
        if words.author == person or not self.reads(person, number):
            return words.author == person
        judges = person in self.stewards and words.place != WIDER and not self.is_in(words.author, words.place)
        return not (words.taken_back or words.set_aside or (words.folded and not judges))

    def leave(self, person: str) -> None:
        """Nothing is left of a stay but one's own words."""
        self.members.discard(person)
        self.stewards.discard(person)
        for place in self.inside:
            self.leave_space(person, place)

    def leave_space(self, person: str, place: str) -> None:
        """Who leaves a space is asked anew."""
        self.inside[place].discard(person)
        self.asked.pop((person, place), None)

    def pass_time(self, now: datetime) -> None:
        """Who has accepted comes in when all inside have kept silent for three days."""
        for (person, place), (since, accepted) in list(self.asked.items()):
            if accepted and now >= since + SILENCE:
                self.inside[place].add(person)
                del self.asked[person, place]

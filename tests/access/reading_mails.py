"""Who is told of what by mail: once more in plain words, and compared with the mails that go (issue 5, point 4).

Whoever is told must be somebody who may know of it when the mail goes, and everybody who may and wants to is told.
"""

import email
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy

from django.utils import timezone
from hypothesis import strategies as st

from desk.models import MailChoice, Notice, Outbox
from desk.tasks import deliver_due_mail, send_due_notices
from partnerships import actions as partnership_actions
from tests.desk import mailers

from .reading_deeds import deed
from .reading_model import EVERYONE, WIDER
from .reading_paths import WORD, token

PEOPLE = ("practitioner", "fellow", "expert", "manager", "steward", "outsider")
SOON, OLD = timedelta(minutes=5), timedelta(days=30)
# Each place as a mail names it, and what a mail says of it.
NAMES = {EVERYONE: "Early Shift", "peers": "Early peers", "power_line": "Kerb to desk", WIDER: "the wider field"}
SAID = {
    "shared": "Something new in {}",
    "response": "Somebody responded to your note in {}",
    "folded": "A reader folded something of yours in {}",
    "set_aside": "Something of yours was set aside in {}",
    "asked_in": "You are asked into {}",
    "admission": "Somebody may come into {}: you are asked",
}


@dataclass(frozen=True)
class News:
    """One thing that one person is to be told of: a record by its number, or a question by whom and where."""

    who: str
    kind: str
    about: int | tuple[str, str, datetime]


class Mails:
    """Lets mails be written and go between what the people of a state machine do, and says who gets which."""

    def begin_mails(self):
        """Nobody is to be told of anything yet."""
        Notice.objects.all().delete()
        Outbox.objects.all().delete()
        # Since when each waits to be told; what is in a mail that has not gone; and what nobody wants to hear of.
        self.waiting: dict[News, datetime] = {}
        self.written: list[dict[News, datetime]] = []
        self.never: set[str] = set()
        self.muted: dict[str, set[str]] = defaultdict(set)

    def tells(self, kind, about, people):
        """Have people told: what comes up again waits again, and a mail that would have said it as it was stays."""
        for who in set(people) & set(PEOPLE) - self.never:
            news = News(who, kind, about)
            for mail in [mail for mail in self.written if news in mail]:
                self.written.remove(mail)
                self.waiting |= mail
            self.waiting[news] = timezone.now()

    def inside(self, place):
        """Give who is in a space; of the wider field nobody is told."""
        return {who for who in PEOPLE if place != WIDER and self.model.is_in(who, place)}

    def place_to_tell(self, news):
        """Give the place in which somebody may know of it now; nothing where they may not, or do not want to."""
        if news.who in self.never:
            return None
        if news.kind in {"asked_in", "admission"}:
            return self._place_of_question(news)
        words = self.model.words.get(news.about)
        if words is None or not self.model.is_in(news.who, words.place) or words.place in self.muted[news.who]:
            return None
        return words.place if self._stands(news, words) else None

    def _stands(self, news, words):
        own, readable = words.author == news.who, self.model.reads_words(news.who, news.about)
        stands = not (words.taken_back or words.set_aside)
        if news.kind == "shared":
            return not own and readable and stands and words.place != WIDER
        if news.kind == "response":
            to = self.model.words[words.within]
            return to.author == news.who and readable and stands and not (to.taken_back or to.set_aside)
        if news.kind == "folded":
            return own and stands and words.folded
        return own and words.set_aside and not words.taken_back

    def _place_of_question(self, news):
        who, where, since = news.about
        asked_at, accepted = self.model.asked.get((who, where), (None, False))
        if asked_at != since:
            return None
        if news.kind == "asked_in":
            return where if news.who in self.model.members and not accepted else None
        return where if self.model.is_in(news.who, where) and where not in self.muted[news.who] else None

    @deed(
        who=st.sampled_from(PEOPLE),
        choice=st.sampled_from((*[MailChoice.STRAIGHT_AWAY] * 3, MailChoice.NEVER)),
        mute=st.sampled_from((None, None, *NAMES)),
    )
    def chooses_mail(self, who, choice, mute):
        """Somebody says how they want to be told, and of which space not."""
        among = [place for place in NAMES if self.model.is_in(who, place)]
        muted = [place for place in among if place == mute]
        partnership_actions.choose_mail(
            mail_choice=choice,
            muted=[self.place(place) for place in muted],
            among=[self.place(place) for place in among],
            by=self.people[who],
        )
        self.muted[who] = self.muted[who] - set(among) | set(muted)
        (self.never.add if choice == MailChoice.NEVER else self.never.discard)(who)
        self.did("chooses_mail")

    @deed()
    def mails_are_written(self):
        """What is due is put into one mail for each; whom it is noted for, is who was there to be told."""
        self.traveller.shift(SOON)
        now = timezone.now()
        self.model.pass_time(now)
        keys = {self.people[who].pk: who for who in PEOPLE}
        Notice.objects.exclude(person__in=keys).delete()
        noted = Notice.objects.filter(done_at=None).values_list("person", "kind")
        found = Counter((keys[person], kind) for person, kind in noted)
        right = Counter((news.who, news.kind) for news in self.waiting)
        assert found == right, f"noted too much {found - right}, too little {right - found}"
        send_due_notices.call()
        due = {news: since for news, since in self.waiting.items() if now - OLD <= since <= now - SOON}
        for who in PEOPLE:
            told = {news: since for news, since in due.items() if news.who == who and self.place_to_tell(news)}
            if told:
                self.written.append(told)
        for news in due:
            del self.waiting[news]
        self.did("mails_are_written")

    @deed()
    def mails_go(self):
        """It is asked again what each may know; what a mail cannot say whole, is said by another."""
        before, right = len(mailers.taken), Counter()
        for mail in self.written:
            places = {news: self.place_to_tell(news) for news in mail}
            if all(places.values()):
                lines = frozenset(SAID[news.kind].format(NAMES[place]) for news, place in places.items())
                right[next(iter(mail)).who, lines] += 1
                self.did("mails_go")
            else:
                self.waiting |= {news: since for news, since in mail.items() if places[news]}
        self.written = []
        while Outbox.objects.due().exists():
            deliver_due_mail.call()
        found = Counter(self._read(raw) for raw in mailers.taken[before:])
        assert found == right, f"too much {found - right}, too little {right - found}"

    def _read(self, raw):
        """Give whom a mail goes to and what it says; nobody else is named in it, and no word of a record said."""
        message = email.message_from_bytes(raw, policy=policy.default)
        parts = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
        everything = "\n".join([message["Subject"], *parts])
        who = next(who for who in PEOPLE if self.people[who].email == message["To"])
        named = [other for other in PEOPLE if other != who and self.people[other].name in everything]
        words = [word for word in (WORD, *map(token, self.records)) if word in everything]
        assert not named and not words, everything
        sentences = [kind.format(name) for kind in SAID.values() for name in NAMES.values()]
        lines = frozenset(sentence for sentence in sentences if f"{sentence}, since " in parts[0])
        assert parts[0].count(", since ") == len(lines), parts[0]
        assert message["Subject"] == (next(iter(lines)) if len(lines) == 1 else "What is new for you")
        return who, lines

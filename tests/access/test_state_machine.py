"""Whatever people do, in any order: what each of them can read by any path is what the model says (issue 5, point 4).

And what each is told by mail is what they may know of when it goes (`reading_mails`).
Everything goes through the actions that the app has, with a clock that is moved by hand. `HYPOTHESIS_PROFILE=long`
plays for some minutes.
"""

import copy
import os
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    run_state_machine_as_test,
)

from desk import drafts
from desk.models import MailChoice
from partnerships import actions as partnership_actions
from partnerships.models import Admission, Role
from partnerships.reader import Reader
from records import actions
from records.models import Record
from tests import factories as make
from tests.cast import IN_PEERS, IN_POWER_LINE
from tests.scenery.attachments import file_on

from .reading_deeds import DATA, Deeds, deed
from .reading_mails import PEOPLE, Mails
from .reading_model import EVERYONE, WIDER, Reading, Words
from .reading_paths import WORD, Paths, token

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EXAMPLES, STEPS = (300, 60) if LONG else (12, 20)
# The steward stays: the last one cannot leave. Who holds power over nobody is asked in by silence.
LEAVING = ("practitioner", "fellow", "expert", "manager")
ASKED = ("practitioner", "fellow", "expert")
SPACES = ("peers", "power_line")
PLACES = (EVERYONE, *SPACES, WIDER)


class Readers(Paths, Mails, Deeds, RuleBasedStateMachine):
    """People who write, share, take back, come and go; and after each step, what they can read."""

    cast = None
    done: Counter = Counter()

    @initialize(quiet=st.sampled_from(PEOPLE), mute=st.sampled_from(PLACES))
    def open(self, quiet, mute):
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.people = copy.deepcopy(self.cast)
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()
        inside = {"peers": set(IN_PEERS) & set(PEOPLE), "power_line": set(IN_POWER_LINE)}
        self.model = Reading(set(PEOPLE), set(PEOPLE) - {"outsider"}, inside, {"steward"})
        self.records = {}
        self.files = {}
        self.closed = set()
        self.refused = set()
        self.turn = 0
        self.begin_mails()
        self.chooses_mail(quiet, MailChoice.STRAIGHT_AWAY, mute)
        for who, where in (
            ("practitioner", "peers"),
            ("fellow", EVERYONE),
            ("manager", "power_line"),
            ("fellow", None),
        ):
            self.writes(who, with_photo=where == "peers")
            if where:
                self.put_into(where, len(self.records) - 1)

    def teardown(self):
        if hasattr(self, "frame"):
            try:
                for page in self.pages(PEOPLE[self.turn % len(PEOPLE)]):
                    page()
                self.mails_are_written()
                self.mails_go()
            finally:
                self.clock.stop()
                transaction.set_rollback(True)
                self.frame.__exit__(None, None, None)

    def place(self, name):
        return self.people.wider if name == WIDER else self.people[name]

    def note(self, number):
        return type(self.records[number]).objects.get(pk=self.records[number].pk)

    def some(self, data, fits, label):
        """Draw one of the records that fit; None where none does."""
        found = [number for number, words in self.model.words.items() if fits(words)]
        return data.draw(st.sampled_from(found), label=label) if found else None

    def did(self, name):
        self.done[name] += 1

    # Who is where

    @deed(who=st.sampled_from(LEAVING))
    def leaves(self, who):
        if who in self.model.members:
            make.end_membership(person=self.people[who], partnership=self.people.partnership)
            self.model.leave(who)
            self.close_what_is_empty()
            self.did("leaves")

    @deed(who=st.sampled_from((*LEAVING, "outsider")))
    def joins(self, who):
        if who not in self.model.members:
            self.traveller.shift(timedelta(seconds=1))
            role = Role.MANAGER if who == "manager" else Role.PRACTITIONER
            make.make_member(
                partnership=self.people.partnership, person=self.people[who], role=role, by=self.people.steward
            )
            self.model.members.add(who)
            self.did("joins")

    @deed(data=DATA)
    def leaves_space(self, data):
        inside = [(who, where) for who in LEAVING for where in SPACES if self.model.is_in(who, where)]
        if inside:
            who, where = data.draw(st.sampled_from(inside), label="leaves_space")
            partnership_actions.leave_space(space=self.place(where), by=self.people[who])
            self.model.leave_space(who, where)
            self.close_what_is_empty()
            self.did("leaves_space")

    @deed(data=DATA)
    def asks_in(self, data):
        free = [
            (who, where, by)
            for who in ASKED
            for where in SPACES
            for by in LEAVING
            if who in self.model.members and not self.model.is_in(who, where) and (who, where) not in self.model.asked
            if self.model.is_in(by, where) and where not in self.closed and (who, where) not in self.refused
        ]
        if free:
            who, where, by = data.draw(st.sampled_from(free), label="asks_in")
            membership = make.membership_of(person=self.people[who], partnership=self.people.partnership)
            partnership_actions.ask_in(space=self.place(where), membership=membership, by=self.people[by])
            asked_at = timezone.now()
            self.model.asked[who, where] = (asked_at, False)
            self.tells("asked_in", (who, where, asked_at), {who})
            self.tells("admission", (who, where, asked_at), self.inside(where) - {who, by})
            self.did("asks_in")

    @deed(data=DATA, says_no=st.booleans())
    def answers(self, data, says_no):
        """The person accepts, or somebody inside says no."""
        if not self.model.asked:
            return
        who, where = data.draw(st.sampled_from(sorted(self.model.asked)))
        admission = Admission.objects.pending().get(space=self.place(where), membership__person=self.people[who])
        since, accepted = self.model.asked[who, where]
        inside = sorted(self.model.inside[where] & self.model.members - {who})
        if says_no and inside:
            partnership_actions.answer_admission(admission=admission, says_yes=False, by=self.people[inside[0]])
            del self.model.asked[who, where]
            self.refused.add((who, where))
            self.did("says_no")
        elif not accepted:
            partnership_actions.accept_admission(admission=admission, by=self.people[who])
            self.model.asked[who, where] = (since, True)
            self.model.pass_time(timezone.now())
            self.did("accepts")

    @deed(days=st.sampled_from((1, 3)))
    def time_passes(self, days):
        self.traveller.shift(timedelta(days=days, seconds=1))
        self.model.pass_time(timezone.now())

    @deed(data=DATA)
    def closes_space(self, data):
        open_ones = [(who, where) for who in LEAVING for where in SPACES if self.model.is_in(who, where)]
        open_ones = [(who, where) for who, where in open_ones if where not in self.closed]
        # Not as the first thing.
        if open_ones and len(self.records) > 4:
            who, where = data.draw(st.sampled_from(open_ones), label="closes_space")
            partnership_actions.close_space(space=self.place(where), by=self.people[who])
            self.close(where)
            self.did("closes_space")

    def close(self, where):
        self.closed.add(where)
        for key in [key for key in self.model.asked if key[1] == where]:
            del self.model.asked[key]

    def close_what_is_empty(self):
        # Others of the cast stay with the peers.
        if not self.model.inside["power_line"]:
            self.close("power_line")

    @deed(steward=st.booleans())
    def changes_role(self, steward):
        """A duty opens nothing; it lets a steward judge a fold in the spaces that they are in."""
        if "expert" in self.model.members:
            partnership_actions.change_role(
                membership=make.membership_of(person=self.people.expert, partnership=self.people.partnership),
                role=Role.EXPERT,
                own_words=f"since {timezone.now()}",
                organisation=None,
                learning_partner=False,
                steward=steward,
                by=self.people.steward,
            )
            self.model.stewards = {"steward"} | ({"expert"} if steward else set())
            self.did("changes_role")

    # What is written

    @deed(who=st.sampled_from(PEOPLE), with_photo=st.booleans())
    def writes(self, who, with_photo):
        if len(self.records) < 9:
            number = len(self.records)
            note = make.make_note(by=self.people[who], title=f"Title {token(number)}", text=f"{WORD} {token(number)}")
            self.records[number], self.model.words[number] = note, Words(who)
            if with_photo:
                self.files[number] = file_on(note, by=self.people[who]).public_id
            self.did("writes")

    @deed(data=DATA, where=st.sampled_from(PLACES))
    def shares(self, data, where):
        number = self.some(data, lambda words: words.place is None and not words.within, "shares")
        if number is None or where in self.closed or not self.model.is_in(self.model.words[number].author, where):
            return
        self.put_into(where, number)
        self.did("shares")

    def put_into(self, where, number):
        """Share a note, with its author's own responses; all others who are there are told."""
        make.share(note=self.note(number), space=self.place(where))
        author = self.model.words[number].author
        for words in self.parts_of(number, by=author):
            words.place = where
        self.tells("shared", number, self.inside(where) - {author})

    def parts_of(self, number, by=None):
        """Give a record and the responses under it, of all or of one."""
        rows = [(key, words) for key, words in self.model.words.items() if number in (key, words.within)]
        return [words for _key, words in rows if by in (None, words.author)]

    @deed(data=DATA)
    def undoes(self, data):
        number = self.some(data, lambda words: words.place and words.within is None and not words.taken_back, "undoes")
        if number is None:
            return
        words = self.model.words[number]
        own = self.parts_of(number, by=words.author)
        if own == self.parts_of(number) and not any(row.set_aside or row.taken_back for row in own):
            actions.undo_share(self.note(number), by=self.people[words.author])
            for row in own:
                row.place, row.folded = None, False
            self.did("undoes")

    @deed(data=DATA)
    def takes_back(self, data):
        number = self.some(data, lambda words: words.place and not words.taken_back, "takes_back")
        if number is not None:
            make.withdraw(record=self.note(number))
            self.model.words[number].taken_back, self.model.words[number].folded = True, False
            self.did("takes_back")

    @deed(data=DATA, who=st.sampled_from(PEOPLE))
    def responds(self, data, who):
        number = self.some(
            data,
            lambda words: (
                words.within is None
                and self.model.is_in(who, words.place)
                and words.place not in self.closed
                and not (words.taken_back or words.set_aside)
            ),
            "responds",
        )
        if number is not None and len(self.records) < 9:
            mine = len(self.records)
            text = f"{WORD} {token(mine)}"
            self.records[mine] = make.make_response(to=self.note(number), by=self.people[who], text=text)
            self.model.words[mine] = Words(who, self.model.words[number].place, within=number)
            self.tells("response", mine, {self.model.words[number].author} - {who})
            self.did("responds")

    @deed(data=DATA, who=st.sampled_from(PEOPLE))
    def folds(self, data, who):
        number = self.some(
            data,
            lambda words: (
                words.author != who
                and words.place not in (None, *self.closed)
                and self.model.is_in(who, words.place)
                and not (words.taken_back or words.set_aside or words.folded)
            ),
            "folds",
        )
        if number is not None:
            make.fold(record=self.note(number), by=self.people[who])
            self.model.words[number].folded = True
            self.tells("folded", number, {self.model.words[number].author})
            self.did("folds")

    @deed(data=DATA)
    def sets_aside(self, data):
        number = self.some(
            data,
            lambda words: (
                words.place == EVERYONE and words.author != "steward" and not (words.taken_back or words.set_aside)
            ),
            "sets_aside",
        )
        if number is not None:
            make.set_aside(record=self.note(number), by=self.people.steward)
            self.model.words[number].set_aside = True
            self.tells("set_aside", number, {self.model.words[number].author})
            self.did("sets_aside")

    @deed(data=DATA)
    def edits(self, data):
        number = self.some(data, lambda words: not words.taken_back, "edits")
        if number is None:
            return
        words, record = self.model.words[number], self.note(number)
        if words.place is None or self.model.is_in(words.author, words.place):
            changes = {"text": f"{record.text} more"}
            key = drafts.new_key()
            by = self.people[words.author]
            actions.edit(record, version=record.version, changes=changes, key=key, form="reflection-edit", by=by)
            words.folded = False
            self.did("edits")

    @deed(data=DATA)
    def deletes(self, data):
        number = self.some(data, lambda words: words.place is None and words.within is None, "deletes")
        if number is not None:
            actions.delete(self.note(number), by=self.people[self.model.words[number].author])
            gone = [key for key, words in self.model.words.items() if number in (key, words.within)]
            for key in gone:
                del self.model.words[key]
            self.did("deletes")

    # What is read

    @invariant()
    @precondition(lambda self: hasattr(self, "frame"))
    def everybody_reads_what_the_model_says(self):
        """Ask the rule for everybody, and open one page of somebody's; all of theirs at the end."""
        numbers = {record.pk: number for number, record in self.records.items() if number in self.model.words}
        for who in PEOPLE:
            reader = Reader(self.people[who])
            visible = Record.objects.filter(pk__in=numbers).visible_to(reader).noting_withheld(reader)
            found = {numbers[pk]: not withheld for pk, withheld in visible.values_list("pk", "words_withheld")}
            right = {number: self.model.reads_words(who, number) for number in self.model.words}
            assert found == {number: words for number, words in right.items() if self.model.reads(who, number)}, who
        self.turn += 1
        pages = self.pages(PEOPLE[self.turn % len(PEOPLE)])
        pages[self.turn // len(PEOPLE) % len(pages)]()


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.usefixtures("mail_server")
def test_what_people_read_follows_what_they_do(cast):
    class Here(Readers):
        pass

    Here.cast, Here.done = cast, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LONG,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Somebody answers by accepting, or by saying no.
    deeds = {*Readers.deeds(), "accepts", "says_no"} - {"answers", "time_passes"}
    assert deeds <= set(Here.done), f"never done: {deeds - set(Here.done)}"

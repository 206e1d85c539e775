"""From several tabs at once one call to step in is made, and the others are told that it was."""

from collections import Counter

from conversing.models import StepIn
from tests import factories as make
from tests.records.test_two_at_once import EDITORS, at_once, enough_connections  # noqa: F401

from . import made


def test_who_asks_from_twenty_tabs_has_asked_once(file_database, enough_connections):  # noqa: F811
    partner, person = make.make_person(), make.make_person()
    partnership = make.make_partnership(by=partner)
    make.make_member(partnership=partnership, person=make.make_person(), learning_partner=True)
    make.make_member(partnership=partnership, person=person)
    talk = made.conversation(by=person, space=make.everyone_of(partnership=partnership))

    def ask(n):
        made.call(talk, by=person, text=f"from tab {n}")
        return "asked"

    assert Counter(at_once(EDITORS, ask)) == {"asked": 1, "ValidationError": EDITORS - 1}
    assert StepIn.objects.open().count() == 1

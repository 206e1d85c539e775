"""Two at once (security R2, R3): twenty editors are one winner and nineteen who get both texts; a form sent twenty
times at once is one record; and what excludes each other never happens together.

On SQLite these work on a file with the real settings (`file_database`), on PostgreSQL on the test database itself.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

from partnerships import actions as partnership_actions
from partnerships.models import Admission, HeldRole, Membership, Space
from records import actions
from records.models import Record, Response
from reflections.models import Reflection
from tests import factories as make

EDITORS = 20


@pytest.fixture
def me(file_database):
    return make.make_person()


def at_once(number, do):
    """Run `do(n)` in so many threads that start together; give what each returned, or the name of what it raised."""
    start = Barrier(number)

    def run(n):
        try:
            # Connected first, so that all ask at the same moment.
            connection.ensure_connection()
            start.wait(timeout=30)
            return do(n)
        except (actions.StaleVersion, actions.AlreadySent, ValidationError, PermissionDenied) as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


@pytest.fixture
def enough_connections():
    """PostgreSQL: each thread waits at the start with a connection of its own."""
    pool = connection.settings_dict["OPTIONS"].get("pool")
    if pool is None:
        yield
        return
    kept, pool["max_size"] = pool["max_size"], EDITORS + 4
    connection.close_pool()
    yield
    pool["max_size"] = kept
    connection.close_pool()


def test_twenty_editors_one_winner(me, enough_connections):
    note = make.make_note(by=me, text="before")

    def edit(n):
        mine = Reflection.objects.get(pk=note.pk)
        actions.edit(mine, by=me, version=1, changes={"text": f"by {n}"}, key=f"key-{n}", form="reflection-edit")
        return n

    results = Counter(at_once(EDITORS, edit))
    winners = [result for result in results if result != "StaleVersion"]
    assert results["StaleVersion"] == EDITORS - 1
    assert len(winners) == 1
    saved = Record.objects.get(pk=note.pk)
    assert (saved.text, saved.version) == (f"by {winners[0]}", 2)


def test_one_form_sent_twenty_times_is_one_note(me, enough_connections):
    public_ids = at_once(EDITORS, lambda n: make.make_note(by=me, text="the same", key="one-form").public_id)
    assert len(set(public_ids)) == 1
    assert Reflection.objects.filter(author=me, submission="one-form").count() == 1


def test_one_form_with_twenty_texts_is_one_note_and_nineteen_that_are_told(me, enough_connections):
    results = Counter(at_once(EDITORS, lambda n: make.make_note(by=me, text=f"text {n}", key="one-form").public_id))
    assert results["AlreadySent"] == EDITORS - 1
    assert Reflection.objects.filter(author=me, submission="one-form").count() == 1


def test_one_response_sent_twenty_times_is_one_response(me, enough_connections):
    note = make.make_shared_note(by=me)
    other = make.make_person()
    results = at_once(EDITORS, lambda n: make.make_response(to=note, by=other, key="one-form").public_id)
    assert len(set(results)) == 1
    assert Response.objects.filter(within=note).count() == 1


def test_sharing_twenty_times_at_once_is_once(me, enough_connections):
    note = make.make_note(by=me)

    def share(n):
        make.share(note=Reflection.objects.get(pk=note.pk), space=make.wider_field())
        return "shared"

    results = Counter(at_once(EDITORS, share))
    assert results["shared"] == 1
    assert Record.objects.get(pk=note.pk).version == 2


def test_undoing_and_responding_exclude_each_other(me, enough_connections):
    """Never a response under a note that lies in the notebook again."""
    others = [make.make_person() for _n in range(3)]
    for _round in range(5):
        note = make.make_shared_note(by=me)

        def act(n, note=note):
            if n == 0:
                actions.undo_share(Reflection.objects.get(pk=note.pk), by=me)
                return "undone"
            make.make_response(to=note, by=others[n - 1])
            return "responded"

        results = Counter(at_once(4, act))
        private = Record.objects.get(pk=note.pk).is_private
        assert private == (results["undone"] == 1)
        assert private == (not Response.objects.filter(within=note).exists()), results


def test_deleting_and_sharing_exclude_each_other(me, enough_connections):
    for _round in range(5):
        note = make.make_note(by=me)

        def act(n, note=note):
            mine = Reflection.objects.filter(pk=note.pk).first()
            if mine is None:
                return "gone"
            if n == 0:
                actions.delete(mine, by=me)
                return "deleted"
            make.share(note=mine, space=make.wider_field())
            return "shared"

        results = set(at_once(2, act))
        assert results in ({"deleted", "gone"}, {"deleted", "StaleVersion"}, {"shared", "ValidationError"}), results


def test_two_stewards_never_end_each_other_at_once(me, enough_connections):
    """Whichever way they go: by leaving, or by giving the duty up."""
    for way in ("end", "change"):
        partnership = make.make_partnership(by=me)
        make.make_member(partnership=partnership, steward=True)
        stewards = list(Membership.objects.filter(partnership=partnership).order_by("pk"))

        def act(n, way=way, stewards=stewards):
            membership = Membership.objects.select_related("person", "partnership").get(pk=stewards[n].pk)
            if way == "end":
                partnership_actions.end_membership(membership=membership, by=membership.person)
            else:
                partnership_actions.change_role(
                    membership=membership,
                    role="other",
                    own_words="",
                    organisation=None,
                    learning_partner=False,
                    steward=False,
                    by=membership.person,
                )
            return "done"

        results = Counter(at_once(2, act))
        left = HeldRole.objects.current().filter(is_steward=True, membership__in=stewards)
        assert left.count() == 1, (way, results)


def test_two_who_open_a_one_to_one_with_each_other_at_once_have_one(me, enough_connections):
    partnership = make.make_partnership(by=me)
    pair = [make.make_member(partnership=partnership) for _n in range(2)]

    def open_with(n):
        theirs = Membership.objects.select_related("person", "partnership").get(pk=pair[1 - n].pk)
        return partnership_actions.open_one_to_one(membership=theirs, by=pair[n].person).pk

    assert len(set(at_once(2, open_with))) == 1
    assert Space.objects.filter(partnership=partnership, kind="one_to_one").count() == 1


def test_a_no_and_the_last_yes_at_once_are_one_of_the_two(me, enough_connections):
    """Never somebody inside who was stopped, nor a place without its admission."""
    for _round in range(5):
        partnership = make.make_partnership(by=me)
        people = [make.make_member(partnership=partnership) for _n in range(3)]
        space = make.make_space(partnership=partnership, by=me, people=(people[0].person, people[1].person))
        admission = partnership_actions.ask_in(space=space, membership=people[2], by=me)
        partnership_actions.accept_admission(admission=admission, by=people[2].person)
        partnership_actions.answer_admission(admission=admission, says_yes=True, by=people[0].person)

        def answer(n, admission=admission, people=people):
            partnership_actions.answer_admission(
                admission=Admission.objects.get(pk=admission.pk), says_yes=n == 1, by=people[n].person
            )
            return "said"

        at_once(2, answer)
        admission.refresh_from_db()
        inside = space.members().filter(pk=people[2].pk).exists()
        assert inside == (admission.outcome == Admission.Outcome.ADMITTED)
        assert admission.outcome in {Admission.Outcome.ADMITTED, Admission.Outcome.STOPPED}


def test_accepting_and_leaving_the_partnership_at_once_leaves_no_place(me, enough_connections):
    for _round in range(5):
        partnership = make.make_partnership(by=me)
        member = make.make_member(partnership=partnership)
        space = make.make_space(partnership=partnership, by=me)
        admission = partnership_actions.ask_in(space=space, membership=member, by=me)

        def act(n, admission=admission, member=member):
            if n == 0:
                partnership_actions.accept_admission(admission=Admission.objects.get(pk=admission.pk), by=member.person)
            else:
                mine = Membership.objects.select_related("person", "partnership").get(pk=member.pk)
                partnership_actions.end_membership(membership=mine, by=member.person)
            return "done"

        at_once(2, act)
        assert not space.places.filter(membership=member, ended_at=None).exists()
        assert not Admission.objects.pending().filter(membership=member).exists()


def test_two_workers_deliver_a_mail_once(me, enough_connections, settings):
    from django.core.mail import send_mail

    from desk.tasks import deliver_due_mail
    from tests.desk import mailers

    settings.MAILERS = {
        "default": {"BACKEND": "desk.mail.OutboxBackend"},
        "delivery": {"BACKEND": "tests.desk.mailers.Server"},
    }
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    mailers.taken.clear()
    mailers.refused.clear()
    for number in range(5):
        send_mail(f"Mail {number}", "Body.", "from@example.org", ["a@example.org"])
    assert sum(at_once(4, lambda n: deliver_due_mail.call())) == 5
    assert len(mailers.taken) == 5


def test_autosave_and_save_at_once_leave_no_words_in_a_used_draft(me, enough_connections):
    from desk.models import Draft

    for number in range(5):
        key = f"race-{number}"

        def act(n, key=key):
            if n == 0:
                make.make_note(by=me, text="whole", key=key)
            else:
                make.make_draft(by=me, text="typed", key=key)
            return "done"

        at_once(6, act)
        draft = Draft.objects.get(author=me, key=key)
        assert draft.used_at
        assert draft.data == {}

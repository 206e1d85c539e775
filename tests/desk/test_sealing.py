"""The audit can be added to, and nothing else: refused by the database, or found by `verify_audit` (5-promises)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from desk import sealing
from desk.audit import record_event
from desk.models import AuditEvent, AuditSeal
from tests.audit_rows import unguarded

pytestmark = pytest.mark.django_db
EVENT, SEAL = "desk_auditevent", "desk_auditseal"


def add(number=1):
    return [record_event(by=None, action="site.test", kind="site", public_id=f"{n}") for n in range(number)]


@pytest.fixture
def chain():
    """Ten events, sealed."""
    events = add(10)
    assert sealing.seal_due_events.call() == AuditEvent.objects.count()
    # PostgreSQL truncates no table whose references are still to be checked.
    connection.check_constraints()
    return events


def verified(**options):
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def found(**options):
    """Give what `verify_audit` says of a chain that is broken."""
    with pytest.raises(CommandError) as broken:
        verified(**options)
    assert broken.value.returncode == 1
    return str(broken.value)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


# Sealing ---------------------------------------------------------------------------------------------------------


def test_the_clock_seals_each_event_once(chain):
    assert sealing.seal_due_events.call() == 0
    add(3)
    assert AuditEvent.objects.unsealed().count() == 3
    call_command("tick", stdout=StringIO())
    numbers = list(AuditSeal.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AuditEvent.objects.count() + 1))
    assert "0 events are not sealed yet" in verified()


def test_more_than_a_batch_is_sealed_at_once(chain, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    add(11)
    assert sealing.seal_due_events.call() == 11
    assert verified()


def test_an_event_that_came_late_is_sealed_in_its_turn(chain):
    """Its transaction took a lower key, and ended after others were sealed."""
    free = AuditEvent.objects.latest("pk").pk + 1
    AuditEvent.objects.bulk_create([AuditEvent(pk=free + 5, action="a", kind="site", public_id="x")])
    sealing.seal_due_events.call()
    AuditEvent.objects.bulk_create([AuditEvent(pk=free, action="a", kind="site", public_id="x")])
    assert sealing.seal_due_events.call() == 1
    assert verified()


def test_of_two_that_seal_at_once_the_second_gives_way(chain, monkeypatch):
    """It read the end of the chain before the first had added to it."""
    add(2)
    late = sealing._next_links()
    assert sealing.seal_due_events.call() == 2
    monkeypatch.setattr(sealing, "_next_links", lambda: late)
    assert sealing.seal_due_events.call() == 0
    assert verified()


# What the database refuses ---------------------------------------------------------------------------------------

COLUMNS = "id, actor_id, action, kind, public_id, facts, happened_at"
REFUSED = {
    "an event changed": f"UPDATE {EVENT} SET action = 'x'",
    "an event deleted": f"DELETE FROM {EVENT}",
    "a seal changed": f"UPDATE {SEAL} SET digest = 'x'",
    "a seal deleted": f"DELETE FROM {SEAL}",
}
OF_SQLITE = {
    "an event replaced": f"REPLACE INTO {EVENT} ({COLUMNS}) SELECT {COLUMNS} FROM {EVENT}",
    "an event replaced by its row": f"REPLACE INTO {EVENT} (rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM {EVENT}",
    "an event changed over another": f"UPDATE OR REPLACE {EVENT} SET id = id + 1",
    "a seal replaced": f"REPLACE INTO {SEAL} SELECT * FROM {SEAL}",
    "a seal replaced by its number": (
        f"REPLACE INTO {SEAL} (id, number, event_id, sealed_at, digest)"
        f" SELECT id + 1000, number, event_id, sealed_at, digest FROM {SEAL}"
    ),
}
OF_POSTGRESQL = {
    "all events": f"TRUNCATE {EVENT} CASCADE",
    "all seals": f"TRUNCATE {SEAL}",
    "an event changed at its insertion": (
        f"INSERT INTO {EVENT} SELECT * FROM {EVENT} ON CONFLICT (id) DO UPDATE SET action = 'x'"
    ),
}


@pytest.mark.parametrize("name", {**REFUSED, **(OF_SQLITE if connection.vendor == "sqlite" else OF_POSTGRESQL)})
def test_the_database_refuses(chain, name):
    statement = {**REFUSED, **OF_SQLITE, **OF_POSTGRESQL}[name]
    before = list(AuditEvent.objects.values()), list(AuditSeal.objects.values())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        run(statement)
    assert (list(AuditEvent.objects.values()), list(AuditSeal.objects.values())) == before


def test_what_is_not_sealed_yet_is_refused_too():
    [event] = add()
    for change in (lambda rows: rows.update(action="x"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            change(AuditEvent.objects.filter(pk=event.pk))


def test_without_the_guards_the_statements_above_would_do_it(chain):
    """So it is the guards that refuse, and no mistake in a statement."""
    statements = {**REFUSED, **(OF_SQLITE if connection.vendor == "sqlite" else OF_POSTGRESQL)}
    for name, statement in statements.items():
        try:
            with transaction.atomic():
                meddle(statement)
                transaction.set_rollback(True)
        except IntegrityError as error:
            assert "never changed" not in str(error), name


# What is found all the same --------------------------------------------------------------------------------------


def meddle(*statements):
    with unguarded(connection):
        for statement in statements:
            run(statement)


def test_a_changed_event_is_found(chain):
    for field, value in (("action", "'x'"), ("public_id", "'x'"), ("facts", "'{}'"), ("happened_at", "sealed")):
        with transaction.atomic():
            row = chain[4].pk
            if value == "sealed":
                value = "(SELECT sealed_at FROM desk_auditseal ORDER BY number LIMIT 1)"
            if field == "facts":
                value = """'{"a": 1}'"""
            meddle(f"UPDATE {EVENT} SET {field} = {value} WHERE id = {row}")
            assert f"Event {row} " in found() and "not what was sealed" in found()
            transaction.set_rollback(True)
    assert verified()


def test_an_event_changed_together_with_its_seal_is_found_at_the_next_link(chain):
    event, seal = AuditEvent.objects.get(pk=chain[4].pk), chain[4].seal
    event.action = "site.forged"
    before = AuditSeal.objects.get(number=seal.number - 1).digest
    forged = sealing.digest_of(event, number=seal.number, sealed_at=seal.sealed_at, before=before)
    meddle(
        f"UPDATE {EVENT} SET action = 'site.forged' WHERE id = {event.pk}",
        f"UPDATE {SEAL} SET digest = '{forged}' WHERE id = {seal.pk}",
    )
    assert f"at link {seal.number + 1} is not what was sealed" in found()


def test_an_event_taken_away_is_found(chain):
    number = chain[4].seal.number
    meddle(f"DELETE FROM {SEAL} WHERE event_id = {chain[4].pk}", f"DELETE FROM {EVENT} WHERE id = {chain[4].pk}")
    assert f"Link {number} is missing" in found()


def test_links_counted_anew_after_one_was_taken_away_are_found(chain):
    number = chain[4].seal.number
    gone = [f"DELETE FROM {SEAL} WHERE event_id = {chain[4].pk}", f"DELETE FROM {EVENT} WHERE id = {chain[4].pk}"]
    after = AuditSeal.objects.filter(number__gt=number).values_list("pk", flat=True)
    meddle(*gone, *(f"UPDATE {SEAL} SET number = number - 1 WHERE id = {pk}" for pk in after))
    assert f"Event {chain[5].pk} " in found() and f"at link {number} is not what was sealed" in found()


def test_two_that_changed_places_are_found(chain):
    one, other = chain[3].seal, chain[4].seal
    meddle(
        f"UPDATE {SEAL} SET event_id = -1 WHERE id = {one.pk}",
        f"UPDATE {SEAL} SET event_id = {one.event_id} WHERE id = {other.pk}",
        f"UPDATE {SEAL} SET event_id = {other.event_id} WHERE id = {one.pk}",
    )
    assert f"at link {one.number} is not what was sealed" in found()


def test_an_event_put_into_the_past_is_found_before_and_after_it_is_sealed(chain):
    [event] = AuditEvent.objects.bulk_create([AuditEvent(action="site.x", kind="site", public_id="x")])
    back = (timezone.now() - timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S")
    meddle(f"UPDATE {EVENT} SET happened_at = '{back}' WHERE id = {event.pk}")
    assert f"Event {event.pk} " in found() and "added afterwards" in found()
    sealing.seal_due_events.call()
    assert f"Event {event.pk} " in found() and "added afterwards" in found()


def test_a_chain_made_anew_is_found_by_its_anchor(chain):
    anchor = sealing.latest_anchor()
    assert verified(anchor=anchor)
    meddle(f"DELETE FROM {SEAL}", f"UPDATE {EVENT} SET action = 'site.forged' WHERE id = {chain[4].pk}")
    sealing.seal_due_events.call()
    assert verified()
    assert "not in the chain" in found(anchor=anchor)


def test_an_end_that_was_cut_off_is_found_by_its_anchor(chain):
    anchor = sealing.latest_anchor()
    assert f"Anchor: {anchor}" in verified()
    meddle(f"DELETE FROM {SEAL} WHERE event_id = {chain[9].pk}", f"DELETE FROM {EVENT} WHERE id = {chain[9].pk}")
    assert verified()
    assert "not in the chain" in found(anchor=anchor)


def test_that_all_is_gone_is_found(cast):
    sealing.seal_due_events.call()
    assert verified()
    meddle(f"DELETE FROM {SEAL}", f"DELETE FROM {EVENT}")
    assert "all of them were taken away" in found()


def test_an_anchor_from_before_holds_while_the_chain_grows(chain):
    anchor = sealing.latest_anchor()
    add(3)
    sealing.seal_due_events.call()
    assert verified(anchor=f" {anchor.upper()} ")

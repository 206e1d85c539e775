"""Looking back: everybody on what they did, who looks after a partnership on grants and roles; never on words."""

import ast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from desk import deeds, sealing
from desk.audit import record_event
from desk.models import AuditEvent
from partnerships import actions
from partnerships.deeds import grants_in
from partnerships.models import Role
from tests import factories as make
from tests.house.code import FLOORS, python_files, short, tree_of

MINE = "/account/deeds/"
# Where an action is put together: by file, the helper, what stands before the word, and where its callers say it.
HELPERS = {
    "records/actions/suggestions.py": ("_end", "suggestion.", "action"),
    "partnerships/actions/supervision.py": ("_record", "", 1),
    "reflections/actions/prompts.py": ("_record", "prompts.", 1),
    "convening/actions/agenda.py": ("_record", "agenda.", 1),
    "convening/actions/agenda_offers.py": ("_record", "agenda.", 1),
    "convening/actions/agenda_templates.py": ("_record", "agenda_template.", 1),
    "convening/actions/clustering.py": ("_changed", "", 3),
    "convening/actions/committing.py": ("_change", "", "action"),
}
KINDS = ("reflection", "response")
# Of other kinds, what is done with them by the actions that all kinds share.
ALSO = {
    "cycle": {"fold", "put_back", "set_aside", "lift"},
    "activity": {"fold", "put_back", "set_aside", "lift"},
    "session": {"fold", "put_back", "set_aside", "lift"},
    "commitment": {"fold", "put_back", "set_aside", "lift"},
    "experiment": {"fold", "put_back", "set_aside", "lift"},
    "condition": {"fold", "put_back", "set_aside", "lift"},
    "contribution": {"fold", "put_back", "set_aside", "lift", "edit", "delete", "withdraw"},
    "tension": {"fold", "put_back", "set_aside", "lift"},
    "relationship_note": {"write", "edit", "delete"},
    "conversation": {"fold", "put_back", "set_aside", "lift", "edit"},
    "boundary_object": {"fold", "put_back", "set_aside", "lift"},
    "reading": {"fold", "put_back", "set_aside", "lift", "edit", "withdraw"},
    "pattern": {"fold", "put_back", "set_aside", "lift"},
    "check_in": {"fold", "put_back", "set_aside", "lift", "edit", "withdraw"},
}


def calls_of(path, name):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
            yield node


def actions_recorded():
    """Give every action that the code records, with where."""
    for path in python_files(*FLOORS):
        for call in calls_of(path, "record_event"):
            [action] = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
            if isinstance(action, ast.Constant):
                yield action.value, short(path)
            elif isinstance(action, ast.JoinedStr) and isinstance(action.values[-1], ast.Constant):
                verb = action.values[-1].value
                yield from ((f"{kind}{verb}", short(path)) for kind in KINDS)
                yield from ((f"{kind}{verb}", short(path)) for kind in ALSO if verb.removeprefix(".") in ALSO[kind])
            elif isinstance(action, ast.Name | ast.JoinedStr):
                helper, prefix, where = HELPERS[short(path)]
                for caller in calls_of(path, helper):
                    named = {keyword.arg: keyword.value for keyword in caller.keywords}
                    said = caller.args[where] if isinstance(where, int) else named[where]
                    if isinstance(said, ast.Constant):
                        yield f"{prefix}{said.value}", short(path)


def test_every_action_that_is_recorded_has_words_and_no_others_have():
    recorded = dict(actions_recorded())
    assert len(recorded) > 60
    assert {action: where for action, where in recorded.items() if action not in deeds.registered()} == {}
    assert set(deeds.registered()) <= set(recorded), set(deeds.registered()) - set(recorded)


def test_one_reads_what_one_did_and_nobody_else_does(cast, client_for):
    page = client_for(cast.fellow).get(MINE).content.decode()
    assert escape(str(deeds.registered()["response.write"])) in page and "Shared a note" in page
    for words in ("not named words", "response words", "Early peers"):
        assert words not in page
    others = AuditEvent.objects.by(cast.fellow).count()
    rows = client_for(cast.fellow).get(MINE).context["rows"]
    assert len(rows) == min(others, deeds.PAGE)
    assert {row["event"].actor for row in rows} == {cast.fellow}


def test_a_link_leads_to_what_can_still_be_read_and_to_nothing_else(cast, client_for):
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    kept = make.make_response(to=cast.everyone_note, by=cast.fellow)
    gone = make.make_note(by=cast.fellow)
    address = gone.get_absolute_url()
    from records import actions as record_actions

    record_actions.delete(gone, by=cast.fellow)
    page = client_for(cast.fellow).get(MINE).content.decode()
    assert note.get_absolute_url() in page and kept.get_absolute_url() in page
    assert address not in page
    for url in {row["url"] for row in client_for(cast.fellow).get(MINE).context["rows"] if row["url"]}:
        assert client_for(cast.fellow).get(url).status_code == 200, url
    # After leaving: their own words can be read; the space, and what they folded there, cannot.
    make.fold(record=cast.peers_note, by=cast.fellow)
    folded = cast.peers_note.get_absolute_url()
    assert folded in {row["url"] for row in client_for(cast.fellow).get(MINE).context["rows"]}
    actions.leave_space(space=cast.peers, by=cast.fellow)
    urls = {row["url"] for row in client_for(cast.fellow).get(MINE).context["rows"] if row["url"]}
    assert note.get_absolute_url() in urls and folded not in urls
    assert not [url for url in urls if cast.peers.public_id in url]


def test_older_deeds_are_on_further_pages_each_once(cast, client_for):
    for number in range(2 * deeds.PAGE):
        record_event(by=cast.expert, action="account.change", kind="account", public_id=f"{number}")
    sealing.seal_due_events.call()
    record_event(by=cast.expert, action="account.change", kind="account", public_id="newest")
    browser, seen, url = client_for(cast.expert), [], MINE
    while url:
        page = browser.get(url)
        seen += [row["event"].pk for row in page.context["rows"]]
        url = f"{MINE}{page.context['older']}" if page.context["older"] else ""
    assert seen == list(AuditEvent.objects.by(cast.expert).order_by("-pk").values_list("pk", flat=True))
    assert browser.get(MINE).context["older"] != f"?before={seen[deeds.PAGE - 1]}"
    first = [row["event"].pk for row in browser.get(MINE).context["rows"]]
    assert [row["event"].pk for row in browser.get(f"{MINE}?before=made-up").context["rows"]] == first
    # Another's place in the chain is none in one's own list.
    other = AuditEvent.objects.by(cast.practitioner).exclude(seal=None).first().seal.digest
    assert [row["event"].pk for row in browser.get(f"{MINE}?before={other}").context["rows"]] == first


def test_who_has_done_nothing_reads_so(client_for, db):
    assert "Nothing yet" in client_for(make.make_person()).get(MINE).content.decode()


# Grants and roles ------------------------------------------------------------------------------------------------


@pytest.fixture
def grants(cast):
    return reverse("partnerships:grant-list", args=[cast.partnership.slug])


def test_stewards_look_back_on_grants_and_roles_of_their_partnership_only(cast, client_for, grants):
    make.make_member(partnership=cast.sibling, person=make.make_person(name="Of another"), role=Role.OTHER)
    page = client_for(cast.steward).get(grants).content.decode()
    assert "Became a member: Manager Q" in page and "Ended a membership: Former Q" in page
    assert "Opened a space: Kerb to desk" in page and "Opened a space: Early peers" in page
    assert "Of another" not in page


def test_nothing_there_tells_who_writes_shares_agrees_or_talks_alone(cast):
    told = {row.action for row in grants_in(cast.partnership)}
    assert {action.partition(".")[0] for action in told} <= {"membership", "invitation", "space", "partnership"}
    assert not told & {"space.leave", "research.answer", "membership.change_own_words", "agreement.accept"}
    assert cast.one_to_one.public_id not in {row.public_id for row in grants_in(cast.partnership)}


@pytest.mark.parametrize("who", ["mine", "grants"])
def test_thirty_rows_take_no_more_queries_than_three(cast, client_for, grants, who):
    url = MINE if who == "mine" else grants
    browser = client_for(cast.steward)
    browser.get("/healthz")

    def queries(number):
        for _row in range(number):
            make.make_member(partnership=cast.partnership, person=make.make_person(), by=cast.steward)
            make.make_shared_note(by=cast.steward, space=cast.everyone)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url).status_code == 200
        return len(captured)

    few = queries(3)
    assert queries(20) <= few <= 12

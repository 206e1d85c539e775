"""What comes afterwards in both worlds alike, for somebody of the cast to see: of each sort of thing one.

A primary key, a position or a number among hidden things that came before would tell of them.
"""

from django.utils import timezone

from desk import drafts
from desk.sealing import seal_due_events
from partnerships import actions
from partnerships.actions.agreements import answer_research
from partnerships.actions.supervision import note_meeting
from partnerships.models import Space
from records import actions as record_actions
from records.models import Attribution, Response
from records.parts import Parts
from reflections.actions import write
from tests import factories as make
from tests.cast import Cast
from tests.scenery import told
from tests.scenery.attachments import VOICE, file_on, waiting_file
from tests.scenery.invitations import _invite
from tests.scenery.prompts import offer

from .steps import shown


def before(cast: Cast) -> None:
    """Put on the stage of both worlds what hidden things hang on: a note, and a space that some of the cast are in."""
    one, two, three, four = cast.peers_more
    cast.more["anchor"] = make.make_shared_note(by=one, space=cast.peers, text="An anchor.", title="Anchor")
    cast.more["space_seen"] = make.make_space(
        partnership=cast.partnership, by=three, name="Seen by some", people=(one, two, four, cast.fellow)
    )
    # The seal of the last deed on a page is the place where the older ones begin.
    seal_due_events.call()


@shown
def notes(cast: Cast) -> None:
    for place in ("everyone", "peers", "power_line", "one_to_one", "wider"):
        parts = Parts(tags=["peers-tag", "afterwards"], grown_from=[cast[f"{place}_note"]])
        note = write(by=cast.practitioner, text=f"after {place}", key=drafts.new_key(), parts=parts, of_trust=True)
        cast.more[f"after_{place}"] = make.share(note=note, space=cast[place])
    file_on(cast.more["after_peers"], by=cast.practitioner, description="afterwards")
    file_on(cast.more["after_everyone"], by=cast.practitioner, clean=VOICE)
    for name in ("manager", "consultant", "outsider", "former", "orgadmin", "site_admin", "parent_member"):
        make.make_note(by=cast[name], text="afterwards in a notebook", tags=["afterwards"])


@shown
def responses(cast: Cast) -> None:
    asked = make.make_response(to=cast["after_peers"], by=cast.fellow, text="After?", verb=Response.Verb.ASK)
    make.make_response(to=cast["after_peers"], by=cast.practitioner, text="Yes.", answers=asked)
    make.make_response(to=cast["after_everyone"], by=cast.manager, text="Afterwards?", verb=Response.Verb.ASK)
    make.make_response(to=cast["after_wider"], by=cast.supervisor, text="Afterwards?", verb=Response.Verb.ASK)


@shown
def what_is_not_named(cast: Cast) -> None:
    make.make_shared_note(by=cast.fellow, space=cast.peers, attribution=Attribution.NOT_NAMED, text="After, not named")


@shown
def drafts_and_waiting_files(cast: Cast) -> None:
    for name in ("practitioner", "manager", "outsider", "site_admin"):
        make.make_draft(by=cast[name], text="after words")
    waiting_file(by=cast.practitioner, key="after-key", what="after")


@shown
def help_and_told_words(cast: Cast) -> None:
    note = cast["after_everyone"]
    record_actions.ask_for_help(
        note, helper=cast.consultant, wish="Commas.", by=cast.practitioner, key=drafts.new_key()
    )
    told_note = told.tell(by=cast.manager, space=cast.everyone, key="told-after", text="After, he said.")
    told.ask(told_note, person=cast.academic, partnership=cast.partnership)


@shown
def folded_and_set_aside(cast: Cast) -> None:
    note = make.make_shared_note(by=cast.manager, space=cast.everyone, text="To be folded.")
    make.fold(record=note, by=cast.expert, words="Is that the one I know?")
    note = make.make_shared_note(by=cast.expert, space=cast.everyone, text="To be set aside.")
    make.set_aside(record=note, by=cast.steward)


@shown
def people_and_places(cast: Cast) -> None:
    newcomer = make.make_person(name="Newcomer Q", email="newcomer@example.org")
    make.make_member(partnership=cast.partnership, person=newcomer, by=cast.steward)
    make.make_space(partnership=cast.partnership, by=cast.manager, name="Afterwards", people=(cast.commissioner,))
    make.make_space(
        partnership=cast.partnership, by=cast.manager, kind=Space.Kind.ONE_TO_ONE, people=(cast.consultant,)
    )
    manager = make.membership_of(person=cast.manager, partnership=cast.partnership)
    actions.ask_in(space=cast["quiet"], membership=manager, by=cast.fellow, still_peers=True)
    make.make_partnership(by=cast.outsider, name="Afterwards next door", parent=cast.parent)


@shown
def settings(cast: Cast) -> None:
    partnership, by = cast.partnership, cast.steward
    offer(partnership=partnership, by=by, name="Afterwards")
    actions.set_intentions(partnership=partnership, texts=["Listen longer.", "After."], version=None, by=by)
    line = {"kind": "protected_time", "who": "After the early shift"}
    actions.add_resource(partnership=partnership, line=line, version=None, by=by)
    actions.add_to_shelf(
        partnership=partnership, title="Afterwards", address=cast["after_everyone"].get_absolute_url(), by=by
    )
    actions.set_talk(
        partnership=partnership, talk_on=timezone.localdate(), talk_words="noon", version=None, by=cast.steward
    )
    _invite(cast, "after_invitation", partnership, cast.steward, "after@example.net")
    _invite(cast, "after_organisation_invitation", cast.provider, cast.orgadmin, "after-people@example.net")
    answer_research(partnership=partnership, answer="ask", by=cast.practitioner)
    note_meeting(partnership=cast.supervision, met_on=timezone.localdate(), by=cast.supervisor)
    make.make_organisation(name="Afterwards", by=cast.site_admin)

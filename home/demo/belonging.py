"""What the demo's partnerships set out to do, agreed, take, and are waiting for."""

from functools import partial
from typing import Any

from django.utils import timezone

from accounts.models import User
from desk import drafts
from partnerships import actions
from partnerships.agreements import current_agreement, starter_lines, version_now
from partnerships.invitations import Invitee
from partnerships.models import Partnership
from partnerships.models.intentions import intentions_of

from .story import ACCEPTS, AGREES, JOINS, SITE_ADMIN, Story
from .words import WordsError
from .words_belonging import (
    AgreementWords,
    AskedWords,
    BelongingWords,
    IntentionWords,
    InvitationWords,
    PhaseWords,
    StudyWords,
)

# So many days after it was started, a partnership has said what it takes and who pays.
SETTLED_AFTER = 5


def tell(story: Story) -> None:
    """Put on the line what each partnership says of itself, and what it has asked of people."""
    first_day = max(partnership.started_days_ago for partnership in story.words.partnerships)
    story.line.add(first_day, JOINS, "site", partial(_set_up_site, story))
    for words in story.words.belonging:
        about = f'belonging of "{words.key}"'
        started = next(row.started_days_ago for row in story.words.partnerships if row.key == words.key)
        early = max(started - SETTLED_AFTER, 0)
        story.line.add(early, AGREES, about, partial(_say_what_it_takes, story, words))
        for phase in words.phase:
            story.line.add(phase.days_ago, AGREES, about, partial(_enter_phase, story, words, phase))
        for day in sorted({row.days_ago for row in words.intention}):
            story.line.add(day, AGREES, about, partial(_set_out, story, words, day))
        for intention in words.intention:
            if intention.becomes:
                story.line.add(
                    intention.changed_days_ago, AGREES, about, partial(_think_again, story, words, intention)
                )
        for place, agreement in enumerate(words.agreement):
            story.line.add(agreement.days_ago, AGREES, about, partial(_agree, story, words, agreement))
            _tell_who_accepts(story, words, place)
        for study in words.study:
            story.line.add(study.days_ago, AGREES, about, partial(_add_study, story, words, study))
        for invitation in words.invitation:
            story.line.add(invitation.days_ago, AGREES, about, partial(_invite, story, words, invitation))
        for asked in words.asked_in:
            story.line.add(asked.days_ago, AGREES, about, partial(_ask_in, story, words, asked))
        for asked in words.asked_to_join:
            story.line.add(asked.days_ago, AGREES, about, partial(_ask_to_join, story, words, asked))
        for days_ago in words.met_days_ago:
            story.line.add(days_ago, AGREES, about, partial(_meet, story, words))
        story.line.add(1, AGREES, about, partial(_say_how_it_is_now, story, words))


def _who(story: Story, words: BelongingWords) -> User:
    """Return who does what the words do not say otherwise: who started the partnership."""
    return story.person(words.by) if words.by else story.partnership(words.key).started_by


def _set_up_site(story: Story) -> None:
    words = story.words.site
    actions.change_site_settings(
        run_by=words.run_by,
        members_may_start=True,
        concern_name=words.concern_name,
        concern_email=words.concern_email,
        by=story.person(SITE_ADMIN),
    )


def _say_what_it_takes(story: Story, words: BelongingWords) -> None:
    partnership = story.partnership(words.key)
    by = partnership.started_by
    rows = {row.organisation: row for row in partnership.participations.select_related("organisation")}
    for part in words.part:
        organisation = story.organisation(part.organisation)
        if organisation not in rows:
            raise WordsError(f'The organisation "{part.organisation}" takes no part.')
        there = rows[organisation]
        actions.take_part(
            partnership=partnership,
            organisation=organisation,
            ways=[way for way in there.WORDS if getattr(there, way)],
            in_words=there.in_words,
            hopes_to_learn=part.hopes_to_learn,
            brings=part.brings,
            cannot_promise=part.cannot_promise,
            approach=part.approach,
            by=by,
        )
    for line in words.resource:
        columns: dict[str, Any] = {
            "kind": line.kind,
            "who": line.who,
            "days": line.days,
            "pounds": line.pounds,
            "purpose": line.purpose,
            "paid_by": line.paid_by,
            "starts_on": story.line.day(line.starts_days_ago),
            "ends_on": story.line.day(-line.ends_days_ahead) if line.ends_days_ahead else None,
        }
        actions.add_resource(partnership=partnership, line=columns, version=None, by=by)


def _enter_phase(story: Story, words: BelongingWords, entered: PhaseWords) -> None:
    partnership = story.partnership(words.key)
    actions.enter_phase(
        partnership=partnership,
        phase=partnership.phases.get(key=entered.key),
        began_on=story.line.day(entered.days_ago),
        reason=entered.reason,
        by=_who(story, words),
    )


def _present(partnership: Partnership) -> list[str]:
    return [row.text for row in intentions_of(partnership)[0]]


def _set_out(story: Story, words: BelongingWords, day: int) -> None:
    partnership = story.partnership(words.key)
    texts = [*_present(partnership), *(row.text for row in words.intention if row.days_ago == day)]
    actions.set_intentions(partnership=partnership, texts=texts, version=None, by=_who(story, words))


def _think_again(story: Story, words: BelongingWords, intention: IntentionWords) -> None:
    partnership = story.partnership(words.key)
    texts = [intention.becomes if text == intention.text else text for text in _present(partnership)]
    actions.set_intentions(partnership=partnership, texts=texts, version=None, by=_who(story, words))


def _agree(story: Story, words: BelongingWords, agreement: AgreementWords) -> None:
    partnership = story.partnership(words.key)
    by = partnership.started_by
    lines = [*starter_lines(), *([agreement.adds] if agreement.adds else [])]
    columns = {
        "text": "\n".join(lines),
        "safety": agreement.safety,
        "review_on": story.line.day(-agreement.review_in_days),
        "frequency": agreement.frequency,
        "record_kept": agreement.record_kept,
        "confidentiality_limits": agreement.confidentiality_limits,
    }
    draft = actions.draft_agreement(
        partnership=partnership, version=version_now(partnership), words=columns, key=drafts.new_key(), by=by
    )
    actions.adopt_agreement(partnership=partnership, version=draft.version, what_changed=agreement.what_changed, by=by)


def _tell_who_accepts(story: Story, words: BelongingWords, place: int) -> None:
    """Put on the line who accepts the agreement in that place of the list: at once, or when they came later."""
    agreement, *later = words.agreement[place:]
    until = later[0].days_ago if later else -1
    for member in next(row.member for row in story.words.partnerships if row.key == words.key):
        day = min(agreement.days_ago, member.joined_days_ago)
        left = member.left_days_ago is not None and member.left_days_ago >= day
        if day > until and not left and member.person not in agreement.accepted_by_all_but:
            about = f'agreement of "{words.key}", member "{member.person}"'
            story.line.add(day, ACCEPTS, about, partial(_accept, story, words, member.person))


def _accept(story: Story, words: BelongingWords, person: str) -> None:
    partnership = story.partnership(words.key)
    agreement = current_agreement(partnership)
    if agreement is None:
        raise WordsError("There is no agreement yet.")
    actions.accept_agreement(partnership=partnership, read=agreement.public_id, by=story.person(person))


def _add_study(story: Story, words: BelongingWords, study: StudyWords) -> None:
    columns = {
        "title": study.title,
        "institution": study.institution,
        "approval": study.approval,
        "information": study.information.strip(),
        "last_day_on": story.line.day(-study.last_day_ahead),
    }
    by = story.partnership(words.key).started_by
    actions.add_study(partnership=story.partnership(words.key), words=columns, key=drafts.new_key(), by=by)


def _meet(story: Story, words: BelongingWords) -> None:
    partnership = story.partnership(words.key)
    actions.note_meeting(partnership=partnership, met_on=timezone.localdate(), by=partnership.started_by)


def _invite(story: Story, words: BelongingWords, invitation: InvitationWords) -> None:
    organisation = story.organisation(invitation.organisation) if invitation.organisation else None
    invitee = Invitee(
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        own_words=invitation.own_words,
        organisation=organisation,
    )
    actions.invite(place=story.partnership(words.key), invitee=invitee, by=story.person(invitation.by))


def _ask_in(story: Story, words: BelongingWords, asked: AskedWords) -> None:
    membership = story.membership(words.key, asked.person)
    by = story.person(asked.by)
    admission = actions.ask_in(space=story.space(asked.space), membership=membership, still_peers=True, by=by)
    if asked.accepted:
        actions.accept_admission(admission=admission, by=membership.person)


def _ask_to_join(story: Story, words: BelongingWords, asked: AskedWords) -> None:
    actions.ask_to_join(space=story.space(asked.space), by=story.person(asked.person))


def _say_how_it_is_now(story: Story, words: BelongingWords) -> None:
    """Say what has no history here: words, whom to tell a worry, the shelf, the next talk, research, supervision."""
    partnership, by = story.partnership(words.key), _who(story, words)
    for person, answer in words.research.items():
        actions.answer_research(partnership=partnership, answer=answer, by=story.person(person))
    for person, brought in words.brings.items():
        actions.bring_partnerships(
            membership=story.membership(words.key, person),
            partnerships=[story.partnership(key) for key in brought],
            by=story.person(person),
        )
    if words.words:
        actions.set_words(partnership=partnership, words=words.words, phases=[], version=None, by=by)
    if words.concern_name:
        actions.name_contact(partnership=partnership, name=words.concern_name, email=words.concern_email, by=by)
    if words.talk_in_days is not None:
        day = story.line.day(-words.talk_in_days)
        actions.set_talk(partnership=partnership, talk_on=day, talk_words=words.talk_words, version=None, by=by)
    if not partnership.is_draft:
        actions.put_steps_away(partnership=partnership, by=by)
    if words.alongside:
        others = [story.partnership(key) for key in words.alongside]
        actions.nest(partnership=partnership, parent=partnership.parent, alongside=others, version=None, by=by)
    for item in words.shelf:
        # One word is a page of the partnership.
        page = f"{partnership.get_absolute_url()}{item.address}/"
        address = item.address if "/" in item.address else page
        actions.add_to_shelf(partnership=partnership, title=item.title, why=item.why, address=address, by=by)

"""The same for how people come to belong: phases, agreements, invitations, admissions, supervision, mail."""

from desk.models import Notice, Outbox
from partnerships.models import (
    Acceptance,
    Admission,
    AdmissionAnswer,
    Agreement,
    BroughtPartnership,
    Intention,
    Invitation,
    Mute,
    Phase,
    ResearchAnswer,
    Resource,
    SiteSettings,
    SupervisionMeeting,
)
from tests import factories as make

from .breaking import BEFORE, NOW, membership

TODAY, YESTERDAY = NOW.date(), BEFORE.date()


def agreement(cast, **columns):
    right = {"partnership": cast.partnership, "text": "t", "drafted_by": cast.steward, "drafted_at": NOW}
    return Agreement(**right | columns)


def adopted(cast, number=1, **columns):
    right = {"number": number, "safety": "Ring somebody.", "adopted_by": cast.steward, "adopted_at": NOW}
    return agreement(cast, **right | columns)


def kept(row):
    row.save()
    return row


def two(make_row):
    """Keep one row, and give a second one like it."""
    make_row().save()
    return make_row()


def invitation(cast, **columns):
    right = {
        "token_hash": "a" * 64,
        "email": "new@example.org",
        "partnership": cast.partnership,
        "role": "practitioner",
        "invited_by": cast.steward,
        "invited_at": NOW,
        "expires_at": NOW,
    }
    return Invitation(**right | columns)


def to_organisation(cast, **columns):
    return invitation(cast, **{"partnership": None, "role": "", "organisation": cast.provider} | columns)


def admission(cast, **columns):
    right = {"space": cast.power_line, "membership": membership(cast), "kind": "asked_in", "asked_at": NOW}
    return Admission(**right | columns)


def resource(cast, **columns):
    right = {"kind": "time", "who": "w", "recorded_by": cast.steward, "recorded_at": NOW}
    return Resource(partnership=cast.partnership, **right | columns)


def two_drafts(cast):
    partnership = make.make_partnership(by=cast.steward)
    return two(lambda: agreement(cast, partnership=partnership))


def accepted_twice(cast):
    version = kept(adopted(cast, number=90))
    return two(lambda: Acceptance(agreement=version, membership=membership(cast), accepted_at=NOW))


def invited_twice(cast, invited):
    kept(invited(cast, token_hash="b"))
    return invited(cast, token_hash="c")


def answered_twice(cast):
    asked = kept(admission(cast))
    answer = {"membership": membership(cast), "says_yes": True, "answered_at": NOW}
    return two(lambda: AdmissionAnswer(admission=asked, **answer))


def twice(make_row):
    return lambda cast: two(lambda: make_row(cast))


BREAKING = {
    "partnerships_mute_once": twice(lambda cast: Mute(person=cast.fellow, space=cast.peers)),
    "partnerships_phase_once_per_partnership": lambda cast: Phase(
        partnership=cast.partnership, key="working", position=1
    ),
    "partnerships_phase_has_a_word": lambda cast: Phase(partnership=cast.partnership, key="own", position=1),
    "partnerships_intention_ends_after_it_starts": lambda cast: Intention(
        partnership=cast.partnership, text="t", recorded_by=cast.steward, started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_resource_ends_after_it_starts": lambda cast: resource(cast, starts_on=TODAY, ends_on=YESTERDAY),
    "partnerships_resource_is_more_than_nothing": lambda cast: resource(cast, days=0),
    "partnerships_agreement_one_of_each_number": twice(lambda cast: adopted(cast, number=90)),
    "partnerships_agreement_one_draft": two_drafts,
    "partnerships_agreement_numbered_when_adopted": lambda cast: adopted(cast, number=90, adopted_by=None),
    "partnerships_agreement_says_what_if_harm": lambda cast: adopted(cast, number=90, safety=""),
    "partnerships_acceptance_once": accepted_twice,
    "partnerships_researchanswer_ends_after_it_starts": lambda cast: ResearchAnswer(
        membership=membership(cast), answer="no", started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_researchanswer_one_at_a_time": twice(
        lambda cast: ResearchAnswer(membership=membership(cast), answer="no")
    ),
    "partnerships_invitation_leads_somewhere": lambda cast: invitation(cast, partnership=None, role=""),
    "partnerships_invitation_accepted_by_somebody": lambda cast: invitation(cast, accepted_at=NOW),
    "partnerships_invitation_has_one_end": lambda cast: invitation(
        cast, withdrawn_at=NOW, declined_at=NOW, email="", name=""
    ),
    "partnerships_invitation_declined_forgets_the_address": lambda cast: invitation(cast, declined_at=NOW),
    "partnerships_invitation_open_once_per_partnership": lambda cast: invited_twice(cast, invitation),
    "partnerships_invitation_open_once_per_organisation": lambda cast: invited_twice(cast, to_organisation),
    "partnerships_admission_one_at_a_time": twice(admission),
    "partnerships_admission_ends_somehow": lambda cast: admission(cast, closed_at=NOW),
    "partnerships_admissionanswer_once": answered_twice,
    "partnerships_broughtpartnership_ends_after_it_starts": lambda cast: BroughtPartnership(
        membership=membership(cast), partnership=cast.sibling, started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_broughtpartnership_once_at_a_time": twice(
        lambda cast: BroughtPartnership(membership=membership(cast), partnership=cast.sibling)
    ),
    "partnerships_supervisionmeeting_once_a_day": twice(
        lambda cast: SupervisionMeeting(
            partnership=cast.supervision, met_on=TODAY, recorded_by=cast.supervisor, recorded_at=NOW
        )
    ),
    "partnerships_sitesettings_is_one_row": lambda cast: SiteSettings(pk=2),
    "desk_outbox_ends_in_one_way": lambda cast: Outbox(
        subject="s", recipients=[], message=b"", done_at=NOW, cancelled_at=NOW
    ),
    "desk_outbox_holds_no_words_once_given_up": lambda cast: Outbox(
        subject="s", recipients=[], message=b"words", failed_at=NOW
    ),
    "desk_notice_once_each": twice(
        lambda cast: Notice(person=cast.practitioner, kind="k", about="a", created_at=NOW, due_at=NOW)
    ),
}

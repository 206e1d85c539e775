"""A row for each constraint that breaks it, and it alone; by the constraint's name."""

from datetime import timedelta

from django.utils import timezone

from desk.models import Draft
from partnerships.models import (
    Affiliation,
    HeldRole,
    Membership,
    Participation,
    Role,
    Space,
    SpaceMembership,
)
from records.models import RecordTag, Version
from records.versions import keep_version
from reflections.models import Reflection
from tests import factories as make

NOW = timezone.now()
BEFORE = NOW - timedelta(days=1)


def reflection(cast, **columns):
    """Give a row that would be right but for these columns."""
    right = {"kind": "reflection", "text": "t", "author": cast.practitioner, "created_at": NOW}
    return Reflection(**right | columns)


def shared(cast, **columns):
    return reflection(cast, **{"space": cast.everyone, "partnership": cast.partnership, "shared_at": NOW} | columns)


def changed(cast):
    """Give a note of which a first version is kept."""
    keep_version(cast.private_note, number=1, by=cast.practitioner)
    return cast.private_note.record


def membership(cast):
    return make.membership_of(person=cast.practitioner, partnership=cast.partnership)


def space(cast, **columns):
    right = {"partnership": cast.partnership, "kind": "peers", "name": "n", "opened_by": cast.practitioner}
    return Space(**right | columns)


# By the constraint's name: a row that breaks it, and it alone.
BREAKING = {
    "accounts_user_email_is_unique": lambda cast: cast.fellow.__class__(email="PRACTITIONER@example.org", name="x"),
    "desk_draft_one_per_opened_form": lambda cast: Draft(
        author=cast.practitioner, key=cast.draft.key, form="reflection", saved_at=NOW
    ),
    "desk_draft_holds_no_words_once_used": lambda cast: Draft(
        author=cast.practitioner, key="k", form="reflection", saved_at=NOW, used_at=NOW, data={"text": ["words"]}
    ),
    "partnerships_affiliation_ends_after_it_starts": lambda cast: Affiliation(
        person=cast.fellow, organisation=cast.provider, started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_affiliation_open_once": lambda cast: Affiliation(person=cast.orgadmin, organisation=cast.provider),
    "partnerships_membership_ends_after_it_starts": lambda cast: Membership(
        person=cast.outsider, partnership=cast.partnership, started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_membership_open_once": lambda cast: Membership(
        person=cast.practitioner, partnership=cast.partnership
    ),
    "partnerships_heldrole_ends_after_it_starts": lambda cast: HeldRole(
        membership=membership(cast), role=Role.OTHER, started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_heldrole_one_open_per_stay": lambda cast: HeldRole(membership=membership(cast), role=Role.OTHER),
    "partnerships_spacemembership_ends_after_it_starts": lambda cast: SpaceMembership(
        space=cast.power_line, membership=membership(cast), started_at=NOW, ended_at=BEFORE
    ),
    "partnerships_spacemembership_open_once": lambda cast: SpaceMembership(
        space=cast.peers, membership=membership(cast)
    ),
    "partnerships_participation_once_per_organisation": lambda cast: Participation(
        partnership=cast.partnership, organisation=cast.council, hosts=True
    ),
    "partnerships_participation_takes_part_somehow": lambda cast: Participation(
        partnership=cast.partnership, organisation=cast.provider
    ),
    "partnerships_space_only_the_wider_field_has_no_partnership": lambda cast: space(cast, partnership=None),
    "partnerships_space_one_wider_field": lambda cast: Space(kind="wider_field"),
    "partnerships_space_one_everyone_each": lambda cast: space(cast, kind="everyone", name=""),
    "partnerships_space_across_the_power_line_says_who": lambda cast: space(cast, kind="power_line"),
    "partnerships_space_peers_and_power_line_have_names": lambda cast: space(cast, name=""),
    "records_record_shared_if_and_only_if_in_a_space": lambda cast: reflection(cast, shared_at=NOW),
    "records_record_only_shared_ones_are_withdrawn": lambda cast: reflection(cast, withdrawn_at=NOW),
    "records_record_attribution_is_chosen_at_sharing": lambda cast: reflection(cast, attribution="not_named"),
    "records_record_level_is_1_2_or_3": lambda cast: reflection(cast, person_level=4),
    "records_record_saved_once_per_form": lambda cast: reflection(cast, submission=cast.private_note.submission),
    "records_record_only_shared_ones_are_folded_or_set_aside": lambda cast: reflection(cast, folded_at=NOW),
    "records_version_each_number_once": lambda cast: Version(
        record=changed(cast), number=1, words={}, replaced_by=cast.practitioner, replaced_at=NOW
    ),
    "records_recordtag_each_tag_once": lambda cast: RecordTag(
        content_object=cast.private_note.record, tag=cast.private_note.tags.get()
    ),
}

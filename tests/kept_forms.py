"""How each form that keeps drafts is opened, for the tests that walk all of them.

A form without a row here fails `tests/desk/test_kept_forms.py`.
"""

from collections.abc import Callable
from typing import Any

from desk import drafts
from desk.models import Draft

from .cast import Cast

# Of each registered form: who opens it, and what it is about.
WAYS: dict[str, Callable[[Cast], tuple[Any, str]]] = {
    "activity": lambda cast: (cast.practitioner, cast.partnership.slug),
    "activity-edit": lambda cast: (cast.practitioner, cast["peers_activity"].public_id),
    "cycle": lambda cast: (cast.practitioner, cast.partnership.slug),
    "cycle-edit": lambda cast: (cast.practitioner, cast["peers_cycle"].public_id),
    "cycle-move": lambda cast: (cast.practitioner, cast["peers_cycle"].public_id),
    "method": lambda cast: (cast.practitioner, cast.partnership.slug),
    "method-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast['own_method'].public_id}"),
    "agenda": lambda cast: (cast.steward, cast.partnership.slug),
    "agenda-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast['own_agenda'].public_id}"),
    "agenda-item": lambda cast: (cast.practitioner, cast["peers_session"].public_id),
    "agenda-item-edit": lambda cast: (
        cast.practitioner,
        f"{cast['peers_session'].public_id}/{cast['agenda_item'].public_id}",
    ),
    "agenda-offer": lambda cast: (cast.fellow, cast["peers_session"].public_id),
    "agreement": lambda cast: (cast.steward, cast.partnership.slug),
    "conversation": lambda cast: (cast.practitioner, cast.partnership.slug),
    "conversation-close": lambda cast: (cast.fellow, cast["conversation"].public_id),
    "conversation-edit": lambda cast: (cast.practitioner, cast["conversation"].public_id),
    "conversation-summary": lambda cast: (cast.fellow, cast["conversation"].public_id),
    "step-in": lambda cast: (cast.fellow, cast["everyone_conversation"].public_id),
    "relationship-note": lambda cast: (cast.learning_partner, cast.partnership.slug),
    "relationship-note-edit": lambda cast: (cast.learning_partner, cast["relationship_note"].public_id),
    "check-in": lambda cast: (cast.practitioner, cast["tension"].public_id),
    "check-in-edit": lambda cast: (cast.fellow, cast["check_in"].public_id),
    "boundary-object": lambda cast: (cast.practitioner, cast.partnership.slug),
    "boundary-object-edit": lambda cast: (cast.fellow, cast["library_object"].public_id),
    "boundary-object-state": lambda cast: (cast.fellow, cast["library_object"].public_id),
    "boundary-object-use": lambda cast: (cast.fellow, cast["library_object"].public_id),
    "reading": lambda cast: (cast.practitioner, cast["library_object"].public_id),
    "reading-edit": lambda cast: (cast.fellow, cast["reading"].public_id),
    "pattern": lambda cast: (cast.practitioner, cast.partnership.slug),
    "pattern-edit": lambda cast: (cast.fellow, cast["pattern"].public_id),
    "pattern-state": lambda cast: (cast.fellow, cast["pattern"].public_id),
    "pattern-source": lambda cast: (cast.fellow, f"{cast['pattern'].public_id}/{cast.peers_note.public_id}"),
    "tension": lambda cast: (cast.practitioner, cast.partnership.slug),
    "tension-edit": lambda cast: (cast.fellow, cast["tension"].public_id),
    "tension-state": lambda cast: (cast.fellow, cast["tension"].public_id),
    "commitment": lambda cast: (cast.practitioner, cast["over_session"].public_id),
    "commitment-let-go": lambda cast: (cast.fellow, cast["commitment"].public_id),
    "concern": lambda cast: (cast.practitioner, cast.partnership.slug),
    "condition": lambda cast: (cast.practitioner, cast.partnership.slug),
    "condition-answer": lambda cast: (cast.academic, cast["condition"].public_id),
    "condition-edit": lambda cast: (cast.practitioner, cast["condition"].public_id),
    "contribution": lambda cast: (cast.practitioner, cast["peers_session"].public_id),
    "contribution-edit": lambda cast: (cast.fellow, cast["unseen_words"].public_id),
    "decision": lambda cast: (cast.expert, cast["looking_session"].public_id),
    "decision-objection": lambda cast: (
        cast.manager,
        f"{cast['looking_session'].public_id}/{cast['looked_decision'].public_id}",
    ),
    "experiment": lambda cast: (cast.practitioner, cast.partnership.slug),
    "experiment-close": lambda cast: (cast.fellow, cast["due_experiment"].public_id),
    "experiment-step": lambda cast: (cast.fellow, f"{cast['experiment'].public_id}/hunch"),
    "fold": lambda cast: (cast.manager, f"reflection/{cast.everyone_note.public_id}"),
    "help": lambda cast: (cast.practitioner, f"reflection/{cast.peers_note.public_id}"),
    "intentions-edit": lambda cast: (cast.steward, cast.partnership.slug),
    "invitation-import": lambda cast: (cast.steward, cast.partnership.slug),
    "lens": lambda cast: (cast.practitioner, cast.partnership.slug),
    "live-note": lambda cast: (
        cast.practitioner,
        f"{cast['silent_session'].public_id}/{cast['silent_writing'].public_id}",
    ),
    "looking-again": lambda cast: (
        cast.expert,
        f"{cast['looking_session'].public_id}/{cast['looked_intention'].public_id}",
    ),
    "objection": lambda cast: (cast.practitioner, cast["proposed_session"].public_id),
    "order": lambda cast: (cast.site_admin, ""),
    "organisation-import": lambda cast: (cast.orgadmin, cast.provider.public_id),
    "outcome": lambda cast: (cast.practitioner, cast["noted_session"].public_id),
    "paper-notes": lambda cast: (
        cast.practitioner,
        f"{cast['silent_session'].public_id}/{cast['silent_writing'].public_id}",
    ),
    "participation": lambda cast: (cast.steward, cast.partnership.slug),
    "participation-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast.council.public_id}"),
    "partnership": lambda cast: (cast.practitioner, ""),
    "profile": lambda cast: (cast.practitioner, ""),
    "prompts": lambda cast: (cast.steward, cast.partnership.slug),
    "prompts-edit": lambda cast: (cast.steward, f"{cast.partnership.slug}/{cast['prompt_set'].public_id}"),
    "purpose-edit": lambda cast: (cast.steward, cast.partnership.slug),
    "put-back": lambda cast: (cast.outsider, f"reflection/{cast['folded_note'].public_id}"),
    "reflection": lambda cast: (cast.practitioner, ""),
    "reflection-edit": lambda cast: (cast.practitioner, cast.private_note.public_id),
    "response": lambda cast: (cast.practitioner, cast.not_named_note.public_id),
    "response-edit": lambda cast: (cast.fellow, cast.response.public_id),
    "session": lambda cast: (cast.practitioner, cast.partnership.slug),
    "session-cancel": lambda cast: (cast.practitioner, cast["peers_session"].public_id),
    "session-edit": lambda cast: (cast.practitioner, cast["peers_session"].public_id),
    "session-photo": lambda cast: (cast.fellow, cast["running_session"].public_id),
    "set-aside": lambda cast: (cast.steward, f"reflection/{cast.everyone_note.public_id}"),
    "suggestion": lambda cast: (cast.fellow, cast["question"].public_id),
    "supervision": lambda cast: (cast.learning_partner, cast["supervision_session"].public_id),
    "study": lambda cast: (cast.steward, cast.partnership.slug),
    "study-edit": lambda cast: (cast.steward, cast["study"].public_id),
    "tasks": lambda cast: (cast.expert, cast["looking_session"].public_id),
    "telling": lambda cast: (cast.expert, cast["telling_question"].public_id),
}


def page_of(form: str, about: str) -> str:
    """Return the address at which that form is opened."""
    return drafts.address_of(Draft(key="k", form=form, about=about)).partition("?")[0]


def main_box(form: str) -> str:
    """Return the name of the box that holds a form's words: the first, where they stand in numbered ones."""
    words = drafts.registered()[form].words
    name = words if isinstance(words, str) else words[0]
    return f"{name}_1" if form == "intentions-edit" else name

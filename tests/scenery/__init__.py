"""What stands on the stage beside people, places and words: one file for each domain."""

from . import (
    agreement,
    attachments,
    data,
    folding,
    invitations,
    mail,
    organisations,
    prompts,
    settings,
    spaces,
    suggestions,
    told,
)

SCENERY = (
    agreement,
    folding,
    invitations,
    mail,
    organisations,
    prompts,
    settings,
    spaces,
    suggestions,
    attachments,
    data,
    told,
)

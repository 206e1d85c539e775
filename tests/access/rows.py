"""All rows of the matrix. Each domain has its own file."""

from . import (
    rows_agreement,
    rows_attachments,
    rows_audit,
    rows_data,
    rows_folding,
    rows_invitations,
    rows_mail,
    rows_organisations,
    rows_prompts,
    rows_search,
    rows_settings,
    rows_spaces,
    rows_suggestions,
    rows_told,
    rows_words,
)

ROWS = [
    *rows_words.ROWS,
    *rows_agreement.ROWS,
    *rows_attachments.ROWS,
    *rows_audit.ROWS,
    *rows_data.ROWS,
    *rows_folding.ROWS,
    *rows_invitations.ROWS,
    *rows_mail.ROWS,
    *rows_organisations.ROWS,
    *rows_prompts.ROWS,
    *rows_search.ROWS,
    *rows_settings.ROWS,
    *rows_spaces.ROWS,
    *rows_suggestions.ROWS,
    *rows_told.ROWS,
]

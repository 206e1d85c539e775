"""All rows of the matrix. Each domain has its own file."""

from . import (
    rows_agreement,
    rows_invitations,
    rows_mail,
    rows_organisations,
    rows_settings,
    rows_spaces,
    rows_words,
)

ROWS = [
    *rows_words.ROWS,
    *rows_agreement.ROWS,
    *rows_invitations.ROWS,
    *rows_mail.ROWS,
    *rows_organisations.ROWS,
    *rows_settings.ROWS,
    *rows_spaces.ROWS,
]

"""The rows of the matrix about invitations."""

from .matrix import Row

ROWS: list[Row] = []

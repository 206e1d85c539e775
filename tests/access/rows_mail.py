"""The rows of the matrix about mail."""

from .matrix import Row

ROWS: list[Row] = []

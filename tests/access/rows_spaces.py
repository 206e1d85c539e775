"""The rows of the matrix about spaces."""

from .matrix import Row

ROWS: list[Row] = []

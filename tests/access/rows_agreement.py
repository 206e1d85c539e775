"""The rows of the matrix about agreement."""

from .matrix import Row

ROWS: list[Row] = []

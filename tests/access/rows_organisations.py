"""The rows of the matrix about organisations."""

from .matrix import Row

ROWS: list[Row] = []

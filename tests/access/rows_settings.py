"""The rows of the matrix about settings."""

from .matrix import Row

ROWS: list[Row] = []

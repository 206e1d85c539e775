"""Prompts: questions to write with, and what was answered to them."""

from .answers import ANSWER, BETWEEN, Answered, answered, carried, further_words, text_of
from .built_in import Prompts, newest
from .finding import find, offered, own_prompts, prompts_or_404

__all__ = [
    "ANSWER",
    "BETWEEN",
    "Answered",
    "Prompts",
    "answered",
    "carried",
    "find",
    "further_words",
    "newest",
    "offered",
    "own_prompts",
    "prompts_or_404",
    "text_of",
]

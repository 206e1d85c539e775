"""Agendas: the kinds of their items, what one can begin with, and how a session's is read."""

from .built_in import BUILT_IN, Agenda, Step
from .finding import agenda_or_404, find, may_change, offered, own_agendas
from .reading import TimedAgenda, agenda_of, shown

__all__ = [
    "BUILT_IN",
    "Agenda",
    "Step",
    "TimedAgenda",
    "agenda_of",
    "agenda_or_404",
    "find",
    "may_change",
    "offered",
    "own_agendas",
    "shown",
]

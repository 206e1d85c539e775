from .agenda import AgendaItem, AgendaOffer, AgendaTemplate
from .attendees import Answer, Attendee
from .commitments import Commitment, CommitmentChange, CommitmentState
from .contributions import Contribution
from .feeds import CalendarFeed
from .live import Cluster, Guest, GuestLink, LiveState, SilentWriting, UnsignedNote
from .looking_again import Decision, DecisionObjection, Evidence, FormerNote, TasksNow
from .outcomes import Carrying, Objection, Outcome, OutcomeState, OutcomeVersion
from .series import Rhythm, Series
from .sessions import Activity, Confidentiality, Occasion, Session
from .supervision import Acknowledgement, Lens, SupervisionNote

__all__ = [
    "Acknowledgement",
    "Activity",
    "AgendaItem",
    "AgendaOffer",
    "AgendaTemplate",
    "Answer",
    "Attendee",
    "CalendarFeed",
    "Carrying",
    "Cluster",
    "Commitment",
    "CommitmentChange",
    "CommitmentState",
    "Confidentiality",
    "Contribution",
    "Decision",
    "DecisionObjection",
    "Evidence",
    "FormerNote",
    "Guest",
    "GuestLink",
    "Lens",
    "LiveState",
    "Objection",
    "Occasion",
    "Outcome",
    "OutcomeState",
    "OutcomeVersion",
    "Rhythm",
    "Series",
    "Session",
    "SilentWriting",
    "SupervisionNote",
    "TasksNow",
    "UnsignedNote",
]

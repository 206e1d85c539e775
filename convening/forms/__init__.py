"""Forms of sessions."""

from .after import AttendanceForm, CommitmentForm, LetGoForm, ObjectionForm, OutcomeForm, ProposeForm, WhetherForm
from .agenda import (
    AgendaBeginForm,
    AgendaDeclineForm,
    AgendaItemEditForm,
    AgendaItemForm,
    AgendaOfferForm,
)
from .agenda_templates import AgendaTemplateEditForm, AgendaTemplateForm, AgendaUseForm
from .contributions import AnswerForm, ContributionEditForm, ContributionForm
from .looking_again import CarryOutForm, DecisionForm, DecisionObjectionForm, EvidenceForm, LookingAgainForm
from .photos import PhotoForm
from .sessions import CancelForm, HostForm, MoveForm, SessionEditForm, SessionForm
from .supervision import SupervisionForm
from .tasks import TasksForm
from .times import WhenForm

__all__ = [
    "AgendaBeginForm",
    "AgendaDeclineForm",
    "AgendaItemEditForm",
    "AgendaItemForm",
    "AgendaOfferForm",
    "AgendaTemplateEditForm",
    "AgendaTemplateForm",
    "AgendaUseForm",
    "AnswerForm",
    "AttendanceForm",
    "CancelForm",
    "CarryOutForm",
    "CommitmentForm",
    "ContributionEditForm",
    "ContributionForm",
    "DecisionForm",
    "DecisionObjectionForm",
    "EvidenceForm",
    "HostForm",
    "LetGoForm",
    "LookingAgainForm",
    "MoveForm",
    "ObjectionForm",
    "OutcomeForm",
    "PhotoForm",
    "ProposeForm",
    "SessionEditForm",
    "SessionForm",
    "SupervisionForm",
    "TasksForm",
    "WhenForm",
    "WhetherForm",
]

"""What one says on research, and the studies that it is about."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField
from partnerships.models import Partnership, ResearchAnswer, Study

Answer = ResearchAnswer.Answer


class ResearchForm(forms.Form):
    """May what you share here be used in research? No, until one says something else."""

    answer = forms.ChoiceField(
        label=_("May what you share here be used in research?"),
        widget=forms.RadioSelect,
        choices=[
            (Answer.NO, Option(Answer.NO.label, hint=_("Nothing of yours is used."))),
            (Answer.ASK, Option(Answer.ASK.label, hint=_("You see the exact words first, and say yes or no to them."))),
            (Answer.YES, Option(Answer.YES.label, hint=_("Never with your name. Your notebook is never part of it."))),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )


class StudyForm(KeptForm):
    """A study that draws on the partnership, so that a yes is a yes to something known."""

    draft_form = "study"
    title = LineField(label=_("Title of the study"), max_length=200)
    institution = LineField(label=_("Institution"), max_length=200, help_text=_("Who carries it out."))
    approval = LineField(
        label=_("Ethical approval"), max_length=200, help_text=_("Which committee approved it, and its reference.")
    )
    information = TextField(
        label=_("Information sheet"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "What those who take part need to know, whole: what for, what is used, kept where, and until when."
        ),
        error_messages={"required": _("Nobody can say yes to what they have not been told. Paste the sheet here.")},
    )
    last_day_on = DateField(
        label=_("Last day to withdraw"),
        not_in_future=False,
        error_messages={"required": _("Say until which day people can take their yes back.")},
    )

    def __init__(self, request: HttpRequest, *, partnership: Partnership):
        super().__init__(request, about=partnership.slug)

    def words(self) -> dict[str, Any]:
        """Return the study's columns as typed."""
        return {name: self.cleaned_data[name] for name in STUDY_FIELDS}


STUDY_FIELDS = ("title", "institution", "approval", "information", "last_day_on")


class StudyEditForm(StudyForm):
    """A change to what is said of a study."""

    draft_form = "study-edit"

    def __init__(self, request: HttpRequest, *, study: Study):
        initial = {name: getattr(study, name) for name in STUDY_FIELDS} | {"version": study.version}
        KeptForm.__init__(self, request, about=study.public_id, initial=initial)

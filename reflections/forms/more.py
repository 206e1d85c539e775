"""What may be added to a note beside its words: the folded "Add more"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import DateField, Option
from records.forms import TagsField
from records.models import PersonLevel
from records.parts import Parts


def level_choices() -> list[tuple[int, Option]]:
    """Return the person levels with a line on each."""
    hints = {
        PersonLevel.FIRST: _("What I did, saw or thought."),
        PersonLevel.SECOND: _("What we are finding out together."),
        PersonLevel.THIRD: _("What may matter to people we have not met."),
    }
    choices = []
    for level in PersonLevel:
        choices.append((level.value, Option(level.label, hint=hints[level], level=level.value)))
    return choices


class MoreForm(forms.Form):
    """Whose learning it is, when it happened, and tags."""

    person_level = forms.TypedChoiceField(
        label=_("Whose learning is this?"), coerce=int, widget=forms.RadioSelect, choices=level_choices
    )
    happened_on = DateField(label=_("When did it happen?"), required=False)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=1000,
        help_text=_("Words to find it by, with commas between them."),
    )

    def parts(self) -> Parts:
        """Return what hangs on the note, as typed."""
        return Parts(tags=self.cleaned_data["tags"])

    @property
    def has_more(self) -> bool:
        """Say whether something in the folded section is wrong or filled, so that it stands open."""
        return any(self.errors.get(name) or self[name].value() for name in ("tags", "happened_on")) or bool(
            self.errors.get("person_level")
        )

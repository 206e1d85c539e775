"""How something in the library reads to one's role, or to one's organisation."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from curating.models import BoundaryObject, Reading
from curating.readings import naming
from desk.forms import KeptForm
from learnpartner.forms import Option, TextField, offer
from partnerships.models import Membership
from partnerships.reader import Reader

LONGEST_READING = 5_000


class WordsForm(KeptForm):
    """The words of a reading."""

    text = TextField(
        label=_("How does it read to us?"),
        max_length=LONGEST_READING,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What do you see in it, what do you miss, what does it change where you are?"),
        error_messages={"required": _("Say how it reads, in a line or more.")},
    )


class ReadingForm(WordsForm):
    """A new reading: whose it is, and how its author is named, in one choice."""

    draft_form = "reading"
    # Which version was on the page.
    of_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=100_000)
    way = forms.ChoiceField(
        label=_("Whose reading is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whose reading it is."),
            "invalid_choice": _("That is not open to you here. Choose again whose reading it is."),
        },
    )

    def __init__(
        self,
        request: HttpRequest,
        *,
        reader: Reader,
        boundary_object: BoundaryObject,
        readers: list[Membership],
        last: int,
    ):
        author = reader.membership_in(boundary_object.partnership_id)
        space = boundary_object.space
        ways = naming.ways_in(space, author, readers) if space and author else []
        offered = [row for row in ways if row.is_offered]
        begun = {"of_version": last, "way": offered[0].value if offered else ""}
        super().__init__(request, about=boundary_object.public_id, initial=begun)
        offer(self, "way", [(row.value, Option(row.label, hint=row.shown_as)) for row in offered])
        # Why the other ways are not there: a floor that nobody explains looks like a fault.
        self.not_offered = [row.reason for row in ways if row.reason]


class ReadingEditForm(WordsForm):
    """A change to one's own reading. Whose it is was chosen when others first read it."""

    draft_form = "reading-edit"

    def __init__(self, request: HttpRequest, *, reading: Reading):
        now = {"text": reading.text, "version": reading.version}
        super().__init__(request, about=reading.public_id, initial=now)

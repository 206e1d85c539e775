"""The form that loses no word: its draft key, its version, and what was typed before."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from . import drafts
from .models import Draft

LONGEST_KEY = 24
KEY = re.compile(rf"[-a-zA-Z0-9_]{{1,{LONGEST_KEY}}}")


class KeptForm(forms.Form):
    """A form with a text box: kept as a draft while it is typed, saved once, and never over somebody else's change.

    `draft_form` is the registered name of the form; `about` the public id or slug that it is about. Opened with
    `?draft=<key>` it holds what its author had typed. `version` is that of the record when the form was opened.
    """

    draft_form: str
    draft_key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY)
    # Who opened the form: on a shared computer somebody else may be signed in by the time it is sent.
    draft_writer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, request: HttpRequest, *, about: str = "", initial: dict[str, Any] | None = None):
        self.person = cast(Any, request.user)
        self.about = about
        self.kept_draft = None
        initial = dict(initial or {})
        posted = request.method == "POST"
        data: QueryDict | None = request.POST if posted else None
        if posted and not KEY.fullmatch(request.POST.get("draft_key", "")):
            # No key of ours; the words count all the same.
            data = _with(request.POST, "draft_key", drafts.new_key())
        if not posted:
            self.kept_draft = self._find_draft(request, about)
            initial["draft_key"] = self.kept_draft.key if self.kept_draft else drafts.new_key()
        initial["draft_writer"] = self.person.public_id
        super().__init__(data, initial=initial, use_required_attribute=False)
        if self.kept_draft:
            self._fill(self.kept_draft)

    def _find_draft(self, request: HttpRequest, about: str) -> Draft | None:
        key = request.GET.get("draft", "")[:LONGEST_KEY].replace("\0", "")
        if not key:
            return None
        return Draft.objects.of(request.user).open().filter(key=key, form=self.draft_form, about=about).first()

    def _fill(self, draft: Draft) -> None:
        """Put the typed values back into their boxes, through the widgets that read them."""
        typed = QueryDict(mutable=True)
        for name, values in draft.data.items():
            typed.setlist(name, values)
        for name, field in self.fields.items():
            typed_here = any(key == name or key.startswith(f"{name}_") for key in typed)
            if name not in ("draft_key", "draft_writer", "version") and typed_here:
                self.initial[name] = field.widget.value_from_datadict(typed, {}, self.add_prefix(name))

    def clean_draft_writer(self) -> str:
        """Refuse to save one person's words into another's notebook."""
        writer = self.cleaned_data["draft_writer"]
        if writer and writer != self.person.public_id:
            raise ValidationError(
                _("Somebody else typed this. You are signed in as %(name)s now: sign out, and let them sign in."),
                params={"name": self.person.name},
            )
        return writer

    @property
    def key(self) -> str:
        """Return the key of this opened form."""
        return str(self["draft_key"].value())

    @property
    def changes_something(self) -> bool:
        """Say whether the form was opened to change what is saved already, and nothing has been sent yet."""
        return not self.is_bound and bool(self["version"].value())

    def begin_anew(self) -> None:
        """Take a new key, after the form was sent once and went on being typed into. The words stay in their boxes."""
        self.data = _with(self.data, "draft_key", drafts.new_key())
        self.add_error(
            None,
            _("You saved this before, and have typed since. Save again, and what is in the box now is kept as well."),
        )

    def take_version(self, version: int) -> None:
        """Stand on another version of the record, so that the words typed can be saved after all."""
        if Draft.objects.of(self.person).exclude(used_at=None).filter(key=self.key).exists():
            self.data = _with(self.data, "draft_key", drafts.new_key())
        self.data = _with(self.data, "version", str(version))


def _with(posted: Any, name: str, value: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(posted)
    data[name] = value
    return data

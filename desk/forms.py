"""The form that loses no word: its draft key, its version, and what was typed before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import drafts
from .drafts import KEY, LONGEST_KEY
from .models import Draft


class KeyWidget(forms.HiddenInput):
    """The key of an opened form, and with it all that a draft of it needs to be saved and found again."""

    template_name = "desk/kept_key.html"
    beside: Callable[[], Iterable[tuple[str, str | int]]] = staticmethod(lambda: ())

    def get_context(self, name, value, attrs):
        """Add the fields that stand beside the key."""
        return super().get_context(name, value, attrs) | {"beside": self.beside()}


class KeptForm(forms.Form):
    """A form with a text box: kept as a draft while it is typed, saved once, and never over somebody else's change.

    `draft_form` is the registered name of the form; `about` the slug or public id that it is about, or several with "/"
    between them. Opened with `?draft=<key>` it holds what its author had typed. `version` is that of the record when
    the form was opened; a draft keeps the one that it was typed on.
    """

    draft_form: str
    draft_key = forms.CharField(widget=KeyWidget, max_length=LONGEST_KEY)
    # Who opened the form: on a shared computer somebody else may be signed in by the time it is sent.
    draft_writer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    version: forms.Field = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "draft_form" in cls.__dict__:
            drafts.register_class(cls)

    def __init__(self, request: HttpRequest, *, about: str = "", initial: dict[str, Any] | None = None):
        self.request = request
        self.person = cast(Any, request.user)
        self.about = about
        self.kept_draft = None
        initial = dict(initial or {})
        data: QueryDict | None = None
        if request.method == "POST":
            data = self._under_own_key(request.POST)
        else:
            self.kept_draft = self._find_draft(request, about)
            initial["draft_key"] = self.kept_draft.key if self.kept_draft else drafts.new_key()
        initial["draft_writer"] = self.person.public_id
        super().__init__(data, initial=initial, use_required_attribute=False)
        if self.kept_draft:
            self._fill(self.kept_draft)
        # The turn of the draft that this page begins with.
        self.turn = self.kept_draft.turn if self.kept_draft else drafts.number_in(request.POST.get("draft_turn", ""))
        self.page = drafts.new_key()
        cast(KeyWidget, self.fields["draft_key"].widget).beside = self._beside

    def _beside(self) -> Iterator[tuple[str, str | int]]:
        """Give what the page sends with each save: its form, which opened page it is, and boxes that only it has."""
        yield from (("draft_form", self.draft_form), ("draft_about", self.about))
        yield from (("draft_page", self.page), ("draft_turn", self.turn), ("draft_began", self.turn))
        for name, field in self.fields.items():
            if name not in self.base_fields and drafts.is_text_box(field):
                yield "draft_box", f"{self.add_prefix(name)}={field.label or ''}"

    def _under_own_key(self, sent: QueryDict) -> QueryDict:
        """Give what was sent a key of its own where another page has gone on with the draft that this one began with.

        Saving uses a draft up; so what the other page kept stays a draft.
        """
        key, page, began = (sent.get(name, "") for name in ("draft_key", "draft_page", "draft_began"))
        if not KEY.fullmatch(key):
            # No key of ours; the words count all the same.
            return _with(sent, "draft_key", drafts.new_key())
        draft = Draft.objects.of(self.person).open().filter(key=key).first() if KEY.fullmatch(page) else None
        if not draft or not draft.was_gone_on_with(page=page, base=drafts.number_in(began)):
            return sent
        return self._under_own_key(_with(sent, "draft_key", Draft.key_of_its_own(draft.key, page)))

    def _find_draft(self, request: HttpRequest, about: str) -> Draft | None:
        key = request.GET.get("draft", "")[:LONGEST_KEY].replace("\0", "")
        if not key:
            return None
        return Draft.objects.of(request.user).open().filter(key=key, form=self.draft_form, about=about).first()

    def _fill(self, draft: Draft) -> None:
        """Put the typed values back into their boxes, through the widgets that read them.

        A field that the form adds later finds its value in `initial` as well.
        """
        typed = QueryDict(mutable=True)
        for name, values in draft.data.items():
            typed.setlist(name, values)
            if name not in (*self.fields, *drafts.OF_THE_PAGE):
                self.initial[name] = values[-1] if values else ""
        for name, field in self.fields.items():
            # Nothing is sent of a box that was unticked.
            ticks = isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
            typed_here = ticks or any(key == name or key.startswith(f"{name}_") for key in typed)
            if name not in drafts.OF_THE_PAGE and typed_here:
                self.initial[name] = field.widget.value_from_datadict(typed, {}, self.add_prefix(name))

    @classmethod
    def label_of(cls, name: str, data: Mapping[str, Sequence[str]]) -> str | Promise:
        """Return how the box of that name is called, for pages that show what was typed without the form itself.

        Boxes that a form has only as it was opened come with their labels in `data`, which is all that was typed.
        """
        boxes = dict(row.partition("=")[::2] for row in data.get("draft_box", []))
        field = cls.base_fields.get(name)
        return (field.label if field else boxes.get(name)) or ""

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

    def keep_as_draft(self) -> None:
        """Keep what was sent as a draft: it is found again until it is saved or thrown away."""
        sent = _with(_with(self.data, "draft_form", self.draft_form), "draft_about", self.about)
        self.kept_draft = drafts.keep(sent, key=self.key, author=self.person)
        if self.kept_draft:
            self.data = _with(self.data, "draft_key", self.kept_draft.key)
            self.turn = self.kept_draft.turn

    def take_version(self, version: int | str) -> None:
        """Stand on another version of the record, so that the words typed can be saved after all."""
        if Draft.objects.of(self.person).exclude(used_at=None).filter(key=self.key).exists():
            self.data = _with(self.data, "draft_key", drafts.new_key())
        self.data = _with(self.data, "version", str(version))


def _with(posted: Any, name: str, value: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(posted)
    data[name] = value
    return data

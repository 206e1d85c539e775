"""Asking for help with the words, helping, and taking what one likes of it, for the tests about it."""

from django.urls import reverse

from desk import drafts
from records import actions
from records.suggestions import choices_of
from records.versions import words_of
from reflections.models import Reflection

TITLE = "The womans coat"
HAD = "I was there and recieved the womans coat.\nIt rained alot."
MENDED = "I was there and received the womans coat.\nIt rained a lot."
# In no note: only in what a helper wrote.
CANARY = "heronry"


def ask(note, *, helper, wish="", by=None):
    return actions.ask_for_help(note, helper=helper, wish=wish, by=by or note.author, key=drafts.new_key())


def suggest(question, *, text=MENDED, title=TITLE, note="", began=None, key=""):
    return actions.suggest(
        suggestion=question,
        texts={"title": title, "text": text},
        began=began or question.asked_version,
        note=note,
        by=question.helper,
        key=key or drafts.new_key(),
    )


def answer(note, suggestion, taken, *, version=None, by=None):
    fresh = Reflection.objects.get(pk=note.pk)
    actions.answer_suggestion(
        fresh, suggestion=suggestion, taken=taken, version=version or fresh.version, by=by or note.author
    )
    return Reflection.objects.get(pk=note.pk)


def edit(note, text):
    fresh = Reflection.objects.get(pk=note.pk)
    said = {"version": fresh.version, "changes": {"text": text}}
    actions.edit(fresh, by=note.author, key=drafts.new_key(), form="reflection-edit", **said)
    return Reflection.objects.get(pk=note.pk)


def choices(suggestion):
    suggestion.refresh_from_db()
    return {choice.change.after: choice for choice in choices_of(suggestion, words_of(_note_of(suggestion)))}


def _note_of(suggestion):
    return Reflection.objects.get(pk=suggestion.record_id)


def url(name, thing):
    kind = [thing.kind] if name == "ask" else []
    return reverse(f"records:suggestion-{name}", args=[*kind, thing.public_id])

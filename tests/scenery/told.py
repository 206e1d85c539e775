"""What the stage holds about what somebody told, which the commissioner wrote down, and about what grew from what."""

from typing import Any

from django.utils import timezone

from records import actions
from records.models import TellingQuestion
from records.parts import Parts
from records.telling import Agreement
from reflections.actions import write
from tests import factories as make


def tell(*, by: Any, space: Any = None, told_by: str = "Mo", key: str, **words: Any) -> Any:
    """Write down what somebody told, with how they agreed."""
    agreed = Agreement(how_agreed="I read it to him.", agreed_on=timezone.localdate(), agreed_for=space)
    parts = Parts(tags=words.pop("tags", []), telling=agreed)
    return write(by=by, text=words.pop("text", "Told words."), key=key, told_by=told_by, parts=parts, **words)


def ask(note: Any, *, person: Any, partnership: Any) -> TellingQuestion:
    """Ask a member about it, by who wrote it down."""
    member = make.membership_of(person=person, partnership=partnership)
    return actions.ask_about_telling(note, membership=member, by=note.author)


def answer(question: TellingQuestion, *, knows: bool = True, how_known: str = "I was there.", key: str = "") -> None:
    """Answer as the member who is asked."""
    question = TellingQuestion.objects.select_related("telling", "asked__person").get(pk=question.pk)
    actions.answer_telling_question(
        question=question,
        knows=knows,
        how_known=how_known if knows else "",
        edition=question.telling.edition,
        key=key or f"answer-{question.public_id}"[:24],
        form="telling",
        by=question.asked.person,
    )


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    writer, knows = cast.commissioner, {"person": cast.expert, "partnership": cast.partnership}
    for name in ("told", "told_waiting", "told_confirmed"):
        cast.more[name] = tell(by=writer, space=cast.everyone, key=name, text=f"{name} words", title=f"Title of {name}")
    cast.more["telling_question"] = ask(cast.more["told_waiting"], **knows)
    answer(ask(cast.more["told_confirmed"], **knows))
    parts = Parts(tags=[], grown_from=[cast.supervision_note])
    grown = write(by=cast.supervisor, text="grown words", key="grown", parts=parts)
    cast.more["grown"] = make.share(note=grown, space=cast.supervision_everyone)
    cast.more["link"] = grown.links_back.get()

"""What pages do with a form whose words are kept: save them, or show it again with why they are not."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError

from desk.forms import KeptForm

from .versions import AlreadySent


def is_saved(form: KeptForm, save: Callable[[], object], *, boxes: Mapping[str, str] | None = None) -> bool:
    """Save what a valid form holds; where that was refused, say why, keep its words, and return False.

    `boxes` names the box beside which a refusal of that code stands; others stand at the form. Raises StaleVersion
    where somebody else saved first: what the page shows then is its own.
    """
    try:
        save()
    except AlreadySent:
        form.begin_anew()
    except ValidationError as error:
        # Of several errors none has a code: each says by itself where it stands.
        box = (boxes or {}).get(getattr(error, "code", ""))
        form.add_error(box if box in form.fields else None, error)
        form.keep_as_draft()
    else:
        return True
    return False


def saved_by[Made](form: KeptForm, save: Callable[[], Made]) -> Made | None:
    """Save as `is_saved` does, and return what was made of it; None where that was refused."""
    made: list[Made] = []
    is_saved(form, lambda: made.append(save()))
    return made[0] if made else None

"""What mails tell of decisions that members may carry out once nobody objected: that there is one, and until when."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from convening.models import Decision, Session
from convening.models.looking_again import STANDS
from convening.notices import others_in
from desk import notices
from partnerships.models import Space
from partnerships.reader import Reader
from records.notices import name_of, space_to_tell_of

DECISION = "decision"


def tell_of_decision(decision: Decision, *, by) -> None:
    """Have everybody told whose silence lets it be carried out, but who wrote it."""
    session = decision.session
    if decision.changes_something and session.space and session.space.kind == Space.Kind.EVERYONE:
        notices.notify(people=others_in(session, by), kind=DECISION, about=session.public_id)


def decision_line(person: Any, about: str) -> notices.Line | None:
    """Say in which space there is a decision to look at, and until when, while it stands to be looked at."""
    reader = Reader(person)
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing().filter(folded_at=None)
    session = readable.filter(public_id=about, cancelled_at=None).first()
    space = space_to_tell_of(reader, session)
    if session is None or space is None or space.partnership is None:
        return None
    young = Decision.objects.filter(session=session, written_at__gt=timezone.now() - STANDS, version__gt=0)
    standing = [row for row in young.order_by("written_at") if row.waits and row.written_by_id != person.pk]
    if not standing:
        return None
    words = _("A decision to look at in %(space)s, until %(day)s")
    day = formats.date_format(timezone.localtime(standing[0].stands_at), "l j F")
    return notices.Line(
        place=space.partnership.name,
        words=words % {"space": name_of(space), "day": day},
        address=f"{session.get_absolute_url()}#looking-again",
    )

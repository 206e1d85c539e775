"""What is taken on while a session goes on: what stands there so far, and one line to add to it."""

from typing import Any

from django.http import HttpRequest

from convening.after.commitments import commitments_to
from convening.forms import CommitmentForm
from convening.models import Commitment, Session
from learnpartner.forms import offer
from partnerships.http import SignedInRequest


def shown(request: SignedInRequest, session: Session, *, form: CommitmentForm | None = None) -> dict[str, Any]:
    """Return the commitments of a session in the order in which they were made; and the form, once somebody asked.

    Without one a link stands in its place: forty pages are shown again at once, and few of them write.
    Two queries, and one where nothing is taken on yet.
    """
    rows: list[Commitment] = []
    if session.has_started and Commitment.objects.filter(within=session).exists():
        rows = list(commitments_to(request.reader).with_what_became().filter(within=session).order_by("pk"))
    return {
        "will_do": rows,
        "will_do_form": form,
        "takes_commitments": takes_more(session),
    }


def takes_more(session: Session) -> bool:
    """Say whether something may be taken on: from its start on, and after it too, since somebody may be typing."""
    return session.has_started and not session.is_cancelled and session.space is not None and session.space.is_open


def form_for(request: HttpRequest, session: Session) -> CommitmentForm:
    """Give the form, in which one stands first among those who may do it."""
    form = CommitmentForm(request, session=session, members=session.members_now)
    form.auto_id = "will_do_%s"
    me = form.person.public_id
    first_me = sorted(form.people.items(), key=lambda row: row[0] != me)
    offer(form, "doer", [(key, person.name) for key, person in first_me])
    if not form.is_bound:
        form.fields["what"].widget.attrs["autofocus"] = True
    return form

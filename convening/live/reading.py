"""What the live page shows to somebody in the session's space."""

from typing import Any

from django.urls import reverse

from convening import photos
from convening.access import is_host, may_take_over
from convening.agenda.reading import agenda_of
from convening.models import Session, SilentWriting
from partnerships.http import SignedInRequest

from . import guests, will_do, writing
from .digests import Digest
from .polling import token_for
from .steps import steps_of


def shown(
    request: SignedInRequest, session: Session, *, digest: Digest | None = None, top_only: bool = False
) -> dict[str, Any]:
    """Return the live page of a session that the reader may read: where it stands, the box, what was revealed.

    What others have written and nobody has revealed leaves no trace in it, for the host neither. `digest` is what the
    page depends on (`polling.digest_at`), asked before the session was: so what changes while the page is made is new
    to it, and one without it asks at once for all that is new. `top_only`: the page has what stands below its band, so
    that is not asked for.
    """
    address = reverse("convening:session-live", args=[session.public_id])
    steps = steps_of(agenda_of(session), getattr(session, "live", None))
    writings = list(SilentWriting.objects.filter(session=session))
    context = {
        "session": session,
        "partnership": session.partnership,
        "is_host": is_host(request.reader, session),
        "steps": steps,
        "step": steps.now,
        "timer": steps.timer,
        "seen": token_for(request, digest, address=address, has_rest=top_only) if digest else "",
        "address": address,
        "host_words": session.host.name,
        "writing": writing.open_one(writings),
        "says": writing.says(writings, steps.now),
        "top_only": top_only,
    }
    if top_only:
        return context
    return context | {
        "may_take_over": may_take_over(request.reader, session),
        "ends": f"{session.ends_at:%Y-%m-%dT%H:%M}",
        **writing.shown(request, session, writings, heading=steps.now.heading if steps.now else ""),
        **will_do.shown(request, session),
        **photos.shown(request, session),
        **guests.shown(request, session),
    }

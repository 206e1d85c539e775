"""What a session's own people do about guests: the host's switch, and the code for the wall."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from convening import actions
from convening.access import hosted_session_or_404, open_session_or_404
from convening.live.guests import join_address
from convening.models import GuestLink
from partnerships.http import SignedInRequest

from .live import answered


@require_POST
def live_guests(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Turn the link for guests on or off."""
    session = hosted_session_or_404(request.reader, public_id)
    change = actions.let_guests_in if request.POST.get("guests") == "in" else actions.shut_guests_out
    try:
        change(session=session, by=request.user)
    except ValidationError as error:
        return answered(request, session, " ".join(error.messages))
    return answered(request, session)


@require_safe
def live_qr(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Draw the address by which one joins, dark on white whatever the theme: a phone reads it off the wall."""
    # Takes its time to load, and few pages need it.
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    session = open_session_or_404(request.reader, public_id)
    link = GuestLink.objects.filter(session=session, closed_at=None).first()
    picture = BytesIO()
    qrcode.make(join_address(session, link), image_factory=SvgPathFillImage).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")

"""What reaches somebody by mail, and the way out of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.actions import change_profile
from accounts.models import User
from desk.models import MailChoice
from desk.unsubscribing import person_of
from partnerships.actions import choose_mail
from partnerships.forms.mail import MailForm
from partnerships.http import SignedInRequest
from partnerships.models import Space


@require_http_methods(["GET", "HEAD", "POST"])
def mail_edit(request: SignedInRequest) -> HttpResponse:
    """Choose how one is told of what is new, and about which spaces one is not. `?next=` leads on from here."""
    posted = request.POST if request.method == "POST" else None
    muted = Space.objects.filter(mutes__person=request.user)
    form = MailForm(posted, reader=request.reader, muted=muted)
    onward = _page_of_ours(request, (posted or request.GET).get("next", ""))
    if posted is not None and form.is_valid():
        choose_mail(
            mail_choice=form.cleaned_data["mail_choice"],
            muted=form.muted_spaces(),
            among=form.spaces.values(),
            by=request.user,
        )
        messages.success(request, _("Saved. This is what reaches you from now on."))
        return HttpResponseRedirect(onward or reverse("accounts:profile"))
    context = {"form": form, "onward": onward, "menu": "account"}
    return render(request, "partnerships/mail_edit.html", context, status=422 if form.errors else 200)


def _page_of_ours(request: HttpRequest, address: str) -> str:
    """Return the address where it is one of this site's, and nothing otherwise."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


# A mail program posts here by itself when its reader presses "Unsubscribe": without a cookie, and without a token of
# the form (RFC 8058). The link is signed, names one person, and can do nothing but end these mails.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, with one button, whether somebody wants no more mails. Opening the link changes nothing."""
    person = User.objects.filter(public_id=person_of(token)).first()
    if person is None:
        raise Http404
    if request.method == "POST":
        change_profile(person=person, by=person, mail_choice=MailChoice.NEVER)
    return render(request, "partnerships/unsubscribe.html", {"done": request.method == "POST"})

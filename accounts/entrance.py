"""Signing in somebody whose account was opened a moment ago, on the page that opened it."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from .models import User


def sign_in(request: HttpRequest, person: User, *, then: str) -> HttpResponse:
    """Sign in with the password that the person has just chosen, by allauth's own stages, and lead on to `then`.

    The house's clock starts, and a second step is asked for, as after the sign-in page.
    """
    login = Login(user=person, email=person.email, redirect_url=then)
    return perform_password_login(request, {"email": person.email}, login)

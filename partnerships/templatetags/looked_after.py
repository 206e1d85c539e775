"""Whether somebody looks after organisations, for the links on their profile."""

from django import template

from partnerships.permissions import administers

register = template.Library()


@register.filter
def administers_any(person) -> bool:
    """Say whether the person is an admin of some organisation."""
    return administers(person)

"""The bar of a partnership, under the header of each of its pages."""

from django import template

from partnerships.bar import bar_of
from partnerships.models import Partnership

register = template.Library()


@register.inclusion_tag("components/bar.html", takes_context=True)
def partnership_bar(context, partnership: Partnership, overview: bool = False, room: str = ""):
    """Draw the partnership's name, its path through the nesting, and its rooms; `room` is the one the page is in."""
    return bar_of(context["request"], partnership, overview=overview, room=room)

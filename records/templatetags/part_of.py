"""Of what a record is part, on its page."""

from django import template

from records import wholes
from records.models import Record

register = template.Library()


@register.inclusion_tag("records/_part_of.html", takes_context=True)
def part_of(context, record: Record):
    """Draw what the record is part of, as far as the reader may know, and the way to say more."""
    return {"parts": wholes.part_of(context["request"].reader, record)}

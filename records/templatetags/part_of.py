"""Of what a record is part, on its page."""

from django import template

from records import wholes
from records.models import Record

register = template.Library()


@register.simple_tag(takes_context=True)
def parts_of(context, record: Record) -> dict[str, list]:
    """Give what the record is part of, in all rooms, and where one says more, for a page that says it once."""
    found = wholes.part_of(context["request"].reader, record)
    return {
        "wholes": [whole for row in found for whole in row.wholes],
        "addresses": [row.address for row in found if row.address],
    }


@register.inclusion_tag("records/_part_of.html", takes_context=True)
def part_of(context, record: Record):
    """Draw what the record is part of, as far as the reader may know, and the way to say more."""
    return {"parts": wholes.part_of(context["request"].reader, record)}

"""Tags as people type them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from learnpartner.forms import LineField

LONGEST_TAG = 60
MOST_TAGS = 10


class TagsField(LineField):
    """Tags with commas between them; what was typed becomes a sorted list of lower-case words."""

    def clean(self, value):
        """Return the tags; ValidationError for one too long, or for too many."""
        tags = sorted({tag.lower().strip() for tag in parse_tags(super().clean(value))} - {""})
        for tag in tags:
            if len(tag) > LONGEST_TAG:
                raise ValidationError(
                    _("“%(tag)s…” is too long for a tag. A tag has at most %(n)d characters."),
                    params={"tag": tag[:30], "n": LONGEST_TAG},
                )
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("At most %(n)d tags, please."), params={"n": MOST_TAGS})
        return tags

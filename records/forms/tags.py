"""Tags as people type them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField, validate_one_line

LONGEST_TAG = 60
MOST_TAGS = 10


class TagsField(LineField):
    """Tags with commas between them; what was typed becomes a sorted list of lower-case words."""

    def clean(self, value):
        """Return the tags; ValidationError for one too long, or for too many."""
        # By commas alone, as the hint says: taggit's own parser takes one tag of two words for two.
        typed = (" ".join(tag.split()).strip('" ') for tag in super().clean(value).lower().split(","))
        tags = sorted({*typed} - {""})
        for tag in tags:
            # A mark of direction that is closed in the next one would stand open in this.
            validate_one_line(tag)
            if len(tag) > LONGEST_TAG:
                raise ValidationError(
                    _("“%(tag)s…” is too long for a tag. A tag has at most %(n)d characters."),
                    params={"tag": tag[:30], "n": LONGEST_TAG},
                )
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("At most %(n)d tags, please."), params={"n": MOST_TAGS})
        return tags

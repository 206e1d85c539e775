"""What changed between two texts; floors below compare as well, so it stands in the project."""

from learnpartner.differences import Change, changes_between

__all__ = ["Change", "changes_between"]

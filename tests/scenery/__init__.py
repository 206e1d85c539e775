"""What stands on the stage beside people, places and words: one file for each domain."""

from . import agreement, invitations, mail, organisations, settings, spaces

SCENERY = (agreement, invitations, mail, organisations, settings, spaces)

"""The addresses of this room, by what one does there."""

from . import conversations, relationship_notes, tensions

app_name = "conversing"

urlpatterns = [*tensions.urlpatterns, *conversations.urlpatterns, *relationship_notes.urlpatterns]

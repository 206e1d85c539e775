"""Who is told of a conversation, and who is asked to step in."""

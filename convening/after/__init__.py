"""What stays of a session: who was there, what came of it, and who does what by when."""

"""Learning cycles, the activities in them, and what is tried."""

"""Pages of what is tried, and of what is in the way."""

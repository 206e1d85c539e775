"""What is kept: the library of things that people can gather round, and the timeline of a partnership."""

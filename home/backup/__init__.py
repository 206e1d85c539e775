"""One archive of all that a site holds, made while people write, and put back from it."""

"""Patterns: one among peers with sources that agree and disagree, and one that everybody reads."""

from tests.landscape import made


def add(cast) -> None:
    """Write patterns down, add sources, and say how one stands."""
    pattern = made.pattern(by=cast.academic, space=cast.peers, title="Pattern in peers", looked_for="looked-for words")
    made.source(pattern, cast["tension"], by=cast.fellow)
    cast.more["pattern_source"] = made.source(
        pattern, cast["conversation"], by=cast.consultant, stance="disagrees", why="line on a source"
    )
    made.state(pattern, to="tested", by=cast.fellow, reason="We looked in June.")
    cast.more["everyone_pattern"] = made.pattern(by=cast.manager, space=cast.everyone, title="Pattern in everyone")
    pattern.refresh_from_db()
    cast.more["pattern"] = pattern

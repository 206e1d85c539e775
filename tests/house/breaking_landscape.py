"""The same for patterns and their sources."""

from landscape.models import Pattern, PatternChange, PatternSource

from .breaking import NOW

BREAKING = {
    "landscape_pattern_has_a_known_state": lambda cast: Pattern(
        kind="pattern", author=cast.practitioner, created_at=NOW, title="t", state="proved"
    ),
    "landscape_patternchange_has_a_known_state": lambda cast: PatternChange(
        pattern=cast["pattern"], state="proved", by=cast.practitioner, made_at=NOW
    ),
    "landscape_patternsource_agrees_or_disagrees": lambda cast: PatternSource(
        grown_id=cast["pattern"].pk, source=cast.peers_note.record, stance="proves", added_by=cast.fellow
    ),
}

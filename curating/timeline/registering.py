"""What lower floors are told about the timeline."""


def register_timeline() -> None:
    """Tell lower floors; called once, when the app is ready."""
    from records import beginnings

    from . import of_partnership, story

    of_partnership.register_moments()
    beginnings.register(story.NAME, story.begin)

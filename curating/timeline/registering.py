"""What lower floors are told about the timeline."""


def register_timeline() -> None:
    """Tell lower floors; called once, when the app is ready."""

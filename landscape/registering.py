"""What lower floors are told about patterns."""


def register_patterns() -> None:
    """Tell lower floors; called once, when the app is ready."""

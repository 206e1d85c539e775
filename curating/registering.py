"""What lower floors are told about the library."""


def register_library() -> None:
    """Tell lower floors; called once, when the app is ready."""

from django.apps import AppConfig


class CuratingConfig(AppConfig):
    """What is kept: the library, and the timeline of a partnership."""

    name = "curating"

    def ready(self):
        """Tell lower floors what each part of this room has."""
        from .registering import register_library
        from .timeline.registering import register_timeline

        register_library()
        register_timeline()

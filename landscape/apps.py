from django.apps import AppConfig


class LandscapeConfig(AppConfig):
    """What recurs across what people wrote, and what is written for the wider field."""

    name = "landscape"

    def ready(self):
        """Tell lower floors what this room has."""
        from .registering import register_patterns

        register_patterns()

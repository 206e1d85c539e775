from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Going round with a question: cycles, what is done in them, and what is tried."""

    name = "cycles"

    def ready(self):
        """Tell lower floors what each part of this room has."""
        from .registering import register_cycles
        from .trying.registering import register_trying

        register_cycles()
        register_trying()

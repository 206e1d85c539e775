from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What needs me, the pages around the app, and the demo."""

    name = "home"

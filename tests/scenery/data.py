"""What the stage holds of one's own data: an export that can be fetched. Its file is made where a test wants one."""

from typing import Any

from django.utils import timezone

from accounts.my_data.actions import ask_for_export


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    export = ask_for_export(by=cast.practitioner)
    export.made_at, export.size = timezone.now(), 1
    export.save()
    cast.more["export"] = export

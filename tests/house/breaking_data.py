"""The same for who was erased, and for exports."""

from django.utils import timezone

from accounts.models import Export, User

from .breaking import NOW


def export(cast, **columns):
    """Give a row that would be right but for these columns."""
    return Export(person=cast.manager, ends_at=NOW, **columns)


def second_export(cast):
    export(cast).save()
    return export(cast)


def half_erased(cast):
    """Give somebody who is erased, and can sign in."""
    person = User.objects.get(pk=cast.manager.pk)
    person.erased_at = timezone.now()
    return person


BREAKING = {
    "accounts_user_erased_for_good": half_erased,
    "accounts_export_one_at_a_time": second_export,
    "accounts_export_ends_in_one_way": lambda cast: export(cast, made_at=NOW, failed_at=NOW),
}

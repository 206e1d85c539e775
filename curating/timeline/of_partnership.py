"""What the timeline tells of the partnership itself: its phases, and what its members have agreed on."""

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement, Partnership, PhaseChange
from partnerships.models.phases import DEFAULT_PHASES
from partnerships.reader import Reader
from records import moments


def phases(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return the phases with their reasons, from the day of each; what was corrected afterwards is left out.

    As in `partnerships.models.phases.standing`, in words of the database: what was recorded later, for that day or an
    earlier one, corrects it.
    """
    corrected = PhaseChange.objects.filter(
        partnership=OuterRef("partnership"), pk__gt=OuterRef("pk"), began_on__lte=OuterRef("began_on")
    )
    stand = PhaseChange.objects.filter(~Exists(corrected), partnership=partnership, began_on__lte=timezone.localdate())
    return moments.tell_of_all(
        stand,
        day=F("began_on"),
        called=Case(
            *(When(phase__name="", phase__key=key, then=Value(str(word))) for key, word in DEFAULT_PHASES.items()),
            default=F("phase__name"),
            output_field=CharField(),
        ),
        told=F("reason"),
    )


def agreements(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return the versions of the agreement from the day on which each was adopted. Who has accepted is not told."""
    adopted = Agreement.objects.filter(partnership=partnership, adopted_at__isnull=False)
    return moments.tell_of_all(
        adopted,
        day="adopted_at",
        of_record=F("public_id"),
        became=Cast("number", CharField()),
        told=F("what_changed"),
    )


def of_agreement(became: str) -> str:
    """Say which version it was."""
    return _now("version %(number)s") % {"number": became}


def address_of_phase(slug: str, of_record: str) -> str:
    """Return where the phases are shown."""
    return reverse("partnerships:partnership-detail", args=[slug])


def address_of_agreement(slug: str, of_record: str) -> str:
    """Return the page of a version of the agreement."""
    return reverse("partnerships:agreement-version", args=[slug, of_record])


def register_moments() -> None:
    """Have the timeline tell of the partnership itself."""
    sort = moments.Sort("phase", _("Phases and agreements"))
    moments.register(moments.Source("phase", (sort,), phases, label=_("Phase"), address=address_of_phase))
    moments.register(
        moments.Source(
            "agreement",
            (sort,),
            agreements,
            of_agreement,
            told_is=_("What changed"),
            label=_("What we have agreed on"),
            address=address_of_agreement,
        )
    )

from django.db import migrations
from django.utils import timezone

KEYS = ("discovery", "agreeing", "working", "looking_again", "changing_shape", "ending", "afterlife")


def begin(apps, schema_editor):
    """Give partnerships that were there before phases what a new one begins with."""
    Partnership = apps.get_model("partnerships", "Partnership")
    Phase = apps.get_model("partnerships", "Phase")
    PhaseChange = apps.get_model("partnerships", "PhaseChange")
    for partnership in Partnership.objects.all():
        phases = [Phase(partnership=partnership, key=key, position=position) for position, key in enumerate(KEYS)]
        Phase.objects.bulk_create(phases)
        PhaseChange.objects.create(
            partnership=partnership,
            phase=Phase.objects.get(partnership=partnership, key="discovery"),
            began_on=timezone.localdate(partnership.started_at),
            recorded_at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_belonging")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

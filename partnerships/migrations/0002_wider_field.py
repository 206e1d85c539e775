from django.db import migrations


def open_wider_field(apps, schema_editor):
    """Open the one space that belongs to no partnership: everybody who can sign in reads it."""
    apps.get_model("partnerships", "Space").objects.get_or_create(kind="wider_field")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [migrations.RunPython(open_wider_field, migrations.RunPython.noop)]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reflections", "0001_initial")]

    operations = []

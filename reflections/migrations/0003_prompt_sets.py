from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reflections", "0002_where_one_looks")]

    operations = []

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0002_words_kept")]

    operations = []

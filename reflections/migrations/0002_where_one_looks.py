from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reflections", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="reflection",
            name="looking_at",
            field=models.CharField(
                blank=True,
                choices=[
                    ("self", "Myself"),
                    ("organisation", "The organisation"),
                    ("system", "The system"),
                    ("context", "The context"),
                    ("process", "The process"),
                ],
                max_length=12,
            ),
        ),
    ]

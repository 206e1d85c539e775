from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_mail_and_notices")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="page",
            field=models.CharField(blank=True, default="", help_text="The opened page that saved last.", max_length=24),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft",
            name="turn",
            field=models.PositiveIntegerField(default=0, help_text="Grows with each save that is kept."),
        ),
        migrations.AlterField(
            model_name="draft",
            name="about",
            field=models.CharField(
                blank=True,
                help_text="What fills the address of the form's page: slugs and public ids.",
                max_length=80,
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_mail_choice")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="slash_searches",
            field=models.BooleanField(default=True, verbose_name="the key “/” leads to the search box"),
        ),
    ]

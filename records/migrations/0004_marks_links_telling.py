import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import learnpartner.fields


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_first_phases"), ("records", "0003_folding")]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    learnpartner.fields.PublicIdField(
                        default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how_agreed", models.CharField(blank=True, max_length=500)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("edition", models.CharField(default=learnpartner.fields.new_public_id, editable=False, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="TellingQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    learnpartner.fields.PublicIdField(
                        default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("knows", models.BooleanField(help_text="Whether they know that it is so.", null=True)),
                ("how_known", models.CharField(blank=True, max_length=500)),
                ("answered_edition", models.CharField(blank=True, max_length=12)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="record",
            name="not_going_well",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="record",
            name="of_adaptation",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="record",
            name="of_autonomy",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="record",
            name="of_trust",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="record",
            name="told_by",
            field=models.CharField(blank=True, help_text="Whose words these are, if another's.", max_length=120),
        ),
        migrations.AddField(
            model_name="record",
            name="told_from_outside",
            field=models.BooleanField(default=False, help_text="Another's words, who is not named here."),
        ),
        migrations.AddField(
            model_name="record",
            name="we_assumed",
            field=models.TextField(blank=True, help_text="Before.", max_length=2000),
        ),
        migrations.AddField(
            model_name="record",
            name="we_now_assume",
            field=models.TextField(blank=True, help_text="Now.", max_length=2000),
        ),
        migrations.AddField(
            model_name="record",
            name="what_changed",
            field=models.CharField(
                blank=True,
                choices=[
                    ("single", "What we do"),
                    ("double", "What we assumed"),
                    ("triple", "How we decide what is right"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what_changed", ""), _negated=True),
                    models.Q(("we_assumed", ""), ("we_now_assume", "")),
                    _connector="OR",
                ),
                name="records_record_before_and_now_say_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_by", ""), ("told_from_outside", False), _connector="OR"),
                name="records_record_teller_is_named_or_stays_outside",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="grown",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links_back", to="records.record"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links_onward", to="records.record"
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="agreed_for",
            field=models.ForeignKey(
                blank=True,
                help_text="The audience that the teller agreed to; none: only the one who wrote it down, so far.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.space",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="record",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="telling", to="records.record"
            ),
        ),
        migrations.AddField(
            model_name="tellingquestion",
            name="asked",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.membership"
            ),
        ),
        migrations.AddField(
            model_name="tellingquestion",
            name="telling",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="question", to="records.telling"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("grown", "source"), name="records_link_once"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("grown")), _negated=True), name="records_link_not_to_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="tellingquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_edition", ""), ("knows", None)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("knows__isnull", False),
                        models.Q(("answered_edition", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="records_tellingquestion_answered_whole_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="tellingquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("knows", True), _negated=True),
                    models.Q(("how_known", ""), _negated=True),
                    _connector="OR",
                ),
                name="records_tellingquestion_who_knows_says_how",
            ),
        ),
    ]

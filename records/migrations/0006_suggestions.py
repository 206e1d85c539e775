import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import learnpartner.fields


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    learnpartner.fields.PublicIdField(
                        default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="records.record"
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("wish", models.CharField(blank=True, help_text="What the author would like.", max_length=300)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_version",
                    models.PositiveIntegerField(help_text="The record's version when its author asked."),
                ),
                (
                    "had",
                    models.JSONField(
                        blank=True, default=dict, help_text="The words as the helper had them: field to text."
                    ),
                ),
                (
                    "suggested",
                    models.JSONField(
                        blank=True, default=dict, help_text="The same fields as the helper would have them."
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="A line from the helper to the author.", max_length=300),
                ),
                ("suggested_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("answered", "Answered"), ("declined", "Not now"), ("taken_back", "Taken back")],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("record", "helper"),
                        name="records_suggestion_one_open_per_helper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="records_suggestion_ends_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suggested_at__isnull", False),
                            models.Q(("had", {}), ("note", ""), ("suggested", {})),
                            _connector="OR",
                        ),
                        name="records_suggestion_words_come_with_their_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(("had", {}), ("note", ""), ("suggested", {}), ("wish", "")),
                            _connector="OR",
                        ),
                        name="records_suggestion_holds_no_words_once_ended",
                    ),
                ],
            },
        ),
    ]

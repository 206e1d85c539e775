import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0002_agenda"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("let_go", "Let go")], default="open", max_length=8
                    ),
                ),
                (
                    "doer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            bases=("records.record",),
        ),
        migrations.CreateModel(
            name="CommitmentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("let_go", "Let go")],
                        help_text="Where it stood from then on.",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitment_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="convening.commitment"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("learned", models.TextField(blank=True, max_length=20000)),
                ("will_try", models.TextField(blank=True, max_length=20000)),
                ("questions", models.TextField(blank=True, max_length=20000)),
                ("we_assumed", models.TextField(blank=True, max_length=20000)),
                ("we_now_assume", models.TextField(blank=True, max_length=20000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agrees_at",
                    models.DateTimeField(
                        blank=True, help_text="The end of the day until which one may object.", null=True
                    ),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(
                        blank=True, help_text="When somebody objected to what is proposed.", null=True
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcome", to="convening.session"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="The version of the outcome that it objects to.")),
                (
                    "text",
                    models.TextField(blank=True, help_text="Empty once its author took all back.", max_length=2000),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="convening.outcome"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Carrying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("may_travel", models.BooleanField()),
                ("answered_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carryings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="carryings", to="convening.outcome"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutcomeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("words", models.JSONField()),
                ("written_at", models.DateTimeField()),
                (
                    "was_proposed",
                    models.BooleanField(default=False, help_text="It was proposed like this when it was changed."),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="convening.outcome"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["doer", "state", "due_on"], name="convening_commitment_by_doer"),
        ),
        migrations.AddConstraint(
            model_name="commitmentchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "let_go"), ("reason", ""), _connector="OR"),
                name="convening_commitmentchange_only_letting_go_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(fields=["agrees_at"], name="convening_outcome_by_day"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agrees_at", None), ("proposed_at", None), ("proposed_by", None)),
                    models.Q(
                        ("agrees_at__gt", models.F("proposed_at")),
                        ("proposed_at__isnull", False),
                        ("proposed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="convening_outcome_proposed_by_somebody_with_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_at", None),
                    models.Q(("proposed_at__isnull", False), ("stopped_at__lt", models.F("agrees_at"))),
                    _connector="OR",
                ),
                name="convening_outcome_stopped_before_its_day_is_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="carrying",
            constraint=models.UniqueConstraint(fields=("outcome", "person"), name="convening_carrying_once_each"),
        ),
        migrations.AddConstraint(
            model_name="outcomeversion",
            constraint=models.UniqueConstraint(fields=("outcome", "number"), name="convening_outcomeversion_once_each"),
        ),
    ]

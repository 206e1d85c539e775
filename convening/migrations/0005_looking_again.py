import django.db.models.deletion
import learnpartner.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0004_series"),
        ("partnerships", "0004_first_phases"),
        ("records", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    learnpartner.fields.PublicIdField(
                        default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("intention", "What we set out to do"),
                            ("phase", "Where we are"),
                            ("learning_partner", "Learning partner"),
                            ("steward", "Steward"),
                        ],
                        max_length=20,
                    ),
                ),
                ("phase_key", models.CharField(blank=True, max_length=30)),
                ("phase_word", models.CharField(blank=True, help_text="As it was called then.", max_length=60)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "Keep it"), ("change", "Change it"), ("let_go", "Let it go")],
                        max_length=8,
                    ),
                ),
                ("new_words", models.CharField(blank=True, max_length=300)),
                ("unintended", models.TextField(blank=True, max_length=4000)),
                ("why", models.CharField(blank=True, max_length=240)),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="0 while there is evidence, and nothing written."),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "submission",
                    models.CharField(blank=True, help_text="The key of the form that made it.", max_length=24),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(blank=True, help_text="When somebody objected to it as it stands.", null=True),
                ),
                ("carried_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "carried_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.intention",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.membership",
                    ),
                ),
                (
                    "phase_change",
                    models.OneToOneField(
                        blank=True,
                        help_text="What came of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.phasechange",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="convening.session"
                    ),
                ),
                (
                    "successor",
                    models.OneToOneField(
                        blank=True,
                        help_text="What came of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.intention",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DecisionObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="The version of the decision that it objects to.")),
                (
                    "text",
                    models.TextField(blank=True, help_text="Empty once its author took all back.", max_length=1000),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="convening.decision"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    learnpartner.fields.PublicIdField(
                        default=learnpartner.fields.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="convening.decision"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="records.record"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("words", models.JSONField()),
                ("written_at", models.DateTimeField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_notes", to="convening.session"
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
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SupervisionNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lenses", models.JSONField(default=list)),
                ("shifted", models.TextField(blank=True, max_length=10000)),
                ("has_concern", models.BooleanField(default=False)),
                ("concern", models.TextField(blank=True, max_length=10000)),
                ("followed_up", models.TextField(blank=True, max_length=10000)),
                ("followed_up_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supervision_note",
                        to="convening.session",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="convening.supervisionnote",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TasksNow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks_now", to="convening.session"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("intention__isnull", False)),
                fields=("session", "intention"),
                name="convening_decision_once_for_each_intention",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about", "intention"), ("intention__isnull", False), ("member", None), ("phase_key", "")),
                    models.Q(
                        ("about", "phase"),
                        ("intention", None),
                        ("member", None),
                        models.Q(("phase_key", ""), _negated=True),
                    ),
                    models.Q(
                        ("about__in", ["learning_partner", "steward"]),
                        ("intention", None),
                        ("member__isnull", False),
                        ("phase_key", ""),
                    ),
                    _connector="OR",
                ),
                name="convening_decision_is_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_words", ""), ("verdict__in", ["", "keep", "let_go"])),
                    models.Q(("verdict", "change"), models.Q(("new_words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="convening_decision_has_new_words_if_it_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carried_out_at", None), ("carried_out_by", None)),
                    models.Q(
                        ("carried_out_at__isnull", False), ("carried_out_by__isnull", False), ("stopped_at", None)
                    ),
                    _connector="OR",
                ),
                name="convening_decision_carried_out_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("decision", "record"), name="convening_evidence_once_each"),
        ),
        migrations.AddConstraint(
            model_name="formernote",
            constraint=models.UniqueConstraint(
                fields=("session", "part", "number"), name="convening_formernote_once_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concern", ""), ("followed_up", ""), ("followed_up_on", None), ("has_concern", False)),
                    models.Q(("has_concern", True), models.Q(("concern", ""), _negated=True)),
                    _connector="OR",
                ),
                name="convening_supervisionnote_says_what_the_concern_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("followed_up", ""), ("followed_up_on", None)),
                    models.Q(models.Q(("followed_up", ""), _negated=True), ("followed_up_on__isnull", False)),
                    _connector="OR",
                ),
                name="convening_supervisionnote_followed_up_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                fields=("note", "person", "version"), name="convening_acknowledgement_once_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="tasksnow",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gt", 0)), name="convening_tasksnow_has_a_version"
            ),
        ),
    ]

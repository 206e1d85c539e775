import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import learnpartner.fields

PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partnerships", "0004_first_phases"),
        ("reflections", "0002_where_one_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromptSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", learnpartner.fields.PublicIdField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("set", "Set of prompts"), ("lens", "Lens")], default="set", max_length=4
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="The number of the version that is asked now."),
                ),
                ("offered_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("offered_by", models.ForeignKey(**PERSON)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompt_sets",
                        to="partnerships.partnership",
                    ),
                ),
                ("retired_by", models.ForeignKey(blank=True, null=True, **PERSON)),
            ],
            options={
                "ordering": ["offered_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("retired_at", None), ("retired_by", None))
                        | models.Q(~models.Q(("retired_at", None)), ~models.Q(("retired_by", None))),
                        name="reflections_promptset_retired_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="reflections_promptset_has_a_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromptSetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("line", models.CharField(blank=True, help_text="What it is good for.", max_length=160)),
                (
                    "framework",
                    models.TextField(blank=True, help_text="The page that explains a lens.", max_length=4000),
                ),
                ("source", models.CharField(blank=True, help_text="Where it comes from.", max_length=300)),
                ("questions", models.JSONField(help_text="The questions in their order.")),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey(**PERSON)),
                (
                    "prompt_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reflections.promptset",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prompt_set", "number"), name="reflections_promptsetversion_each_number_once"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(("name", "")), name="reflections_promptsetversion_has_a_name"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reflection",
            name="prompt_set",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The key of a built-in set of prompts, or the public id of an own one.",
                max_length=24,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reflection",
            name="prompt_version",
            field=models.PositiveIntegerField(default=0, help_text="Which version of the set; 0 without one."),
        ),
        migrations.AddField(
            model_name="reflection",
            name="prompt_name",
            field=models.CharField(blank=True, default="", help_text="What the set was called then.", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reflection",
            name="answers",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Each question as it was, with its answer. Words that answer none have an empty question.",
            ),
        ),
        migrations.AddIndex(
            model_name="reflection",
            index=models.Index(
                condition=~models.Q(("prompt_set", "")), fields=["prompt_set"], name="reflections_by_prompts"
            ),
        ),
        migrations.AddConstraint(
            model_name="reflection",
            constraint=models.CheckConstraint(
                condition=models.Q(("prompt_name", ""), ("prompt_set", ""), ("prompt_version", 0))
                | models.Q(~models.Q(("prompt_set", "")), ("prompt_version__gte", 1), ~models.Q(("prompt_name", ""))),
                name="reflections_reflection_names_the_prompts_it_has",
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

# By table: what a row must not take the place of. SQLite's REPLACE takes rows away without asking the trigger of DELETE,
# unless `recursive_triggers` is on for the connection; asked before the INSERT, it is refused on any connection.
ALONE = {
    "desk_auditevent": ["id"],
    "desk_auditseal": ["id", "number", "event_id", "digest"],
}
# A later migration that makes Django remake one of the tables on SQLite drops these without a word, and has to create
# them again (a test looks for them).
SQLITE = """
    CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} {when}
    BEGIN SELECT RAISE(ABORT, 'Audit events and their seals are never changed ({table})'); END
"""
POSTGRESQL = [
    """
    CREATE FUNCTION desk_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'Audit events and their seals are never changed (%)', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    *[
        f"CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION desk_audit_refuses()"
        for table in ALONE
        for name, what, each in (("kept", "UPDATE OR DELETE", "ROW"), ("not_emptied", "TRUNCATE", "STATEMENT"))
    ],
]
POSTGRESQL_BACK = [
    *[f"DROP TRIGGER {table}_{name} ON {table}" for table in ALONE for name in ("kept", "not_emptied")],
    "DROP FUNCTION desk_audit_refuses()",
]


def sqlite_triggers():
    """Give the name and the statement of each."""
    for table, columns in ALONE.items():
        same = " OR ".join(f"{column} = NEW.{column}" for column in columns)
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        for name, what, when in (("unchanged", "UPDATE", ""), ("kept", "DELETE", ""), ("not_replaced", "INSERT", taken)):
            yield f"{table}_{name}", SQLITE.format(table=table, name=name, what=what, when=when)


def refuse(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in [statement for _name, statement in sqlite_triggers()] if sqlite else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def allow(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in [f"DROP TRIGGER {name}" for name, _statement in sqlite_triggers()] if sqlite else POSTGRESQL_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_pages_of_drafts")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(help_text="From 1, without a gap.", unique=True)),
                ("sealed_at", models.DateTimeField()),
                ("digest", models.CharField(help_text="SHA-256, in hexadecimal.", max_length=64, unique=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="desk.auditevent"
                    ),
                ),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.RunPython(refuse, allow),
    ]

import django.db.models.deletion
from django.db import migrations, models

# FTS5 keeps no text of its own; the triggers keep it in step with the table. The words come with accents and capitals
# gone and spaces between them, so the plainest tokenizer takes them as they are. A later migration that makes Django
# remake records_searchtext drops the triggers without a word, and has to create them again (a test looks for them).
SQLITE = [
    """
    CREATE VIRTUAL TABLE records_searchindex USING fts5(
        words, stems, content='records_searchtext', content_rowid='record_id', tokenize='ascii'
    )
    """,
    """
    CREATE TRIGGER records_searchtext_inserted AFTER INSERT ON records_searchtext BEGIN
        INSERT INTO records_searchindex(rowid, words, stems) VALUES (new.record_id, new.words, new.stems);
    END
    """,
    """
    CREATE TRIGGER records_searchtext_deleted AFTER DELETE ON records_searchtext BEGIN
        INSERT INTO records_searchindex(records_searchindex, rowid, words, stems)
        VALUES ('delete', old.record_id, old.words, old.stems);
    END
    """,
    """
    CREATE TRIGGER records_searchtext_updated AFTER UPDATE ON records_searchtext BEGIN
        INSERT INTO records_searchindex(records_searchindex, rowid, words, stems)
        VALUES ('delete', old.record_id, old.words, old.stems);
        INSERT INTO records_searchindex(rowid, words, stems) VALUES (new.record_id, new.words, new.stems);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER records_searchtext_inserted",
    "DROP TRIGGER records_searchtext_deleted",
    "DROP TRIGGER records_searchtext_updated",
    "DROP TABLE records_searchindex",
]
# "simple" takes words as they are: stems are ours, and there are no stop words, so "not" and "going" are found too.
POSTGRESQL = [
    """
    ALTER TABLE records_searchtext
        ADD COLUMN words_index tsvector
            GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple'::regconfig, words)) STORED,
        ADD COLUMN stems_index tsvector
            GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple'::regconfig, stems)) STORED
    """,
    "CREATE INDEX records_searchtext_words ON records_searchtext USING gin (words_index)",
    "CREATE INDEX records_searchtext_stems ON records_searchtext USING gin (stems_index)",
]
POSTGRESQL_BACK = [
    "DROP INDEX records_searchtext_words",
    "DROP INDEX records_searchtext_stems",
    "ALTER TABLE records_searchtext DROP COLUMN words_index, DROP COLUMN stems_index",
]


def add_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove_index(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


def fill(apps, schema_editor):
    """Have what was written before found as well, by title and text; `manage.py reindex` adds all other words."""
    from records.search.index import prepared

    Record, SearchText = apps.get_model("records", "Record"), apps.get_model("records", "SearchText")
    rows = Record.objects.order_by("pk").values_list("pk", "title", "text")
    waiting = []
    for pk, title, text in rows.iterator(chunk_size=500):
        waiting.append(SearchText(record_id=pk, **prepared([title, text])))
        if len(waiting) == 500:
            SearchText.objects.bulk_create(waiting)
            waiting = []
    SearchText.objects.bulk_create(waiting)


class Migration(migrations.Migration):
    dependencies = [("records", "0006_suggestions")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, help_text="Small letters without accents, a space between words."),
                ),
                (
                    "stems",
                    models.TextField(blank=True, help_text="The same words, each brought back to its stem."),
                ),
            ],
        ),
        migrations.RunPython(add_index, remove_index),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

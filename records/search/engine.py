"""The question to the database's own index: FTS5 on SQLite, tsvector on PostgreSQL (migration 0007).

Both hold the words in two forms, as they are and as stems, made ready by us: no stemmer, stop words or accents of the
database's own come in.
"""

from django.db.models import F, Lookup

from .query import Query, Term

# By whether a term is exact. The names of the configurations are written out, so that no search path changes them.
OF_COLUMN = {
    False: "stems_index @@ to_tsquery('pg_catalog.simple', %s)",
    True: "words_index @@ to_tsquery('pg_catalog.simple', %s)",
}


class Says(Lookup):
    """True of the records that say what was asked for: `records.filter(Says(query))`."""

    prepare_rhs = False

    def __init__(self, query: Query):
        super().__init__(F("pk"), query)

    def as_sqlite(self, compiler, connection, **context):
        """Ask FTS5, in one expression."""
        asked = " AND ".join(_of_fts5(term) for term in self.rhs.wanted)
        if self.rhs.unwanted:
            asked = f"({asked}) NOT ({' OR '.join(_of_fts5(term) for term in self.rhs.unwanted)})"
        key, params = self.process_lhs(compiler, connection)
        found = "SELECT rowid FROM records_searchindex WHERE records_searchindex MATCH %s"
        return f"{key} IN ({found})", [*params, asked]

    def as_postgresql(self, compiler, connection, **context):
        """Ask the two columns of tsvector, each for what is meant for it."""
        conditions, asked = [], []
        for exact, condition in OF_COLUMN.items():
            wanted = [_of_tsquery(term) for term in self.rhs.wanted if term.exact == exact]
            unwanted = [f"!{_of_tsquery(term)}" for term in self.rhs.unwanted if term.exact == exact]
            if wanted or unwanted:
                conditions.append(condition)
                asked.append(" & ".join([*wanted, *unwanted]))
        key, params = self.process_lhs(compiler, connection)
        found = f"SELECT record_id FROM records_searchtext WHERE {' AND '.join(conditions)}"  # noqa: S608
        return f"{key} IN ({found})", [*params, *asked]


def _of_fts5(term: Term) -> str:
    """Write a term for FTS5. Its words hold letters and digits only, so nothing of what was typed is code."""
    column = "words" if term.exact else "stems"
    return f'{column} : "{" ".join(term.forms)}"'


def _of_tsquery(term: Term) -> str:
    """Write a term for PostgreSQL, of letters and digits as above."""
    return "(" + " <-> ".join(f"'{form}'" for form in term.forms) + ")"

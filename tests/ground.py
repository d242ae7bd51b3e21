"""How the tests leave the ground between two stories that commit: rows gone, nothing else touched.

Django's own flush truncates every table and makes all permissions anew: a quarter of a second for
a database that holds thirty rows.
"""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

KEPT = {Permission._meta.db_table, ContentType._meta.db_table}  # made by `migrate`, for ever


def be_quick() -> None:
    """From now on a test that commits clears what has rows, and says nothing to `post_migrate`."""
    setattr(TransactionTestCase, "_fixture_teardown", lambda _self: clear())  # noqa: B010 - private


def clear() -> None:
    """No rows in any table of ours, append-only ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"(SELECT '{t}' FROM {_quoted(t)} LIMIT 1)" for t in _tables())
        )
        full = [_quoted(table) for (table,) in cursor.fetchall()]
        if full:
            # as a replica no trigger runs: neither what guards the history, nor foreign keys
            cursor.execute(
                "SET session_replication_role = replica;"
                f" {'; '.join(f'DELETE FROM {table}' for table in full)};"
                " RESET session_replication_role"
            )


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models if m._meta.managed} - KEPT)


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)

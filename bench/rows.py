"""INSERT … SELECT into the product's own tables, whatever columns they have by now."""

from typing import Any

from django.apps import apps
from django.db import connection, models


def insert(table: str, source: str, **columns: str) -> None:
    """INSERT … SELECT of SQL expressions; a column that is not named gets its model's default."""
    values: list[Any] = []
    for field in apps.get_model(table)._meta.local_fields:
        if field.column in columns or isinstance(field, models.AutoField) or field.null:
            continue
        columns[field.column] = "%s"
        values.append(field.get_db_prep_save(field.get_default(), connection))
    names = ", ".join(f'"{name}"' for name in columns)
    target = apps.get_model(table)._meta.db_table
    run(f"INSERT INTO {target} ({names}) SELECT {', '.join(columns.values())} {source}", values)


def run(statement: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)

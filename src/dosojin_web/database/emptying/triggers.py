"""Takes every trigger off its table and puts the same ones back."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
POSTGRESQL_TABLES = (
    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgenabled <> 'D'"
)


def take_off(connection: BaseDatabaseWrapper) -> list[str]:
    """Take the triggers off; returns the statements that put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE_TRIGGERS)
            triggers = list(cursor.fetchall())
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            return [sql for _, sql in triggers]
        cursor.execute(POSTGRESQL_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]


def put_back(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    """Run what ``take_off`` returned."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

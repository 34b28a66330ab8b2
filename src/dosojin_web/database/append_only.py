"""Tables of record: rows are added, never changed or taken away.

Two fences stand one behind the other. ``AppendOnly`` refuses in Python, before the database is
asked. ``forbid_changes`` in a migration puts triggers on the table, so that nothing else that
speaks SQL, ``QuerySet._raw_delete`` and a database shell among it, gets past either. Whoever owns
the database can take a trigger away; that it happened to the audit log, its chain shows.

Tests that commit (``transaction=True``) empty all tables when they end, which the triggers refuse.
A switch that the triggers ask would be a hole in production as well, so there is none: the tests
run Django's ``flush`` as ``database.emptying`` has it, which takes the triggers off and puts the
same ones back in one transaction. Only the settings of the tests know that command.

SQLite drops a table's triggers when Django remakes the table to alter it. A later migration that
alters a table of record ends with ``forbid_changes`` again; a test compares what every table has
with what it should have.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class ChangeRefused(Exception):
    """A row of a table of record was to be changed or deleted; add a row that corrects it."""

    def __init__(self, model: type[models.Model], what: str) -> None:
        super().__init__(
            f"{model._meta.label} is a table of record: {what} is refused. "
            "Add a row that corrects the earlier one."
        )


Row = TypeVar("Row", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that can be read and added."""

    def update(self, **values: Any) -> int:
        """Change the columns that the model lets change; ChangeRefused for others."""
        refuse_columns(self.model, values)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """ChangeRefused, always."""
        raise ChangeRefused(self.model, "deleting rows")

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Add rows; ChangeRefused if rows already there were to be updated."""
        if kwargs.get("update_conflicts"):
            raise ChangeRefused(self.model, "updating rows that are already there")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row of a table of record: ``save`` adds it once.

    ``changeable`` names the columns that may still change, the same as the ``except_columns`` of
    the table's ``forbid_changes``. None, unless a model says so.
    """

    changeable: ClassVar[tuple[str, ...]] = ()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row, or write ``update_fields`` that may change; else ChangeRefused."""
        if self._state.adding:
            super().save(*args, **{**kwargs, "force_insert": True})
            return
        columns = kwargs.get("update_fields")
        if columns is None:
            raise ChangeRefused(type(self), "saving a row again")
        refuse_columns(type(self), columns)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """ChangeRefused, always."""
        raise ChangeRefused(type(self), "deleting a row")


def refuse_columns(model: type[models.Model], columns: Iterable[str]) -> None:
    """ChangeRefused unless each column is one that ``model`` lets change."""
    changeable: tuple[str, ...] = getattr(model, "changeable", ())
    if refused := [column for column in columns if column not in changeable]:
        raise ChangeRefused(model, f"changing {', '.join(refused)}")


class EitherDatabase(Operation):
    """Statements of a migration that the two databases word differently; reversible."""

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.SQL

    def __init__(
        self,
        sqlite: Sequence[str],
        postgresql: Sequence[str],
        undo_sqlite: Sequence[str],
        undo_postgresql: Sequence[str],
    ) -> None:
        self.forwards = {"sqlite": sqlite, "postgresql": postgresql}
        self.backwards = {"sqlite": undo_sqlite, "postgresql": undo_postgresql}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        run_all(schema_editor, self.forwards[schema_editor.connection.vendor])

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        run_all(schema_editor, self.backwards[schema_editor.connection.vendor])

    def describe(self) -> str:
        return "Statements for SQLite or PostgreSQL"


class ForbidChanges(EitherDatabase):
    """Triggers that refuse UPDATE, DELETE and TRUNCATE of a table."""

    def __init__(self, table: str, except_columns: Sequence[str] = ()) -> None:
        self.table = table
        self.except_columns = tuple(except_columns)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        connection = schema_editor.connection
        run_all(schema_editor, drop_triggers(connection, self.table))
        run_all(schema_editor, make_triggers(connection, self.table, self.except_columns))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        run_all(schema_editor, drop_triggers(schema_editor.connection, self.table))

    def describe(self) -> str:
        return f"Refuse changes of {self.table}"


def forbid_changes(table: str, except_columns: Sequence[str] = ()) -> Operation:
    """A migration's operation: ``table`` takes no DELETE, and UPDATE of ``except_columns`` only.

    The database's refusal reaches Python as ``django.db.IntegrityError``.
    """
    return ForbidChanges(table, except_columns)


def run_all(schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    """Run each statement as it stands."""
    for statement in statements:
        schema_editor.execute(statement, params=None)


def make_triggers(
    connection: BaseDatabaseWrapper, table: str, except_columns: Sequence[str]
) -> list[str]:
    """The statements that fence ``table`` on the database of ``connection``."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, table)
        kept = [column.name for column in found if column.name not in except_columns]
        return _sqlite_triggers(table, kept if except_columns else [])
    return _postgresql_triggers(table, except_columns)


def drop_triggers(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that take the fence of ``table`` away, if it is there."""
    if connection.vendor == "sqlite":
        return [
            f'DROP TRIGGER IF EXISTS "{table}_refuses_{event}"' for event in ("update", "delete")
        ]
    return [
        *(
            f'DROP TRIGGER IF EXISTS "{table}_refuses_{event}" ON "{table}"'
            for event in ("update", "delete", "truncate")
        ),
        *(f'DROP FUNCTION IF EXISTS "{table}_refuse_{event}"()' for event in ("update", "delete")),
    ]


def refusal(table: str, event: str) -> str:
    """What the database says."""
    return f"{table} is a table of record: {event} is refused, add a row that corrects"


def _sqlite_triggers(table: str, kept: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in kept)
    when = f"WHEN {changed} " if changed else ""
    return [
        f'CREATE TRIGGER "{table}_refuses_update" BEFORE UPDATE ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{refusal(table, 'UPDATE')}'); END",
        f'CREATE TRIGGER "{table}_refuses_delete" BEFORE DELETE ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{refusal(table, 'DELETE')}'); END",
    ]


def _postgresql_triggers(table: str, except_columns: Sequence[str]) -> list[str]:
    raised = "RAISE EXCEPTION '%', '{}' USING ERRCODE = 'integrity_constraint_violation';"
    update = raised.format(refusal(table, "UPDATE"))
    if except_columns:
        names = ", ".join(f"'{column}'" for column in except_columns)
        old, new = (f"to_jsonb({row}) - ARRAY[{names}]" for row in ("OLD", "NEW"))
        update = f"IF {new} IS DISTINCT FROM {old} THEN {update} END IF; RETURN NEW;"
    bodies = {"update": update, "delete": raised.format(refusal(table, "DELETE"))}
    functions = [
        f'CREATE OR REPLACE FUNCTION "{table}_refuse_{event}"() RETURNS trigger LANGUAGE plpgsql '
        f"AS $fence$ BEGIN {body} END $fence$"
        for event, body in bodies.items()
    ]
    return [
        *functions,
        f'CREATE TRIGGER "{table}_refuses_update" BEFORE UPDATE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{table}_refuse_update"()',
        f'CREATE TRIGGER "{table}_refuses_delete" BEFORE DELETE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{table}_refuse_delete"()',
        f'CREATE TRIGGER "{table}_refuses_truncate" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{table}_refuse_delete"()',
    ]

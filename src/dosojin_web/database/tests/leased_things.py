"""A table of leased rows, for tests of the mechanism alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.test.utils import isolate_apps

from dosojin_web.database.leases import Leased, Leases

WAITS = models.Q(done_at=None, failed_at=None)
LEASE, PAUSE = timedelta(minutes=1), timedelta(seconds=10)


@isolate_apps("dosojin_web")
def make_model() -> type[models.Model]:
    class Thing(Leased):
        name = models.CharField(max_length=20)
        done_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "dosojin_web"
            db_table = "leased_things"

    return Thing


Thing: Any = make_model()
LEASES: Leases[Any] = Leases(Thing, WAITS, LEASE, PAUSE)


def create_table() -> None:
    """The rows, and what was done of them, in a table that forgives two effects for one row.

    SQLite's schema editor does not work inside a transaction, but its words do.
    """
    sql, parameters = connection.schema_editor().table_sql(Thing)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("CREATE TABLE effects (name varchar(20))")


def write_effect(thing: Any) -> None:
    """What the row asks for."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects VALUES (%s)", [thing.name])

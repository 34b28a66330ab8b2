"""``flush`` with the triggers off; they come back before anyone else can look."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

from dosojin_web.database.emptying.triggers import put_back, take_off


class Command(flush.Command):
    """Django's ``flush``, and tables of record let it through."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        # One transaction: a flush that fails leaves the triggers where they were.
        with transaction.atomic(using=options["database"]):
            taken = take_off(connection)
            super().handle(**options)
            put_back(connection, taken)

"""Why an operation of this slice did not do what was asked."""

from collections.abc import Sequence

from django.db import models

from dosojin_web.components.shapes import Fault


class Refused(Exception):
    """What was given cannot be taken. Each fault names its field, or "" for the whole."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = list(faults)

    @classmethod
    def at(cls, field: str, message: str) -> "Refused":
        """One fault."""
        return cls([Fault(field, message)])


class Stale(Exception):
    """The record has changed since the form was opened; ``record`` is what it says now."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(f"{record} has changed meanwhile")
        self.record = record


class NotYours(Exception):
    """The actor may not do this: most often because whoever made it would check it."""

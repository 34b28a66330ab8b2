"""Entries and their lines. Triggers hold what is said here; see the second migration."""

from typing import ClassVar

from django.db import models

from dosojin_web.database.append_only import AppendOnly

from .chart import join_code


class Entry(AppendOnly):
    """What happened, in money. It is written with its lines and then sealed.

    Sealing is the one change an entry takes, once, and only while its lines add up to zero. A
    sealed entry takes no further line.
    """

    changeable: ClassVar[tuple[str, ...]] = ("sealed",)

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=128, unique=True)
    reference = models.CharField(max_length=64)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    sealed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["reference"], name="ledger_entry_reference")]

    def __str__(self) -> str:
        return self.key


class EntryLine(AppendOnly):
    """An amount on an account: yen, debit positive, credit negative."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=32)
    part = models.CharField(max_length=32, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="no_empty_line")]
        indexes = [models.Index(fields=["account", "part", "amount"], name="ledger_line_account")]

    def __str__(self) -> str:
        return f"{self.code} {self.amount:+}"

    @property
    def code(self) -> str:
        """``premium-due:TK``."""
        return join_code(self.account, self.part)

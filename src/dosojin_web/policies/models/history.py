"""What happened to a record, line by line."""

from django.db import models

from dosojin_web.database.append_only import AppendOnly


class HistoryEntry(AppendOnly):
    """Who did what to a record, when, and why. A history adds the record it belongs to."""

    act = models.CharField(max_length=24)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

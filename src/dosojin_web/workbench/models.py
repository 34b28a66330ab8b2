"""The claims that people work on."""

import secrets

from django.db import models

KEY_BYTES = 16


def make_key() -> str:
    """A key that cannot be guessed: whoever has the address may read and change the claim."""
    return secrets.token_urlsafe(KEY_BYTES)


class ClaimDraft(models.Model):
    """A claim while it is being written.

    ``claim`` is what a claim file would hold. ``happened`` are the situations that were chosen,
    ``trail`` the keys of the questions answered, in the order in which that was done.
    """

    key = models.CharField(primary_key=True, max_length=32, default=make_key, editable=False)
    claim = models.JSONField()
    happened = models.JSONField(default=list)
    trail = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key

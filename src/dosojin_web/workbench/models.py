"""The claims that people work on."""

import secrets

from django.db import models

KEY_BYTES = 16


def make_key() -> str:
    """A key that cannot be guessed: whoever has the address may read and change the claim."""
    return secrets.token_urlsafe(KEY_BYTES)


class ClaimDraft(models.Model):
    """A claim while it is being written; ``claim`` is what a claim file would hold."""

    key = models.CharField(primary_key=True, max_length=32, default=make_key, editable=False)
    claim = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key

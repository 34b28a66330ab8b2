"""What every template knows about the installation."""

from django.db import DatabaseError
from django.http import HttpRequest

from .mode import is_filled_demonstration


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """The context processor: ``demonstration`` puts the banner on every page."""
    try:
        return {"demonstration": is_filled_demonstration()}
    except DatabaseError:
        return {"demonstration": False}  # The page may be the one that says that all is broken.

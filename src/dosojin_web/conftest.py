"""What every test of the site begins with."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.web.nursery import nursery, nursery_environment

__all__ = ["nursery", "nursery_environment"]


@pytest.fixture(autouse=True)
def japanese_first() -> Iterator[None]:
    """No language is chosen: a request of an earlier test leaves its own behind in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()

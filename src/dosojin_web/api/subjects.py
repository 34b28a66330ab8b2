"""Records that are decided on through the interface, each by whoever may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dosojin_web.accounts.seats import Seat

from .answers import answer, seat_of
from .scopes import one
from .shapes import Shape

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Subject(Generic[Row]):
    """Records of a kind: which are a seat's own, and how one is shown to it."""

    own: Callable[[Seat], models.QuerySet[Row]]
    show: Callable[[Row, Seat], Shape]

    def decide(
        self, request: HttpRequest, key: object, step: Callable[[Row, Seat, datetime], object]
    ) -> HttpResponse:
        """Take a step on the caller's record with that key, and answer with it as it then stands.

        Refused with 404 if it is not the caller's.
        """
        seat = seat_of(request)
        row = one(self.own(seat), key=key)
        step(row, seat, timezone.now())
        return answer(self.show(one(self.own(seat), pk=row.pk), seat))

"""Answers as bytes, checked against their shape on the way out."""

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from dosojin_web.accounts.seats import Seat

from .problems import JSON


def seat_of(request: HttpRequest) -> Seat:
    """The caller's seat, which ``roles`` has found."""
    seat = request.auth  # type: ignore[attr-defined]
    assert isinstance(seat, Seat)
    return seat


def answer(shape: BaseModel) -> HttpResponse:
    """200, with the values of a shape."""
    return HttpResponse(shape.model_dump_json(by_alias=True), content_type=JSON)


def answer_bytes(content: bytes) -> HttpResponse:
    """200, with what was written before."""
    return HttpResponse(content, content_type=JSON)

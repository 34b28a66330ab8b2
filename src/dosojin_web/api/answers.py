"""Answers as bytes, checked against their shape on the way out."""

from django.http import HttpResponse
from pydantic import BaseModel

from .problems import JSON


def answer(shape: BaseModel) -> HttpResponse:
    """200, with the values of a shape."""
    return HttpResponse(shape.model_dump_json(by_alias=True), content_type=JSON)


def answer_bytes(content: bytes) -> HttpResponse:
    """200, with what was written before."""
    return HttpResponse(content, content_type=JSON)

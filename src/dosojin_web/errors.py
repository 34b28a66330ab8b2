"""The pages for what went wrong, in the reader's language, with what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return render(request, "404.html", status=404)


def server_failed(request: HttpRequest) -> HttpResponse:
    """500: our own fault. The page reads nothing from the database, which may be the fault."""
    return render(request, "500.html", status=500)

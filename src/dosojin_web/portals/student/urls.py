"""The addresses of the student portal."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "student"


def coming(request: HttpRequest, number: str = "") -> HttpResponse:
    """Stands here until the pages do."""
    return HttpResponse(number)


urlpatterns = [
    path("", coming, name="home"),
    path("certificates/<str:number>/", coming, name="certificate"),
]

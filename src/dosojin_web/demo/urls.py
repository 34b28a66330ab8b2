"""The addresses of this slice, in demonstration mode only."""

from django.urls import URLPattern, URLResolver, path

from .views.entry import enter, front

app_name = "demo"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front, name="front"),
    path("enter/", enter, name="enter"),
]

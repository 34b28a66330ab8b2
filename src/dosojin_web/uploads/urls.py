"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver

app_name = "uploads"

urlpatterns: list[URLPattern | URLResolver] = []

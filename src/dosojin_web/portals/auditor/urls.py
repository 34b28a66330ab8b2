"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver

app_name = "auditor"

urlpatterns: list[URLPattern | URLResolver] = []

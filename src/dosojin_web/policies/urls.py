"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver

app_name = "policies"

urlpatterns: list[URLPattern | URLResolver] = []

"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver

app_name = "policyholder"

urlpatterns: list[URLPattern | URLResolver] = []

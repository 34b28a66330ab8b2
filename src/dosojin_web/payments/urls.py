"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "payments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhook/", views.webhook, name="webhook"),
]

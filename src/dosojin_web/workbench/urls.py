"""The addresses of the workbench."""

from django.urls import path

from .views.claim import claim
from .views.start import start

app_name = "workbench"

urlpatterns = [
    path("", start, name="start"),
    path("claims/<str:key>/", claim, name="claim"),
]

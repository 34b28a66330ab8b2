"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver, path

from .views.bordereaux import bordereaux, download
from .views.certificate import certificate, document
from .views.decide import decide
from .views.home import home
from .views.members import members
from .views.requests import requests
from .views.shares import shares

app_name = "policyholder"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("requests/", requests, name="requests"),
    path("requests/<uuid:key>/", decide, name="request"),
    path("members/", members, name="members"),
    path("certificates/<str:number>/", certificate, name="certificate"),
    path("documents/<uuid:key>/", document, name="document"),
    path("bordereaux/", bordereaux, name="bordereaux"),
    path(
        "bordereaux/<slug:contract>/<slug:insurer>/<int:year>-<int:month>.csv",
        download,
        name="bordereau",
    ),
    path("shares/", shares, name="shares"),
]

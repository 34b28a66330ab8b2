"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver, path

from .views.bordereau import bordereau
from .views.certificates import certificates
from .views.home import home

app_name = "insurer"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("certificates/", certificates, name="certificates"),
    path("bordereaux/<slug:contract>/<int:year>-<int:month>.csv", bordereau, name="bordereau"),
]

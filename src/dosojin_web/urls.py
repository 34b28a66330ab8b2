"""All addresses: each slice's own, under its name."""

from django.urls import include, path
from django.views.i18n import set_language

from . import preferences

urlpatterns = [
    path("", include("dosojin_web.workbench.urls")),
    path("components/", include("dosojin_web.components.urls")),
    path("preferences/language/", set_language, name="set_language"),
    path("preferences/theme/", preferences.set_theme, name="set_theme"),
]

handler400 = "dosojin_web.errors.bad_request"
handler404 = "dosojin_web.errors.not_found"
handler500 = "dosojin_web.errors.server_failed"

"""All addresses: each slice's own, under its name."""

from django.urls import include, path
from django.views.i18n import set_language

from . import preferences

urlpatterns = [
    path("", include("dosojin_web.workbench.urls")),
    path("components/", include("dosojin_web.components.urls")),
    path("accounts/", include("dosojin_web.accounts.urls")),
    path("accounts/", include("dosojin_web.accounts.allauth_urls")),
    path("directory/", include("dosojin_web.directory.urls")),
    path("documents/", include("dosojin_web.documents.urls")),
    path("mail/", include("dosojin_web.mail.urls")),
    path("policies/", include("dosojin_web.policies.urls")),
    path("payments/", include("dosojin_web.payments.urls")),
    path("my/", include("dosojin_web.portals.student.urls")),
    path("university/", include("dosojin_web.portals.university.urls")),
    path("policyholder/", include("dosojin_web.portals.policyholder.urls")),
    path("agency/", include("dosojin_web.portals.agency.urls")),
    path("insurer/", include("dosojin_web.portals.insurer.urls")),
    path("auditor/", include("dosojin_web.portals.auditor.urls")),
    path("api/", include("dosojin_web.api.urls")),
    path("demo/", include("dosojin_web.demo.urls")),
    path("preferences/language/", set_language, name="set_language"),
    path("preferences/theme/", preferences.set_theme, name="set_theme"),
]

handler400 = "dosojin_web.errors.bad_request"
handler404 = "dosojin_web.errors.not_found"
handler500 = "dosojin_web.errors.server_failed"

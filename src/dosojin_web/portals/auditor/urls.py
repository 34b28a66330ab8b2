"""The addresses of this slice."""

from django.urls import URLPattern, URLResolver, path

from .views.approvals import approvals
from .views.bordereaux import bordereaux
from .views.certificates import certificate, certificates, document
from .views.consents import consents
from .views.deadlines import deadlines
from .views.home import home
from .views.ledger import entries, entry, ledger
from .views.letters import letter, letters
from .views.payments import payment, payments
from .views.programmes import programme, programmes
from .views.requests import change_request, requests
from .views.trail import trail, verification

app_name = "auditor"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("trail/", trail, name="trail"),
    path("trail/verification/", verification, name="verification"),
    path("ledger/", ledger, name="ledger"),
    path("ledger/entries/", entries, name="entries"),
    path("ledger/entries/<int:pk>/", entry, name="entry"),
    path("ledger/months/", bordereaux, name="bordereaux"),
    path("certificates/", certificates, name="certificates"),
    path("certificates/<str:number>/", certificate, name="certificate"),
    path("documents/<uuid:key>/", document, name="document"),
    path("requests/", requests, name="requests"),
    path("requests/<uuid:key>/", change_request, name="request"),
    path("payments/", payments, name="payments"),
    path("payments/<path:key>/", payment, name="payment"),
    path("programmes/", programmes, name="programmes"),
    path("programmes/<uuid:key>/", programme, name="programme"),
    path("letters/", letters, name="letters"),
    path("letters/<uuid:key>/", letter, name="letter"),
    path("deadlines/", deadlines, name="deadlines"),
    path("approvals/", approvals, name="approvals"),
    path("consents/", consents, name="consents"),
]

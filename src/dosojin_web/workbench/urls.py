"""The addresses of the workbench."""

from django.urls import path

from .views.claim import claim
from .views.decision import decision
from .views.happened import happened
from .views.open_file import open_file
from .views.receipts import receipts
from .views.save import claim_file, save
from .views.start import start
from .views.what_if import what_if
from .views.wording import wording

app_name = "workbench"

urlpatterns = [
    path("", start, name="start"),
    path("open/", open_file, name="open"),
    path("wording/<str:product>/", wording, name="wording"),
    path("claims/<str:key>/", claim, name="claim"),
    path("claims/<str:key>/happened/", happened, name="happened"),
    path("claims/<str:key>/receipts/", receipts, name="receipts"),
    path("claims/<str:key>/decision/", decision, name="decision"),
    path("claims/<str:key>/what-if/", what_if, name="what_if"),
    path("claims/<str:key>/save/", save, name="save"),
    path("claims/<str:key>/claim.<str:form>", claim_file, name="claim_file"),
]

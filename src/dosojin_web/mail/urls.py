"""The addresses of this slice, in demonstration mode only."""

from django.urls import path

from .views.letter import attachment, letter
from .views.outbox import outbox

app_name = "mail"

urlpatterns = [
    path("", outbox, name="outbox"),
    path("<uuid:key>/", letter, name="letter"),
    path("<uuid:key>/attachments/<int:place>/", attachment, name="attachment"),
]

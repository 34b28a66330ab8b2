"""The addresses of policies that need no log-in."""

from django.urls import path

from .views.check import check
from .views.pay_change import change_paid, pay_change
from .views.quote import quote

app_name = "policies"

urlpatterns = [
    path("quote/", quote, name="quote"),
    path("check/<str:token>/", check, name="check"),
    path("pay/<uuid:key>/<str:token>/", pay_change, name="pay_change"),
    path("pay/<uuid:key>/<str:token>/done/", change_paid, name="change_paid"),
]

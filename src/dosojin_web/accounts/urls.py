"""The addresses of this slice; those of allauth that are offered stand in ``allauth_urls``."""

from django.urls import path

from .views import account, entrance

app_name = "accounts"

urlpatterns = [
    path("", account.home, name="home"),
    path("enter/", entrance.choose_university, name="universities"),
    path("enter/<slug:code>/", entrance.StudentEntrance.as_view(), name="enter"),
    path("arrive/", account.arrive, name="arrive"),
    path("seats/", account.choose_seat, name="choose_seat"),
    path("secret/", account.choose_secret, name="choose_secret"),
    path("sessions/end/", account.leave_elsewhere, name="leave_elsewhere"),
    path("left/", entrance.left, name="left"),
]

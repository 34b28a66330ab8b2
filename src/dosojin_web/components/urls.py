"""The address of the page of every element."""

from django.urls import path

from .views import page

app_name = "components"

urlpatterns = [path("", page, name="page")]

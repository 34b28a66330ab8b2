"""The addresses of this slice."""

from django.urls import path

from .views.contacts import contacts

app_name = "directory"

urlpatterns = [path("", contacts, name="contacts")]

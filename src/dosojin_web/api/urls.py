"""The addresses of this slice: the interface below ``v1/``, and the pages that describe it."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from dosojin_web.accounts.roles import Role

from .interface import addresses, interface, not_found, openapi
from .views.description import description

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", description, name="description"),
    *(
        path(f"{role.value}/", description, {"role": role.value}, name=f"description_{role.value}")
        for role in Role
    ),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", include((addresses(), "ninja"), namespace=interface.urls_namespace)),
    re_path(r"^v1/(?P<rest>.*)$", not_found),
]

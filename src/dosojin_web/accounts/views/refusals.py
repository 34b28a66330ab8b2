"""How a form that cannot be taken comes back: 422, every fault on top and beside its field."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from dosojin_web.accounts.faults import collect_faults

UNPROCESSABLE = 422


class Refusing:
    """Mixed into a view of allauth's, before it."""

    request: HttpRequest
    first_field: ClassVar[str] = "__all__"
    """Where a fault is said that concerns no single field."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        form = context.get("form")
        if self.request.method == "POST" and form is not None and form.errors:
            faults = collect_faults(form, self.first_field)
            context["faults"] = faults
            context["wrong"] = {fault.field: fault.message for fault in reversed(faults)}
            kwargs.setdefault("status", UNPROCESSABLE)
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        return response

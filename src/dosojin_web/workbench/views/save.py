"""Save the claim: as a claim file, or as a worked case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.desk import claim_page, desk_context
from dosojin_web.workbench.mapping import judge
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.write_claim import write_case, write_json, write_yaml

FORMS = {"yaml": ("application/yaml", write_yaml), "json": ("application/json", write_json)}


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def save(request: HttpRequest, draft: ClaimDraft) -> HttpResponse:
    """Offer the files; a worked case needs a title and the story first."""
    judgement = judge(draft.claim, with_questions=request.method == "POST")
    title, story = (request.POST.get(name, "").strip() for name in ("title", "story"))
    faults: list[Fault] = []
    if request.method == "POST":
        if title:
            text = write_case(judgement, title, story)
            return _download(text, "application/yaml", f"case-{draft.claim['product']}.yaml")
        faults = [Fault("title", gettext("Give the case a title: one sentence with its point."))]
    context = desk_context(draft, judgement, "save") | {
        "title": title, "story": story, "faults": faults,
        "error": {fault.field: fault.message for fault in faults},
        "text": write_yaml(draft.claim),
    }  # fmt: skip
    return render(request, "workbench/save.html", context, status=422 if faults else 200)


@require_safe
def claim_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The claim as a file that ``dosojin decide`` reads."""
    draft = ClaimDraft.objects.filter(key=key).first()
    if draft is None or form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    return _download(write(draft.claim), kind, f"claim-{draft.claim['product']}.{form}")


def _download(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

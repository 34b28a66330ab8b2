"""How the interface words what the operations of the scheme refuse."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from dosojin_web.policies.bordereau import BordereauDiffers
from dosojin_web.policies.operations.pay_premium import PaymentNotPossible
from dosojin_web.policies.refusals import NotYours, Stale
from dosojin_web.policies.refusals import Refused as RefusedByRule
from dosojin_web.uploads.operations.accept_upload import UploadRefused

from .operations.answer_once import KeyReused
from .problems import JSON, Problem, answer_problems
from .records import show_current


def refuse_by_rule(request: HttpRequest, refused: RefusedByRule) -> HttpResponse:
    """422: a rule of the scheme, beside each field that it is about."""
    return answer_problems(
        422, [Problem("rule.refused", fault.field, fault.message, "") for fault in refused.faults]
    )


def refuse_same_person(request: HttpRequest, refused: NotYours) -> HttpResponse:
    """422: the role is right, the person is not, for whoever made something does not check it."""
    return answer_problems(422, [Problem("rule.same_person", "", str(refused), "")])


def refuse_upload(request: HttpRequest, refused: UploadRefused) -> HttpResponse:
    """422: the file is none that is taken."""
    return answer_problems(422, [Problem("file.refused", "", str(refused), "")])


def refuse_payment(request: HttpRequest, refused: PaymentNotPossible) -> HttpResponse:
    """409: nothing is to pay, or the card company does not answer."""
    return answer_conflict([Problem("payment.not_possible", "", str(refused), "")], None)


def refuse_stale(request: HttpRequest, stale: Stale) -> HttpResponse:
    """409, with the record as it stands."""
    seat: Any = request.auth  # type: ignore[attr-defined]
    current = show_current(stale.record, seat, timezone.now())
    return answer_conflict([stale_version()], current.model_dump(mode="json") if current else None)


def stale_version() -> Problem:
    """409, where a write was decided on an older version."""
    return Problem(
        "version.stale", "version",
        gettext("Somebody has changed this since you looked at it."),
        gettext("Look at “current”, and send again with its version if you still mean it."),
    )  # fmt: skip


def refuse_reused_key(request: HttpRequest, reused: KeyReused) -> HttpResponse:
    """409: the key stands for another request."""
    found = Problem(
        "key.reused", "Idempotency-Key",
        gettext("This key stands for another request of yours."),
        gettext("Choose a new key for each new request."),
    )  # fmt: skip
    return answer_conflict([found], None)


def refuse_bordereau(request: HttpRequest, differs: BordereauDiffers) -> HttpResponse:
    """409: certificates and ledger differ, so nothing is given out."""
    found = Problem(
        "bordereau.differs", "",
        gettext("Certificates and ledger do not say the same for this month."),
        gettext("Tell whoever runs this site; nothing is given out until that is found."),
    )  # fmt: skip
    return answer_conflict([found], None)


def answer_conflict(problems: Sequence[Problem], current: object) -> HttpResponse:
    """409, in the shape ``Conflict``."""
    content = {"problems": [each.plain() for each in problems], "current": current}
    written = json.dumps(content, ensure_ascii=False)
    return HttpResponse(written, status=409, content_type=JSON)


HANDLERS: dict[type[Exception], Any] = {
    RefusedByRule: refuse_by_rule,
    NotYours: refuse_same_person,
    UploadRefused: refuse_upload,
    PaymentNotPossible: refuse_payment,
    Stale: refuse_stale,
    KeyReused: refuse_reused_key,
    BordereauDiffers: refuse_bordereau,
}

"""Extensions: the list, the page of a request, and what the agency does with it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.shapes import Choice
from dosojin_web.policies.models import ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.operations.decide_change import refuse_change, review_extension
from dosojin_web.policies.operations.receive_transfer import (
    receive_transfer,
    waits_for_another,
)
from dosojin_web.portals.agency.change_facts import compare, describe_change, tabulate
from dosojin_web.portals.agency.own_records import find_change, own_changes
from dosojin_web.portals.agency.pages import (
    ROWS_A_PAGE,
    Conflict,
    Desk,
    act_of,
    show,
)
from dosojin_web.portals.agency.typed import Typed

DESK = Desk("change", ChangeRequest, describe_change)


@require_safe
@seated(Role.AGENCY)
def extensions(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All extensions of a state; at first those under way, by their deadline."""
    found = own_changes(seat).filter(kind=ChangeKind.EXTENSION)
    wanted = request.GET.get("state", "")
    if wanted in ChangeState.values:
        found = found.filter(state=wanted).order_by("-asked_at", "-pk")
    elif wanted != "all":
        wanted = ""
        found = found.filter(state__in=OPEN_STATES).order_by("last_covered", "pk")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    options = [Choice(state.value, str(state.label)) for state in ChangeState]
    options.append(Choice("all", gettext("All")))
    context = {"page": page, **tabulate(page.object_list, wanted, options, timezone.now())}
    return show(request, seat, "extensions", context)


@require_safe
@seated(Role.AGENCY)
def change(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Everything about a request, and what there is to do."""
    context = describe_change(seat, find_change(seat, key), timezone.now())
    return show(request, seat, "change", context)


@act_of("agency:change")
@seated(Role.AGENCY)
def review(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Accept, with the loading that the certificate asks for."""
    found, typed = find_change(seat, key), Typed(request)
    loading, reason = typed.yen("loading", empty=0), typed.text("reason")
    act = partial(
        review_extension, found, typed.version, loading, reason, seat.actor, timezone.now()
    )
    said = gettext("Accepted. Now the policyholder confirms.")
    return _act(request, seat, found, typed, act, (gettext("Accept the extension"), said))


@act_of("agency:change")
@seated(Role.AGENCY)
def refuse(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """Refuse, with the reason that the student reads."""
    found, typed = find_change(seat, key), Typed(request)
    reason = typed.text("refusal")
    act = partial(refuse_change, found, typed.version, reason, seat.actor, timezone.now())
    said = gettext("Refused. The student gets a mail with the reason.")
    words = (gettext("Refuse the extension"), said)
    return _act(request, seat, found, typed, act, words, {"reason": "refusal"})


@act_of("agency:change")
@seated(Role.AGENCY)
def receive(request: HttpRequest, seat: Seat, key: UUID) -> HttpResponse:
    """The premium has come by bank."""
    found, typed = find_change(seat, key), Typed(request)
    amount, day = typed.yen("amount"), typed.day("received_on")
    reference = typed.text("reference")
    now = timezone.now()
    act = partial(
        receive_transfer, found, typed.version, amount, day or now.date(), reference,
        seat.actor, now,
    )  # fmt: skip
    said = gettext("Recorded. Cover is extended, and the new certificate follows.")
    if day and waits_for_another(found, day, reference, seat.actor, now):
        said = gettext("Entered. Now another person of your office has to enter the same transfer.")
    return _act(request, seat, found, typed, act, (gettext("Record the transfer"), said))


def _act(
    request: HttpRequest,
    seat: Seat,
    found: ChangeRequest,
    typed: Typed,
    act: Callable[[], object],
    words: tuple[str, str],
    beside: dict[str, str] | None = None,
) -> HttpResponse:
    """``words`` name the act and say that it is done; ``beside`` renames fields of faults."""
    title, said = words

    def set_beside(saved: ChangeRequest) -> Conflict:
        rows = compare(title, typed.values.get("loading", ""), saved)
        return Conflict(title, rows, saved.version)

    return DESK.carry_out(request, seat, found, typed, act, lambda: said, set_beside, beside)

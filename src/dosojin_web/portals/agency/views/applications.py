"""Who is in the middle of enrolling, to help on the telephone."""

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.components.shapes import Choice
from dosojin_web.people.models import Person
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.portals.agency.application_rows import list_columns, list_rows
from dosojin_web.portals.agency.own_records import own_applications
from dosojin_web.portals.agency.pages import ROWS_A_PAGE, show

FOUND_MAX = 50


@require_safe
@seated(Role.AGENCY)
def applications(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Applications that are not complete, the next departure first."""
    now = timezone.now()
    state, typed = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = own_applications(seat).filter(state__in=OPEN_STATES, member__withdrawn_at=None)
    if state in OPEN_STATES:
        found = found.filter(state=state)
    if typed:
        found = _narrow(found, typed)
    found = found.order_by(F("departs_on").asc(nulls_last=True), "pk")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    choices = [Choice(word, str(ApplicationState(word).label)) for word in OPEN_STATES]
    context = {
        "page": page,
        "columns": list_columns(),
        "rows": list_rows(list(page.object_list), now),
        "filters": [Filter("state", gettext("State"), choices, state)],
        "q": typed,
    }
    return show(request, seat, "applications", context)


def _narrow(found: QuerySet[Application], typed: str) -> QuerySet[Application]:
    ours = Person.objects.filter(pk__in=found.order_by().values("member__person"))
    people = [person.pk for person in find_people(typed, FOUND_MAX, ours)]
    return found.filter(Q(member__student_number__iexact=typed) | Q(member__person__in=people))

"""Members of all universities."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Filter
from dosojin_web.components.shapes import Choice
from dosojin_web.directory.models import Organisation
from dosojin_web.people.models import Person
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Member
from dosojin_web.policies.standing import Standing, with_standing
from dosojin_web.portals.policyholder.member_rows import member_columns, member_rows
from dosojin_web.portals.policyholder.pages import lay_out
from dosojin_web.portals.policyholder.scope import members_of

ROWS_A_PAGE = 50
FOUND_MAX = 200
ORDER = ("-departs_on", "pk")


@require_safe
@seated(Role.POLICYHOLDER)
def members(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them; ``q``, ``university`` and ``standing`` narrow the list."""
    everybody = members_of(seat)
    typed = request.GET.get("q", "").strip()[:100]
    found = _search(everybody, typed) if typed else everybody
    university, standing = request.GET.get("university", ""), request.GET.get("standing", "")
    if university:
        found = found.filter(university__code=university)
    today = day_in_japan(timezone.now())
    if standing in Standing:
        standing_of: QuerySet[Any, Any] = with_standing(found, today)
        found = standing_of.filter(standing=standing)
    ordered = found.order_by(*ORDER).values_list("pk", flat=True)
    page = Paginator(ordered, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = everybody.filter(pk__in=list(page.object_list)).order_by(*ORDER)
    known = shown.select_related("person", "university", "programme")
    context = lay_out(request, seat) | {
        "typed": typed,
        "filters": _filters(everybody, university, standing),
        "columns": member_columns(),
        "rows": member_rows(list(with_standing(known, today))),
        "page": page,
    }
    return render(request, "policyholder/members.html", context)


def _search(members: QuerySet[Member], typed: str) -> QuerySet[Member]:
    """By student number or certificate number from their beginning, or by a part of a name."""
    people = find_people(
        typed, FOUND_MAX, Person.objects.filter(pk__in=members.order_by().values("person"))
    )
    numbers = Q(student_number__istartswith=typed) | Q(
        pk__in=members.order_by().filter(certificates__number__istartswith=typed).values("pk")
    )
    return members.filter(numbers | Q(person__in=people))


def _filters(members: QuerySet[Member], university: str, standing: str) -> list[Filter]:
    universities = Organisation.objects.filter(pk__in=members.order_by().values("university"))
    return [
        Filter(
            "university",
            gettext("University"),
            [Choice(each.code, each.name) for each in universities],
            university,
        ),
        Filter(
            "standing",
            gettext("State"),
            [Choice(each.value, str(each.label)) for each in Standing],
            standing,
        ),
    ]

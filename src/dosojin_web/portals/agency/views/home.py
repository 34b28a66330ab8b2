"""What there is to do, and who can be called."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.directory.cards import draw_card
from dosojin_web.directory.mapping import list_contacts
from dosojin_web.people.models import Person
from dosojin_web.policies.mapping import default_product
from dosojin_web.portals.agency.own_records import own_masters
from dosojin_web.portals.agency.pages import ROWS_A_PAGE, show
from dosojin_web.portals.agency.waiting_times import waiting_cell
from dosojin_web.portals.agency.worklist import list_tasks


@require_safe
@seated(Role.AGENCY)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything that waits, most urgent first."""
    now = timezone.now()
    page = Paginator(list_tasks(seat, now), ROWS_A_PAGE).get_page(request.GET.get("page"))
    people = Person.objects.in_bulk({task.person_id for task in page.object_list})
    language = get_language() or "ja"
    rows = [
        TableRow(
            (
                Cell(task.what, task.address),
                Cell(people[task.person_id].full_name(language), note=task.number),
                task.due.cell if task.due else waiting_cell(task.since, now),
                Cell(task.following),
            )
        )
        for task in page.object_list
    ]
    columns = [
        Column(gettext("What waits")),
        Column(gettext("Whom it is about")),
        Column(gettext("How urgent")),
        Column(gettext("What is next")),
    ]
    context = {
        "page": page,
        "rows": rows,
        "columns": columns,
        "now": now,
        "new_address": reverse("agency:find_caller"),
    }
    return show(request, seat, "home", context)


@require_safe
@seated(Role.AGENCY)
def contacts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The contacts and hours as the public sees them."""
    now = timezone.now()
    language = "ja" if get_language() == "ja" else "en"
    master = own_masters(seat).first()
    product = master.product if master else default_product()
    context = {
        "now": now,
        "product": product,
        "cards": [draw_card(contact, now) for contact in list_contacts(product, language)],
    }
    return show(request, seat, "contacts", context)

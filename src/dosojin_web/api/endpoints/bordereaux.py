"""Each insurer's month: every premium and return premium, and its share of each."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import CSV_KIND, accepts, conflicts, gives, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.book_shapes import BordereauShape, BordereauxAnswer
from dosojin_web.api.field_kinds import Code, Month
from dosojin_web.api.scopes import not_there, own_schemes
from dosojin_web.api.shapes import Shape
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.bordereau import make_bordereau, months_until, write_csv
from dosojin_web.policies.models import MasterPolicy

router = Router(tags=["bordereaux"])
CSV_DESCRIPTION = """\
A row for each version of a certificate that was recorded in that month of Japan.

UTF-8 with a byte order mark, a header, lines ended by CR LF. Columns: `certificate` (its number), \
`version`, `kind` (issue, extension, shortening, cancellation or correction), `recorded_on`, \
`inception`, `expiry` (days; the last one is counted), `plan`, `premium_change` (whole yen, \
negative where premium goes back), `share` (ten-thousandths), `share_change` (whole yen, of this \
insurer). The last line is the control: `CONTROL`, the number of rows, and the totals of both \
changes, which equal the ledger's. While they do not, nothing is given out: 409."""


class SchemeQuery(Shape):
    """Of which master policy; without it, of the newest one that the caller is part of."""

    scheme: Code | None = None
    """the code of a master policy; left out: the newest one that the caller is part of"""


@router.get(
    "/bordereaux",
    response=BordereauxAnswer,
    operation_id="list_bordereaux",
    summary=later(_("The months that there are bordereaux of")),
    **roles(Role.POLICYHOLDER, Role.INSURER),
)
@accepts()
def list_bordereaux(request: HttpRequest, asked: Query[SchemeQuery]) -> HttpResponse:
    """The policyholder sees those of every insurer, an insurer its own."""
    seat = seat_of(request)
    master = find_scheme(seat, asked.scheme)
    shown = [
        BordereauShape(
            scheme=master.code,
            insurer=insurer.code,
            month=f"{month:%Y-%m}",
            address=address_of(seat, master, insurer, month),
        )
        for month in months_until(master, timezone.now())
        for insurer in insurers_of(seat, master)
    ]
    return answer(BordereauxAnswer(bordereaux=shown))


@router.get(
    "/bordereaux/{insurer}/{month}.csv",
    operation_id="read_bordereau",
    url_name="read_bordereau",
    summary=later(_("An insurer’s bordereau of a month as CSV")),
    description=CSV_DESCRIPTION,
    tags=["policyholder"],
    **conflicts(gives(roles(Role.POLICYHOLDER), CSV_KIND)),
)
@accepts()
def read(
    request: HttpRequest, insurer: Code, month: Month, asked: Query[SchemeQuery]
) -> HttpResponse:
    """An insurer's month, for the policyholder."""
    return answer_csv(seat_of(request), asked.scheme, insurer, month)


@router.get(
    "/bordereaux/{month}.csv",
    operation_id="read_own_bordereau",
    url_name="read_own_bordereau",
    summary=later(_("Your own bordereau of a month as CSV")),
    description=CSV_DESCRIPTION,
    tags=["insurer"],
    **conflicts(gives(roles(Role.INSURER), CSV_KIND)),
)
@accepts()
def read_own(request: HttpRequest, month: Month, asked: Query[SchemeQuery]) -> HttpResponse:
    """An insurer's own month."""
    seat = seat_of(request)
    assert seat.organisation is not None
    return answer_csv(seat, asked.scheme, seat.organisation.code, month)


def find_scheme(seat: Seat, code: str | None) -> MasterPolicy:
    """The master policy, one that the seat is part of; Refused with 404 if it is none."""
    schemes = own_schemes(seat)
    found = schemes.first() if code is None else schemes.filter(code=code).first()
    return found or not_there()


def insurers_of(seat: Seat, master: MasterPolicy) -> list[Organisation]:
    """Whose bordereaux the seat may see."""
    shares = master.shares.select_related("insurer").order_by("place")
    if seat.role is Role.INSURER:
        shares = shares.filter(insurer=seat.organisation)
    return [share.insurer for share in shares]


def address_of(seat: Seat, master: MasterPolicy, insurer: Organisation, month: date) -> str:
    """Where the seat finds the CSV."""
    written = f"{month:%Y-%m}"
    if seat.role is Role.INSURER:
        path = reverse("api:api-1:read_own_bordereau", args=[written])
    else:
        path = reverse("api:api-1:read_bordereau", args=[insurer.code, written])
    return f"{path}?scheme={master.code}"


def answer_csv(seat: Seat, scheme: str | None, code: str, month: str) -> HttpResponse:
    """The bordereau as a file to save."""
    master = find_scheme(seat, scheme)
    insurer = next((each for each in insurers_of(seat, master) if each.code == code), None)
    made = make_bordereau(master, insurer or not_there(), date.fromisoformat(f"{month}-01"))
    response = HttpResponse(write_csv(made), content_type=f"{CSV_KIND}; charset=utf-8")
    name = f"{master.code}-{code}-{month}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response

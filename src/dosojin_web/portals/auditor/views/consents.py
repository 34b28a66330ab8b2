"""What people agreed to, refused and took back."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.consents.models import ConsentEntry, ConsentKind
from dosojin_web.consents.purposes import Language, all_purposes
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.portals.auditor.pages import (
    Listing,
    choices_of,
    paginate,
    show_listing,
    typed_text,
)
from dosojin_web.templatetags.portals import japan_time

MARKS = {
    ConsentKind.GIVEN: "confirmed",
    ConsentKind.REFUSED: "no",
    ConsentKind.REVOKED: "cancelled",
}
FOUND_MAX = 200


@require_safe
@seated(Role.AUDITOR)
def consents(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List them, the latest first."""
    typed, purpose = typed_text(request), typed_text(request, "purpose")
    kind = typed_text(request, "kind")
    found = ConsentEntry.objects.select_related("person", "text")
    if purpose:
        found = found.filter(purpose=purpose)
    if kind:
        found = found.filter(kind=kind)
    if typed:
        found = found.filter(person__in=find_people(typed, FOUND_MAX))
    page = paginate(request, found.order_by("-at", "-pk"))
    listing = Listing(
        name="auditor:consents",
        heading=gettext("Consents"),
        columns=_columns(),
        rows=[_row(entry) for entry in page.object_list],
        page=page,
        filters=(
            Filter("purpose", gettext("Purpose"), _purposes(), purpose),
            Filter("kind", gettext("State"), choices_of(ConsentKind), kind),
        ),
        search=gettext("Name"),
        typed=typed,
    )
    return show_listing(request, seat, listing)


def _title(purpose: str) -> str:
    """The title of a purpose in the reader's language; of one that is no more, its id."""
    known = all_purposes().get(purpose)
    language = Language.JA if get_language() == "ja" else Language.EN
    return known.words[language].title if known else purpose


def _purposes() -> list[Choice]:
    return [Choice(purpose, _title(purpose)) for purpose in all_purposes()]


def _columns() -> list[Column]:
    heads = [gettext("Person"), gettext("State"), gettext("Purpose"), gettext("When")]
    return [*map(Column, heads), Column(gettext("Words that were shown"))]


def _row(entry: ConsentEntry) -> TableRow:
    shown = gettext("Version %(version)s, %(language)s") % {
        "version": entry.text.version,
        "language": entry.text.language,
    }
    return TableRow(
        (
            Cell(entry.person.full_name(get_language() or "ja"), note=entry.signer_name),
            Cell(entry.get_kind_display(), state=MARKS[ConsentKind(entry.kind)]),
            Cell(_title(entry.purpose), note=entry.scope),
            Cell(japan_time(entry.at), note=entry.role),
            Cell(shown, note=entry.text.digest[:12]),
        )
    )

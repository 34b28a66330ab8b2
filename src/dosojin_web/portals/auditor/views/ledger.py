"""The ledger: its trial balance, its entries, one entry with its lines."""

from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.directory.models import Organisation
from dosojin_web.ledger.balances import count_open_entries, trial_balance
from dosojin_web.ledger.chart import ACCOUNTS, UnknownAccount, split_code
from dosojin_web.ledger.models import Entry
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.portals.auditor.ledger_rows import (
    entry_columns,
    entry_rows,
    find_record,
    line_columns,
    line_rows,
    word_kind,
)
from dosojin_web.portals.auditor.pages import lay_out, paginate, typed_text


@require_safe
@seated(Role.AUDITOR)
def ledger(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The trial balance: debit positive, credit negative."""
    balances = trial_balance()
    total = sum(balances.values())
    context = lay_out(request, seat) | {
        "columns": [
            Column(gettext("Account")),
            Column(gettext("Debit"), amount=True),
            Column(gettext("Credit"), amount=True),
        ],
        "rows": _balance_rows(balances),
        "total": TableRow(
            (
                Cell(gettext("Total")),
                Cell(yen=sum(each for each in balances.values() if each > 0)),
                Cell(yen=-sum(each for each in balances.values() if each < 0)),
            )
        ),
        "sum": total,
        "unsealed": count_open_entries(),
    }
    return render(request, "auditor/ledger.html", context)


@require_safe
@seated(Role.AUDITOR)
def entries(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Entries, the latest first; ``account``, ``reference`` and ``kind`` narrow the list."""
    account, reference = typed_text(request, "account"), typed_text(request, "reference")
    kind = typed_text(request, "kind")
    found = _narrow(Entry.objects.all(), account, reference, kind)
    page = paginate(request, found.prefetch_related("lines").order_by("-on", "-pk"))
    kinds = Entry.objects.order_by("kind").values_list("kind", flat=True).distinct()
    context = lay_out(request, seat) | {
        "account": account,
        "reference": reference,
        "kind": kind,
        "narrowed": bool(account or reference or kind),
        "record": find_record(reference),
        "accounts": [Choice(code, code) for code in trial_balance()],
        "kinds": [Choice(each, word_kind(each)) for each in kinds],
        "columns": entry_columns(account),
        "rows": entry_rows(list(page.object_list), account),
        "page": page,
    }
    return render(request, "auditor/entries.html", context)


@require_safe
@seated(Role.AUDITOR)
def entry(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """One entry with its lines."""
    found = get_object_or_404(Entry, pk=pk)
    context = lay_out(request, seat) | {
        "entry": found,
        "kind": word_kind(found.kind),
        "who": name_actors([found.actor], with_log_in=True)[found.actor],
        "record": find_record(found.reference),
        "columns": line_columns(),
        "rows": line_rows(found),
    }
    return render(request, "auditor/entry.html", context)


def _narrow(found: QuerySet[Entry], account: str, reference: str, kind: str) -> QuerySet[Entry]:
    if account:
        try:
            code, part = split_code(account)
        except UnknownAccount:
            raise Http404 from None
        lines = Q(lines__account=code) & (Q(lines__part=part) if part else Q())
        found = found.filter(lines).annotate(moved=Sum("lines__amount", filter=lines))
    if reference:
        found = found.filter(reference__startswith=reference)
    return found.filter(kind=kind) if kind else found


def _balance_rows(balances: dict[str, int]) -> list[TableRow]:
    insurers = {each.code: each.name for each in Organisation.objects.filter(kind="insurer")}
    language = get_language() or "ja"
    rows = []
    for code, amount in balances.items():
        account, part = split_code(code)
        title = ACCOUNTS[account].title(language)
        words = f"{title}: {insurers.get(part, part)}" if part else title
        address = f"{reverse('auditor:entries')}?account={code}"
        debit = Cell(yen=amount) if amount > 0 else Cell()
        credit = Cell(yen=-amount) if amount < 0 else Cell()
        rows.append(TableRow((Cell(words, address, note=code), debit, credit)))
    return rows

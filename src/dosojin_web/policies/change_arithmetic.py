"""How the amount of a request comes about, with the lines of the tariff that it stands on.

In:  a request, and for one that gives premium back, the day.
Out: lines of yen in the active language, each with the place where the premium is printed.
Never: an amount that the operation would not carry out.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from dosojin_web.components.shapes import MoneyRow
from dosojin_web.templatetags.layout import civil_day

from .mapping import PlanOffer, Refusal, Text, extension_of, refund_of, say
from .models import CertificateVersion, ChangeKind, ChangeRequest
from .models.changes import OPEN_STATES
from .return_premium import return_premium
from .tariff_plan import quote_in_pair


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The lines, the amount they lead to, and how it is worked out, in a sentence.

    ``amount`` is what is paid (an extension) or given back, never negative. ``last_day`` is the
    last covered day that it is worked out for, which for a return may be later than was wished.
    """

    rows: tuple[MoneyRow, ...]
    total: MoneyRow
    amount: int
    method: str
    last_day: date

    @property
    def plain_rows(self) -> tuple[MoneyRow, ...]:
        """The lines without where their premiums are printed, which says a student nothing."""
        before, _, after = gettext("Line of the tariff: %(source)s").partition("%(source)s")
        return tuple(
            replace(row, note="")
            if row.note.startswith(before) and row.note.endswith(after)
            else row
            for row in self.rows
        )


def work_out(change: ChangeRequest, base: CertificateVersion, today: date) -> Arithmetic:
    """The arithmetic of ``change`` on the version it was asked on.

    Of a return that is still open, as of ``today``: days of cover that have passed are kept.
    Refusal if the tariff no longer takes it.
    """
    if change.kind == ChangeKind.EXTENSION:
        return _extension(change, base)
    return _return(change, base, last_covered_day(change, base, today))


def last_covered_day(change: ChangeRequest, base: CertificateVersion, today: date) -> date:
    """The day with which cover would end if the request were confirmed ``today``.

    Cover cannot end in the past, unless it never begins.
    """
    if change.state not in OPEN_STATES:
        return change.last_day
    if change.last_day >= base.inception or today >= base.inception:
        return max(change.last_day, today)
    return change.last_day


def _extension(change: ChangeRequest, base: CertificateVersion) -> Arithmetic:
    product = change.certificate.master.product
    now = quote_in_pair(product, base.plan, base.inception, base.expiry)
    found = extension_of(product, now.plan, base.inception, base.expiry, change.last_day)
    rows = [
        _row(found.title, found.extended_band, found.extended_premium, found.extended_source),
        _row(found.from_title, found.current_band, -found.current_premium, found.current_source),
    ]
    if change.loading_change:
        label = gettext("Loading, quoted by the agency")
        rows.append(MoneyRow(label, (change.loading_change,)))
    amount = found.additional_premium + change.loading_change
    total = MoneyRow(gettext("Additional premium"), (amount,))
    method = gettext(
        "The premium of the whole new period, less the premium of the present one. It has to be "
        "received before the extension holds."
    )
    return Arithmetic(tuple(rows), total, amount, method, change.last_day)


def _return(change: ChangeRequest, base: CertificateVersion, last_day: date) -> Arithmetic:
    product = change.certificate.master.product
    paid = quote_in_pair(product, base.plan, base.inception, base.expiry)
    found = refund_of(product, paid.plan, base.inception, base.expiry, last_day)
    given = return_premium(product, base, last_day)
    rows = [_row(paid.title, paid.band, found.paid_premium, paid.source)]
    if found.kept_premium:
        rows.append(_kept(product, base, last_day, -found.kept_premium))
    if base.loading:
        label = gettext("Loading that is given back")
        note = gettext("In the same proportion as the premium of the tariff")
        rows.append(MoneyRow(label, (given.loading,), None, note))
    total = MoneyRow(gettext("Return premium"), (given.total,))
    method = _method(found.strategy, base, last_day)
    return Arithmetic(tuple(rows), total, given.total, method, last_day)


def _kept(product: str, base: CertificateVersion, last_day: date, amount: int) -> MoneyRow:
    """The premium of the time that was covered, in the plan of the pair that takes it."""
    offer: PlanOffer | None
    try:
        offer = quote_in_pair(product, base.plan, base.inception, last_day)
    except Refusal:
        offer = None
    if offer is not None and offer.premium == -amount:
        return _row(offer.title, offer.band, amount, offer.source)
    until = gettext("Cover until %(day)s") % {"day": civil_day(last_day)}
    return MoneyRow(gettext("Kept for the time that was covered"), (amount,), None, until)


def _row(title: Text, band: Text, amount: int, source: str) -> MoneyRow:
    label = gettext("%(plan)s, %(band)s") % {"plan": say(title), "band": say(band)}
    note = gettext("Line of the tariff: %(source)s") % {"source": source}
    return MoneyRow(label, (amount,), None, note)


def _method(strategy: str, base: CertificateVersion, last_day: date) -> str:
    if last_day < base.inception:
        return gettext("Cover never begins, so the whole premium is given back.")
    if strategy == "tariff_difference":
        return gettext(
            "The premium that was paid, less the premium that the tariff has for the time that "
            "was covered."
        )
    if strategy == "short_rate":
        return gettext("The premium that was paid, less the short-period rate for that time.")
    return gettext("The part of the premium that falls to the days not covered.")

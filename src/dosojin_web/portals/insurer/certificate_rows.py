"""Certificates as rows of a table: no name, no university, nobody else's share."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.ledger.split import split_yen
from dosojin_web.policies.mapping import plan_limits, say
from dosojin_web.policies.marks import CERTIFICATE_MARKS
from dosojin_web.policies.models import CertificateVersion, CoinsuranceShare
from dosojin_web.policies.models.schemes import SHARES_TOTAL
from dosojin_web.policies.versions import state_of
from dosojin_web.templatetags.layout import civil_days


def certificate_columns() -> list[Column]:
    """Heads of ``certificate_rows``."""
    return [
        Column(gettext("Certificate")),
        Column(gettext("State")),
        Column(gettext("Plan")),
        Column(gettext("Period of insurance")),
        Column(gettext("Premium"), amount=True),
        Column(gettext("Our share"), amount=True),
    ]


def certificate_rows(
    share: CoinsuranceShare, versions: Sequence[CertificateVersion], today: date
) -> list[TableRow]:
    """A row for each certificate's latest version."""
    shares = share.master.shares_in_order
    return [
        _row(
            version,
            share.master.product,
            split_yen(version.premium, shares, SHARES_TOTAL)[share.insurer.code],
            today,
        )
        for version in versions
    ]


def _row(version: CertificateVersion, product: str, part: int, today: date) -> TableRow:
    state = state_of(version, today)
    period = civil_days(version.inception, version.expiry)
    return TableRow(
        (
            Cell(version.certificate.number),
            Cell(str(state.label), state=CERTIFICATE_MARKS[state]),
            Cell(say(plan_limits(product, version.plan).title)),
            Cell(gettext("Cover never begins") if version.cancelled else period),
            Cell(yen=version.premium),
            Cell(yen=part),
        )
    )

"""What each document shows. Whoever makes a sheet has worked out every value; a sheet is a value.

Texts are in the sheet's language, amounts are whole yen, days are Japan's. A sheet that contradicts
itself cannot be made: ``ValueError`` names the fields.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import ClassVar, Literal

Language = Literal["ja", "en"]


class DocumentKind(StrEnum):
    """The kinds of documents; the word stands in the database and in file names."""

    CERTIFICATE = "certificate"
    ENGLISH_CERTIFICATE = "english-certificate"
    PREMIUM_RECEIPT = "premium-receipt"
    REFUND_NOTE = "refund-note"


class Sum(Enum):
    """What stands in place of an amount."""

    UNLIMITED = "unlimited"
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class SumInsured:
    """A line of the table of sums. ``basis``: per event, per policy period; empty: not said.

    ``english`` stands small below a Japanese name, for a hospital abroad.
    """

    name: str
    amount: int | Sum
    basis: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An agency or a branch. What is empty is not shown."""

    name: str
    unit: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class DeskPhone:
    """The free number of one country or region, as it is dialled there (003 l.496-530)."""

    place: str
    number: str


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """The desk that answers day and night. ``number`` with Japan's code; ``free`` by destination.

    ``hours`` and ``languages`` are said as a caller wants to know them: "24 hours, every day".
    ``number_note`` says how the number is dialled, and that a collect call is taken.
    """

    name: str
    number: str
    hours: str
    languages: str
    number_note: str = ""
    free: tuple[DeskPhone, ...] = ()
    chat_url: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A rider or a service that belongs to the cover, with what it does in a few words."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Insured:
    """The insured person. ``name_roman`` as in the passport, family name first."""

    name: str
    name_kana: str
    name_roman: str
    birth_date: date
    university: str = ""
    student_number: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """00:00 of the first day to 24:00 of the last, Japan time. ``length``: the tariff's band."""

    first_day: date
    last_day: date
    length: str = ""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("last_day is before first_day: a period has at least one day")


@dataclass(frozen=True, slots=True)
class Panel:
    """The insurers of the contract: the lead first, then the others in the order of the contract.

    ``shares_from``: who tells their shares, which no document shows (003 l.133-139).
    """

    lead: str
    others: tuple[str, ...] = ()
    shares_from: str = ""


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """被保険者証: what the student prints and carries (003 l.56).

    ``version_from`` is the day from which this version holds. ``check_url`` is the address in the
    QR code, where anyone with the certificate in hand learns whether it is valid.
    """

    kind: ClassVar = DocumentKind.CERTIFICATE

    language: Language
    certificate_number: str
    version: int
    version_from: date
    issued_on: date
    product: str
    plan: str
    policyholder: str
    insured: Insured
    period: Period
    sums: tuple[SumInsured, ...]
    premium: int
    panel: Panel
    desk: HelpDesk
    agency: Contact
    branch: Contact
    check_url: str
    guide_url: str = ""
    destinations: tuple[str, ...] = ()
    riders: tuple[Service, ...] = ()
    services: tuple[Service, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the insurers, and where; without a name or title, a line to sign on."""

    company: str
    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class EnglishCertificate:
    """付保証明書: proof of cover for a school or a visa, in English (004 l.1267).

    ``addressee`` may be empty ("To whom it may concern"). ``medical`` is the sum of medical and
    rescue expenses; ``repatriation`` says in a sentence what the cover pays of the way home.
    """

    kind: ClassVar = DocumentKind.ENGLISH_CERTIFICATE

    certificate_number: str
    version: int
    issued_on: date
    product: str
    plan: str
    policyholder: str
    insured: Insured
    period: Period
    medical: int | Sum
    repatriation: str
    sums: tuple[SumInsured, ...]
    panel: Panel
    desk: HelpDesk
    contact: Contact
    signatory: Signatory
    check_url: str
    addressee: str = ""
    destinations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    language: Language = field(default="en")

    def __post_init__(self) -> None:
        if self.language != "en":
            raise ValueError("language of an English certificate is en")


@dataclass(frozen=True, slots=True)
class PremiumLine:
    """One premium in a receipt: what for, and how much."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class PremiumReceipt:
    """保険料領収証. ``total`` is the sum of ``lines``; ``method`` says how it was paid."""

    kind: ClassVar = DocumentKind.PREMIUM_RECEIPT

    language: Language
    receipt_number: str
    issued_on: date
    received_on: date
    payer: str
    certificate_number: str
    product: str
    plan: str
    policyholder: str
    insured_name: str
    period: Period
    lines: tuple[PremiumLine, ...]
    total: int
    method: str
    panel: Panel
    agency: Contact
    branch: Contact
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.total != sum(line.amount for line in self.lines):
            raise ValueError("total is not the sum of lines")


@dataclass(frozen=True, slots=True)
class RefundNote:
    """返還保険料のお知らせ: what comes back, worked out in front of the reader's eyes.

    ``reason``: why (cancelled, shortened). ``period`` is the cover that was paid,
    ``covered`` the time for which the premium stays with the insurers; None if there is none or
    it needs no naming. With nothing ``kept`` and nothing ``covered``, cover never began.
    ``returned`` = ``paid`` − ``kept``, and never below 0. ``method`` and ``arrival`` say how and
    when it is paid back.
    """

    kind: ClassVar = DocumentKind.REFUND_NOTE

    language: Language
    note_number: str
    issued_on: date
    recipient: str
    certificate_number: str
    product: str
    plan: str
    policyholder: str
    insured_name: str
    reason: str
    effective_on: date
    period: Period
    covered: Period | None
    paid: int
    kept: int
    returned: int
    method: str
    arrival: str
    panel: Panel
    agency: Contact
    branch: Contact
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.returned != max(0, self.paid - self.kept):
            raise ValueError("returned is not paid − kept, or 0 where more is kept than was paid")


Sheet = CertificateSheet | EnglishCertificate | PremiumReceipt | RefundNote

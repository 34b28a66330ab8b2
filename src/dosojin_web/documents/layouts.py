"""A sheet as the template takes it: every line worded, every figure written out.

The template places what it finds here and works nothing out. Pairs are ``[label, small label,
value]``; what a sheet leaves empty is not in the list.
"""

from typing import Any

import segno

from .kinds import (
    CertificateSheet,
    Contact,
    EnglishCertificate,
    HelpDesk,
    Insured,
    Panel,
    Period,
    PremiumReceipt,
    RefundNote,
    Service,
    Sheet,
    Sum,
    SumInsured,
)
from .shown_values import Words, plain_english_day, words_of

MASK = 3
Layout = dict[str, Any]
Pairs = list[list[str]]


def lay_out(sheet: Sheet) -> Layout:
    """What the template of the sheet's kind places, as JSON can carry it."""
    words = words_of(sheet.kind, sheet.language)
    match sheet:
        case CertificateSheet():
            laid_out = _certificate(sheet, words)
        case EnglishCertificate():
            laid_out = _english_certificate(sheet, words)
        case PremiumReceipt():
            laid_out = _receipt(sheet, words)
        case RefundNote():
            laid_out = _refund(sheet, words)
    return {
        "language": sheet.language,
        "author": sheet.panel.lead,
        "title": words["title"],
        "page": words["page"],
        "issued_on": words.fill("issued_on", day=words.day(sheet.issued_on)),
        **laid_out,
    }


def draw_code(address: str) -> str:
    """The QR code of an address as SVG, four modules of quiet zone kept by the template.

    The code says itself by which mask it was written, so that every reader reads every mask. To
    compare all eight and take the evenest takes four times as long as all the rest.
    """
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return code.svg_inline(border=0, omitsize=True)


def _pairs(*found: tuple[str, str, str]) -> Pairs:
    return [list(pair) for pair in found if pair[2]]


def _panel(panel: Panel, words: Words) -> Layout:
    """Who underwrites, who acts, and that each answers for its own share (003 l.133-139)."""
    if not panel.others:
        return {"text": words.fill("panel_one", lead=panel.lead), "insurers": ""}
    text = words.fill("panel_many", lead=panel.lead, count=len(panel.others) + 1)
    if panel.shares_from:
        gap = "" if words.language == "ja" else " "
        text += gap + words.fill("panel_shares", shares_from=panel.shares_from)
    lead = (
        f"{panel.lead}（{words['lead']}）"
        if words.language == "ja"
        else f"{panel.lead} ({words['lead']})"
    )
    return {
        "text": text,
        "label": words["insurers"],
        "insurers": words.join((lead, *panel.others)),
    }


def _contact(label: str, contact: Contact, words: Words) -> Layout:
    reached = [
        f"{words[name]} {value}"
        for name, value in (
            ("phone", contact.phone),
            ("fax", contact.fax),
            ("email", contact.email),
        )
        if value
    ]
    return {
        "label": label,
        "name": contact.name,
        "unit": contact.unit,
        "address": contact.address,
        "reached": reached,
        "hours": contact.hours,
    }


def _contacts(sheet: CertificateSheet | PremiumReceipt | RefundNote, words: Words) -> list[Layout]:
    return [
        _contact(words["agency"], sheet.agency, words),
        _contact(words["branch"], sheet.branch, words),
    ]


def _desk(desk: HelpDesk) -> Layout:
    return {
        "name": desk.name,
        "number": desk.number,
        "note": desk.number_note,
        "when": [text for text in (desk.hours, desk.languages) if text],
        "free": [[phone.place, phone.number] for phone in desk.free],
        "chat": desk.chat_url,
    }


def _sums(sums: tuple[SumInsured, ...], words: Words) -> list[Layout]:
    return [
        {
            "name": line.name,
            "english": line.english if words.language == "ja" else "",
            "basis": line.basis,
            "amount": words.sum(line.amount),
            "is_word": isinstance(line.amount, Sum),
        }
        for line in sums
    ]


def _services(services: tuple[Service, ...]) -> list[list[str]]:
    return [[service.name, service.about] for service in services]


def _period(period: Period, words: Words) -> Layout:
    return {
        "first_day": words.day(period.first_day),
        "last_day": words.day(period.last_day),
        "begins": words["begins"],
        "ends": words["ends"],
        "zone": words["time_zone"],
        "length": period.length,
        "english": f"{plain_english_day(period.first_day)}, 00:00 – "
        f"{plain_english_day(period.last_day)}, 24:00 (Japan time)",
    }


def _period_line(period: Period, words: Words) -> str:
    """A period within a sentence or a table."""
    if words.language == "ja":
        length = f"、{period.length}" if period.length else ""
        return f"{words.day(period.first_day)}〜{words.day(period.last_day)}{length}"
    length = f", {period.length}" if period.length else ""
    return f"{words.day(period.first_day)} – {words.day(period.last_day)}{length}"


def _names(insured: Insured, words: Words) -> Layout:
    """The name as the reader reads it, large; the others above and below it."""
    if words.language == "ja":
        return {"above": insured.name_kana, "main": insured.name, "below": insured.name_roman}
    return {"above": "", "main": insured.name_roman, "below": insured.name}


def _check(sheet: CertificateSheet | EnglishCertificate, label: list[str]) -> Layout:
    """The QR code, with what it is for and the address to type."""
    return {"check": label, "check_url": sheet.check_url, "code": draw_code(sheet.check_url)}


def _labelled(words: Words, name: str, value: str) -> tuple[str, str, str]:
    return words[name], words[f"{name}_other"], value


def _certificate(sheet: CertificateSheet, words: Words) -> Layout:
    insured = sheet.insured
    return {
        "title_other": words["title_other"],
        "product": sheet.product,
        "number": [words["number"], words["number_other"], sheet.certificate_number],
        "version": words.fill(
            "version", version=sheet.version, day=words.birthday(sheet.version_from)
        ),
        "insured": [words["insured"], words["insured_other"]],
        "names": _names(insured, words),
        "person": _pairs(
            _labelled(words, "birth_date", words.birthday(insured.birth_date)),
            _labelled(words, "university", insured.university),
            _labelled(words, "student_number", insured.student_number),
        ),
        "contract": _pairs(
            _labelled(words, "plan", sheet.plan),
            _labelled(words, "premium", words.yen(sheet.premium)),
            _labelled(words, "destinations", words.join(sheet.destinations)),
            _labelled(words, "policyholder", sheet.policyholder),
        ),
        **_certificate_cover(sheet, words),
        **_certificate_help(sheet, words),
        "panel": _panel(sheet.panel, words),
        "contacts": _contacts(sheet, words),
        **_check(sheet, [words["check"], words["check_other"]]),
        "carry": words["carry"],
        "running": f"{words['title']} {sheet.certificate_number}",
    }


def _certificate_cover(sheet: CertificateSheet, words: Words) -> Layout:
    return {
        "period_label": [words["period"], words["period_other"]],
        "period": _period(sheet.period, words),
        "period_note": words["period_note"],
        "sums_label": [words["sums"], words["sums_other"]],
        "sums": _sums(sheet.sums, words),
        "riders_label": words["riders"],
        "riders": _services(sheet.riders),
        "services_label": words["services"],
        "services": _services(sheet.services),
        "notes_label": words["notes"],
        "notes": list(sheet.notes),
    }


def _certificate_help(sheet: CertificateSheet, words: Words) -> Layout:
    """What to do when something happens."""
    return {
        "desk_title": [words["desk_title"], words["desk_title_other"]],
        "desk_free": words["desk_free"],
        "desk_chat": words["desk_chat"],
        "desk": _desk(sheet.desk),
        "steps": words.lines("steps"),
        "guide_label": words["guide"],
        "guide": sheet.guide_url,
    }


def _english_period(period: Period, words: Words) -> str:
    return words.fill(
        "period_between",
        first_day=plain_english_day(period.first_day),
        last_day=plain_english_day(period.last_day),
    )


def _medical(amount: int | Sum, words: Words) -> Layout:
    unlimited = amount is Sum.UNLIMITED
    return {
        "label": words["medical"],
        "basis": words["medical_other"],
        "amount": words["medical_unlimited"] if unlimited else words.sum(amount),
        "about": words["medical_unlimited_about"] if unlimited else "",
    }


def _signatory(sheet: EnglishCertificate, words: Words) -> Layout:
    signatory, day = sheet.signatory, plain_english_day(sheet.issued_on)
    return {
        "place": words.fill("place_and_day", place=signatory.place, day=day),
        "behalf": words["on_behalf"],
        "company": signatory.company,
        "person": [text for text in (signatory.name, signatory.title) if text],
        "label": words["signature"],
    }


def _english_certificate(sheet: EnglishCertificate, words: Words) -> Layout:
    insured = sheet.insured
    return {
        "lead": sheet.panel.lead,
        "number": [words["certificate_number"], sheet.certificate_number],
        "addressee": sheet.addressee or words["to_nobody"],
        "intro": words["intro"],
        "person": _pairs(
            (words["name"], "", insured.name_roman),
            (words["birth_date"], "", words.birthday(insured.birth_date)),
            (words["university"], "", insured.university),
        ),
        "contract": _pairs(
            (words["policy"], "", f"{sheet.product}, {sheet.plan}"),
            (words["policyholder"], "", sheet.policyholder),
            (words["period"], "", _english_period(sheet.period, words)),
            (words["territory"], "", words["territory_text"]),
            (words["destinations"], "", words.join(sheet.destinations)),
        ),
        "medical": _medical(sheet.medical, words),
        "repatriation": [words["repatriation"], sheet.repatriation],
        "currency": [words["currency"], words["currency_text"]],
        "sums_label": words["sums"],
        "sums": _sums(sheet.sums, words),
        "desk_label": words["desk"],
        "desk": _desk(sheet.desk),
        "contact": _contact(words["contact"], sheet.contact, words),
        "notes_label": words["notes"],
        "notes": [*sheet.notes, words["conditions"]],
        "panel": _panel(sheet.panel, words),
        "signatory": _signatory(sheet, words),
        **_check(sheet, [words["check"], ""]),
        "running": f"{words['title']} {sheet.certificate_number}",
    }


def _letter(sheet: PremiumReceipt | RefundNote, number: str, words: Words) -> Layout:
    """What a receipt and a refund note share."""
    return {
        "number": [words["number"], number],
        "panel": _panel(sheet.panel, words),
        "contacts": _contacts(sheet, words),
        "notes_label": words["notes"],
        "notes": list(sheet.notes),
        "sender": sheet.panel.lead,
        "running": f"{words['title']} {number}",
    }


def _contract(sheet: PremiumReceipt | RefundNote, words: Words) -> tuple[tuple[str, str, str], ...]:
    return (
        (words["certificate_number"], "", sheet.certificate_number),
        (words["product"], "", f"{sheet.product}{words['separator']}{sheet.plan}"),
        (words["policyholder"], "", sheet.policyholder),
        (words["insured"], "", sheet.insured_name),
        (words["period"], "", _period_line(sheet.period, words)),
    )


def _receipt(sheet: PremiumReceipt, words: Words) -> Layout:
    return {
        **_letter(sheet, sheet.receipt_number, words),
        "recipient": words.fill("to_name", name=sheet.payer),
        "intro": words["intro"],
        "amount": [words["total"], words.yen(sheet.total)],
        "facts": _pairs(
            (words["received_on"], "", words.day(sheet.received_on)),
            (words["method"], "", sheet.method),
            *_contract(sheet, words),
        ),
        "table_heads": [words["breakdown"], words["breakdown_amount"]],
        "table": [["", line.name, "", words.yen(line.amount)] for line in sheet.lines],
        "table_total": ["", words["sum"], words.yen(sheet.total)],
        "remark": "",
        "payout": [],
    }


def _refund(sheet: RefundNote, words: Words) -> Layout:
    covered = sheet.covered
    kept = words["kept"] if covered or sheet.kept else words["kept_nothing"]
    intro = "intro" if sheet.returned else "intro_nothing"
    return {
        **_letter(sheet, sheet.note_number, words),
        "recipient": words.fill("to_name", name=sheet.recipient),
        "intro": words.fill(intro, reason=sheet.reason),
        "amount": [words["returned"], words.yen(sheet.returned)],
        "facts": _pairs(
            (words["reason"], "", sheet.reason),
            (words["effective_on"], "", words.day(sheet.effective_on)),
            *_contract(sheet, words),
        ),
        "table_heads": [words["working"], words["working_amount"]],
        "table": [
            ["", words["paid"], _period_line(sheet.period, words), words.yen(sheet.paid)],
            ["−", kept, _period_line(covered, words) if covered else "", words.yen(sheet.kept)],
        ],
        "table_total": ["=", words["difference"], words.yen(sheet.returned)],
        "remark": "" if sheet.paid > sheet.kept else words["floor"],
        "payout": _pairs((words["method"], "", sheet.method), (words["arrival"], "", sheet.arrival))
        if sheet.returned
        else [],
    }

"""What the documents of a certificate show, worked out from its records.

In:  a certificate, one of its versions, a language.
Out: sheets as ``documents`` prints them, every value in them ready.
Never: a layout, or a value that stands in no record and no file of the edition.
"""

from datetime import date

from babel import Locale
from django.utils.translation import gettext, override

from dosojin_web.directory.mapping import list_contacts
from dosojin_web.documents.kinds import (
    CertificateSheet,
    Contact,
    DeskPhone,
    DocumentKind,
    EnglishCertificate,
    HelpDesk,
    Insured,
    Language,
    Panel,
    Period,
    PremiumLine,
    PremiumReceipt,
    RefundNote,
    Service,
    Signatory,
    Sum,
    SumInsured,
)
from dosojin_web.documents.shown_values import words_of

from .letters import site_address
from .mapping import (
    Refusal,
    SumKind,
    desk_of,
    guide_address,
    list_riders,
    plan_limits,
    product_titles,
)
from .models import Certificate, CertificateVersion, MasterPolicy
from .plan_stretches import Stretch, list_stretches
from .tariff_plan import quote_in_pair

MEDICAL = "medical_rescue"


def country_name(code: str, language: str) -> str:
    """The country's name as people know it; the code where there is none."""
    return str(Locale(language).territories.get(code, code))


def certificate_sheet(
    certificate: Certificate, version: CertificateVersion, language: Language, issued_on: date
) -> CertificateSheet:
    """被保険者証 of ``version``."""
    master, stretches = certificate.master, _stretches(certificate, version)
    plan = stretches[-1].plan
    with override(language):
        return CertificateSheet(
            language=language,
            certificate_number=certificate.number,
            version=version.number,
            version_from=version.effective_from,
            issued_on=issued_on,
            product=_product(master, language),
            plan=plan_limits(master.product, plan).title.in_(language),
            policyholder=master.policyholder.name,
            insured=_insured(certificate, language),
            period=_period(master, version, language),
            sums=_sums(master.product, plan, language),
            premium=version.premium,
            panel=_panel(master),
            desk=_desk(certificate, language),
            agency=_contact(master, "agency", language),
            branch=_contact(master, "insurer_branch", language),
            check_url=check_address(certificate),
            guide_url=guide_address(master.product),
            destinations=(country_name(certificate.application.country, language),),
            riders=_riders(master.product, version, plan, language),
            services=_services(),
            notes=(*plan_notes(master.product, stretches, language), *_notes(version)),
        )


def english_certificate(
    certificate: Certificate, version: CertificateVersion, issued_on: date, addressee: str = ""
) -> EnglishCertificate:
    """付保証明書 for a school or a visa."""
    master, stretches = certificate.master, _stretches(certificate, version)
    plan = stretches[-1].plan
    with override("en"):
        sums = _sums(master.product, plan, "en")
        titles = {
            insured.benefit: insured.title.en for insured in plan_limits(master.product, plan).sums
        }
        medical = next(line for line in sums if line.name == titles[MEDICAL])
        panel = _panel(master)
        branch = _contact(master, "insurer_branch", "en")
        assert not isinstance(medical.amount, Sum) or medical.amount is Sum.UNLIMITED
        return EnglishCertificate(
            certificate_number=certificate.number,
            version=version.number,
            issued_on=issued_on,
            product=_product(master, "en"),
            plan=plan_limits(master.product, plan).title.en,
            policyholder=master.policyholder.name_en,
            insured=_insured(certificate, "en"),
            period=_period(master, version, "en"),
            medical=medical.amount,
            repatriation=gettext(
                "Transport of the patient home and return of mortal remains are included in the "
                "medical and rescue expenses."
            ),
            sums=tuple(line for line in sums if line is not medical),
            panel=panel,
            desk=_desk(certificate, "en"),
            contact=branch,
            signatory=Signatory(panel.lead, "", gettext("for the insurers"), gettext("Japan")),
            check_url=check_address(certificate),
            addressee=addressee,
            destinations=(country_name(certificate.application.country, "en"),),
            notes=plan_notes(master.product, stretches, "en"),
        )


def premium_receipt(
    certificate: Certificate,
    version: CertificateVersion,
    language: Language,
    received_on: date,
    method: str,
) -> PremiumReceipt:
    """保険料領収証 for the premium that ``version`` brought."""
    master = certificate.master
    with override(language):
        name = certificate.member.person.full_name(language)
        is_first = version.number == 1
        loading = version.loading
        if not is_first:
            loading -= certificate.versions.get(number=version.number - 1).loading
        what = gettext("Premium") if is_first else gettext("Additional premium")
        lines = [PremiumLine(what, version.premium_change - loading)]
        if loading:
            lines.append(PremiumLine(gettext("Loading"), loading))
        return PremiumReceipt(
            language=language,
            receipt_number=f"{certificate.number}-R{version.number}",
            issued_on=received_on,
            received_on=received_on,
            payer=name,
            certificate_number=certificate.number,
            product=_product(master, language),
            plan=plan_limits(master.product, version.plan).title.in_(language),
            policyholder=master.policyholder.name,
            insured_name=name,
            period=_period(master, version, language),
            lines=tuple(lines),
            total=version.premium_change,
            method=method,
            panel=_panel(master),
            agency=_contact(master, "agency", language),
            branch=_contact(master, "insurer_branch", language),
        )


def refund_note(
    certificate: Certificate,
    before: CertificateVersion,
    after: CertificateVersion,
    language: Language,
    issued_on: date,
) -> RefundNote:
    """返還保険料のお知らせ for the step from ``before`` to ``after``."""
    master = certificate.master
    with override(language):
        name = certificate.member.person.full_name(language)
        return RefundNote(
            language=language,
            note_number=f"{certificate.number}-H{after.number}",
            issued_on=issued_on,
            recipient=name,
            certificate_number=certificate.number,
            product=_product(master, language),
            plan=plan_limits(master.product, before.plan).title.in_(language),
            policyholder=master.policyholder.name,
            insured_name=name,
            reason=str(after.get_kind_display()),
            effective_on=after.effective_from,
            period=_period(master, before, language),
            covered=None if after.cancelled else _covered(master, before, after, language),
            paid=before.premium,
            kept=after.premium,
            returned=before.premium - after.premium,
            method=gettext("To the card with which the premium was paid; else by bank transfer."),
            arrival=gettext(
                "The card company decides when it is shown, usually within one or two months."
            ),
            panel=_panel(master),
            agency=_contact(master, "agency", language),
            branch=_contact(master, "insurer_branch", language),
        )


def check_address(certificate: Certificate) -> str:
    """The address in the QR code."""
    return site_address("policies:check", certificate.check_token)


def plan_notes(product: str, stretches: tuple[Stretch, ...], language: Language) -> tuple[str, ...]:
    """For each earlier plan, until when it holds and what it insures otherwise than the last.

    The language that is active has to be ``language``.
    """
    last = stretches[-1]
    return tuple(_plan_note(product, stretch, last, language) for stretch in stretches[:-1])


def _product(master: MasterPolicy, language: Language) -> str:
    titles = {title.product: title.title for title in product_titles()}
    return titles[master.product].in_(language)


def _insured(certificate: Certificate, language: Language) -> Insured:
    member, person = certificate.member, certificate.member.person
    assert person.birth_date is not None, "nobody enrols without a date of birth"
    return Insured(
        name=person.full_name("ja"),
        name_kana=f"{person.family_name_kana} {person.given_name_kana}".strip(),
        name_roman=f"{person.family_name_roman} {person.given_name_roman}".strip(),
        birth_date=person.birth_date,
        university=member.university.name_ja if language == "ja" else member.university.name_en,
        student_number=member.student_number,
    )


def _period(master: MasterPolicy, version: CertificateVersion, language: Language) -> Period:
    offer = quote_in_pair(master.product, version.plan, version.inception, version.expiry)
    return Period(version.inception, version.expiry, offer.band.in_(language))


def _covered(
    master: MasterPolicy,
    before: CertificateVersion,
    after: CertificateVersion,
    language: Language,
) -> Period:
    """The time for which premium is kept, with the band of the plan that takes it."""
    try:
        offer = quote_in_pair(master.product, before.plan, before.inception, after.expiry)
    except Refusal:
        return Period(before.inception, after.expiry)
    return Period(before.inception, after.expiry, offer.band.in_(language))


def _sums(product: str, plan: str, language: Language) -> tuple[SumInsured, ...]:
    def amount(kind: SumKind, yen: int | None) -> int | Sum:
        if kind is SumKind.UNLIMITED:
            return Sum.UNLIMITED
        return Sum.INCLUDED if yen is None else yen

    return tuple(
        SumInsured(
            name=insured.title.in_(language),
            amount=amount(insured.kind, insured.amount),
            english=insured.title.en if language == "ja" else "",
        )
        for insured in plan_limits(product, plan).sums
    )


def _panel(master: MasterPolicy) -> Panel:
    shares = master.shares.select_related("insurer").order_by("place")
    lead, *others = [share.insurer.name for share in shares]
    return Panel(lead, tuple(others), master.policyholder.name)


def _desk(certificate: Certificate, language: Language) -> HelpDesk:
    desk = desk_of(certificate.master.product)
    assert desk is not None, "an edition that is sold names its desk"
    country = certificate.application.country
    return HelpDesk(
        name=desk.name.in_(language),
        number=f"+{desk.number}",
        hours=desk.hours.in_(language),
        languages=desk.languages.in_(language),
        number_note=desk.note.in_(language),
        free=tuple(
            DeskPhone(
                number.part.in_(language) if number.part else country_name(country, language),
                number.number,
            )
            for number in desk.free_in(country)
        ),
    )


def _contact(master: MasterPolicy, id: str, language: Language) -> Contact:
    found = {contact.id: contact for contact in list_contacts(master.product, language)}[id]
    return Contact(
        name=found.name,
        address=found.place,
        phone=_as_dialled(found.telephone, language),
        fax=_as_dialled(found.fax, language),
        email=found.mail,
    )


def _as_dialled(number: str, language: Language) -> str:
    """A Japanese number for a reader abroad: with the country's code, without the first 0."""
    return f"+81-{number.removeprefix('0')}" if number and language == "en" else number


def _stretches(certificate: Certificate, version: CertificateVersion) -> tuple[Stretch, ...]:
    until = certificate.versions.filter(number__lte=version.number)
    return list_stretches(list(until.order_by("number")))


def _plan_note(product: str, old: Stretch, new: Stretch, language: Language) -> str:
    said = words_of(DocumentKind.CERTIFICATE, language)
    titles = [plan_limits(product, each.plan).title.in_(language) for each in (old, new)]
    had, has = (_sums(product, each.plan, language) for each in (old, new))
    names = {line.name for line in had}
    values = {
        "old": titles[0],
        "new": titles[1],
        "last": said.day(old.last_day),
        "first": said.day(new.first_day),
        "own": said.join(
            tuple(
                gettext("%(benefit)s (%(sum)s)")
                % {"benefit": line.name, "sum": said.sum(line.amount)}
                for line in had
                if line not in has
            )
        ),
        "lacks": said.join(tuple(line.name for line in has if line.name not in names)),
    }
    sentences = [
        gettext(
            "%(old)s holds until %(last)s; the sums shown are those of %(new)s, from %(first)s."
        )
    ]
    if values["own"]:
        sentences.append(gettext("Insured in %(old)s only: %(own)s."))
    if values["lacks"]:
        sentences.append(gettext("Not insured in %(old)s: %(lacks)s."))
    return ("" if language == "ja" else " ").join(sentences) % values


def _riders(
    product: str, version: CertificateVersion, plan: str, language: Language
) -> tuple[Service, ...]:
    held = [
        rider
        for rider in list_riders(product)
        if rider.rider in version.riders or plan in rider.plans
    ]
    return tuple(Service(rider.title.in_(language)) for rider in held)


def _services() -> tuple[Service, ...]:
    """Every published premium comes with it (003 l.69)."""
    return (Service(gettext("Travel Protect")),)


def _notes(version: CertificateVersion) -> tuple[str, ...]:
    notes = []
    if "disability_grade_limit" in version.riders:
        notes.append(gettext("Permanent disability is paid for grades 1 to 3 only."))
    if "special_hazard" in version.riders:
        notes.append(gettext("The dangerous sports that were disclosed are covered."))
    if version.loading:
        notes.append(gettext("The premium includes a loading."))
    return tuple(notes)

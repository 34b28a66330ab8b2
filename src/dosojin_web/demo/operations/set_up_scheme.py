"""The organisations of the demonstration and the contract between them.

Policyholder, agency and insurers are those that the flyer names (003 l.133-165). The universities
are made up, and so are the shares: the flyer says to ask the policyholder for them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import MasterPolicy
from dosojin_web.policies.operations import set_up_scheme as policies
from dosojin_web.policies.scheme_file import (
    ContractEntry,
    OrganisationEntry,
    SchemeFile,
    ShareEntry,
)

UNIVERSITIES = (
    ("hokurei", "北嶺大学", "Hokurei University"),
    ("shiomi", "潮見外国語大学", "Shiomi University of Foreign Studies"),
    ("joto", "城東工科大学", "Joto Institute of Technology"),
)
INSURERS = (
    ("tokiomarine", "東京海上日動火災保険株式会社", "Tokio Marine & Nichido Fire Insurance", "50"),
    ("aioi", "あいおいニッセイ同和損害保険株式会社", "Aioi Nissay Dowa Insurance", "20"),
    ("sompo", "損害保険ジャパン株式会社", "Sompo Japan Insurance", "17.5"),
    ("mitsui", "三井住友海上火災保険株式会社", "Mitsui Sumitomo Insurance", "12.5"),
)
POLICYHOLDER = OrganisationEntry(
    kind=OrganisationKind.POLICYHOLDER,
    code="jees",
    name_ja="公益財団法人日本国際教育支援協会",
    name_en="Japan Educational Exchanges and Services",
)
AGENCY = OrganisationEntry(
    kind=OrganisationKind.AGENCY,
    code="kyoeki",
    name_ja="共益商事株式会社",
    name_en="Kyoeki Shoji Co., Ltd.",
)
PRODUCT = "gakkensai-2026"
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Who takes part, and the contract."""

    master: MasterPolicy
    universities: tuple[Organisation, ...]
    insurers: tuple[Organisation, ...]

    @property
    def policyholder(self) -> Organisation:
        """Whose right it is to change and to cancel."""
        return self.master.policyholder

    @property
    def agency(self) -> Organisation:
        """Who does the work."""
        return self.master.agency


def set_up_scheme(first_inception: date, last_inception: date) -> Scheme:
    """The scheme, made on the morning of ``first_inception``; calling again returns it."""
    described = describe_scheme(first_inception, last_inception)
    made_at = datetime.combine(first_inception, MORNING, JAPAN)
    master = policies.set_up_scheme(described, SYSTEM, made_at)
    known = {held.code: held for held in Organisation.objects.all()}
    return Scheme(
        master,
        tuple(known[code] for code, *_ in UNIVERSITIES),
        tuple(known[code] for code, *_ in INSURERS),
    )


def describe_scheme(first_inception: date, last_inception: date) -> SchemeFile:
    """What a file of this scheme would say."""
    universities = [
        OrganisationEntry(
            kind=OrganisationKind.UNIVERSITY, code=code, name_ja=ja, name_en=en,
            in_gakkensai=True, has_adopted=True,
        )
        for code, ja, en in UNIVERSITIES
    ]  # fmt: skip
    insurers = [
        OrganisationEntry(kind=OrganisationKind.INSURER, code=code, name_ja=ja, name_en=en)
        for code, ja, en, _ in INSURERS
    ]
    contract = ContractEntry(
        code=PRODUCT,
        number="G26",
        product=PRODUCT,
        policyholder=POLICYHOLDER.code,
        agency=AGENCY.code,
        first_inception=first_inception,
        last_inception=last_inception,
    )
    return SchemeFile(
        contract=contract,
        organisation=(*universities, POLICYHOLDER, AGENCY, *insurers),
        share=tuple(ShareEntry(insurer=code, percent=Decimal(each)) for code, *_, each in INSURERS),
    )

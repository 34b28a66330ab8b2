"""The organisations of the demonstration and the contract between them.

Policyholder, agency and insurers are those that the flyer names (003 l.133-165). The universities
are made up, and so are the shares: the flyer says to ask the policyholder for them.
"""

from dataclasses import dataclass
from datetime import date

from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.policies.models import CoinsuranceShare, MasterPolicy

UNIVERSITIES = (
    ("hokurei", "北嶺大学", "Hokurei University"),
    ("shiomi", "潮見外国語大学", "Shiomi University of Foreign Studies"),
    ("joto", "城東工科大学", "Joto Institute of Technology"),
)
INSURERS = (
    ("tokiomarine", "東京海上日動火災保険株式会社", "Tokio Marine & Nichido Fire Insurance", 5000),
    ("aioi", "あいおいニッセイ同和損害保険株式会社", "Aioi Nissay Dowa Insurance", 2000),
    ("sompo", "損害保険ジャパン株式会社", "Sompo Japan Insurance", 1750),
    ("mitsui", "三井住友海上火災保険株式会社", "Mitsui Sumitomo Insurance", 1250),
)
PRODUCT = "gakkensai-2026"


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
    """The scheme; calling again returns it."""
    universities = tuple(
        _organisation(OrganisationKind.UNIVERSITY, code, ja, en, adopted=True)
        for code, ja, en in UNIVERSITIES
    )
    policyholder = _organisation(
        OrganisationKind.POLICYHOLDER,
        "jees",
        "公益財団法人日本国際教育支援協会",
        "Japan Educational Exchanges and Services",
    )
    agency = _organisation(
        OrganisationKind.AGENCY, "kyoeki", "共益商事株式会社", "Kyoeki Shoji Co., Ltd."
    )
    insurers = tuple(
        _organisation(OrganisationKind.INSURER, code, ja, en) for code, ja, en, _ in INSURERS
    )
    master, _ = MasterPolicy.objects.get_or_create(
        code=PRODUCT,
        defaults={
            "number": "G26",
            "product": PRODUCT,
            "policyholder": policyholder,
            "agency": agency,
            "first_inception": first_inception,
            "last_inception": last_inception,
        },
    )
    for place, (insurer, entry) in enumerate(zip(insurers, INSURERS, strict=True)):
        if not CoinsuranceShare.objects.filter(master=master, insurer=insurer).exists():
            CoinsuranceShare.objects.create(
                master=master, insurer=insurer, share=entry[3], place=place
            )
    return Scheme(master, universities, insurers)


def _organisation(
    kind: OrganisationKind, code: str, name_ja: str, name_en: str, adopted: bool = False
) -> Organisation:
    made, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name_ja": name_ja,
            "name_en": name_en,
            "in_gakkensai": adopted,
            "has_adopted": adopted,
        },
    )
    return made

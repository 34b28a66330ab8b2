"""Specimens: a sheet of each kind with made-up persons, for tests, the bench and a look at print.

Firms, numbers and hours are those of the flyer of 2026 (003 l.137-165, 496-610).
"""

from dataclasses import replace
from datetime import date

from .kinds import (
    CertificateSheet,
    Contact,
    DeskPhone,
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
    Sheet,
    Signatory,
    Sum,
    SumInsured,
)

CHECK_URL = "https://certificates.example/check/7Qm4xV9tKc2w"
GUIDE_URL = "https://www.tokiomarine-nichido.co.jp/service/travel/kaigai/guide/2607/"
CHAT_URL = "https://www.intac-net.co.jp/line/tm/#1"
NUMBER = "+81-3-6758-2460"
PERIOD = Period(date(2026, 9, 1), date(2027, 2, 28))

SUMS = {
    "ja": (
        SumInsured("傷害死亡", 10_000_000, "", "Accidental death"),
        SumInsured("傷害後遺障害", 10_000_000, "保険期間中", "Accidental permanent disability"),
        SumInsured(
            "治療・救援費用", Sum.UNLIMITED, "1回の事故につき", "Medical and rescue expenses"
        ),
        SumInsured("疾病死亡", 10_000_000, "", "Sickness death"),
        SumInsured("携行品損害", 200_000, "保険期間中", "Personal effects"),
        SumInsured("留学生賠償責任", 100_000_000, "1回の事故につき", "Student's liability"),
        SumInsured("航空機寄託手荷物遅延等費用", 30_000, "1回の事故につき", "Baggage delay"),
        SumInsured("航空機遅延費用", Sum.INCLUDED, "", "Flight delay"),
        SumInsured("緊急一時帰国費用", 300_000, "", "Emergency temporary return"),
    ),
    "en": (
        SumInsured("Accidental death", 10_000_000),
        SumInsured("Accidental permanent disability", 10_000_000, "policy period"),
        SumInsured("Medical and rescue expenses", Sum.UNLIMITED, "per event"),
        SumInsured("Sickness death", 10_000_000),
        SumInsured("Personal effects", 200_000, "policy period"),
        SumInsured("Student's liability", 100_000_000, "per event"),
        SumInsured("Baggage delay", 30_000, "per event"),
        SumInsured("Flight delay", Sum.INCLUDED),
        SumInsured("Emergency temporary return", 300_000),
    ),
}

PANEL = {
    "ja": Panel(
        "東京海上日動火災保険株式会社",
        (
            "あいおいニッセイ同和損害保険株式会社",
            "損害保険ジャパン株式会社",
            "三井住友海上火災保険株式会社",
        ),
        "公益財団法人日本国際教育支援協会",
    ),
    "en": Panel(
        "Tokio Marine & Nichido Fire Insurance Co., Ltd.",
        (
            "Aioi Nissay Dowa Insurance Co., Ltd.",
            "Sompo Japan Insurance Inc.",
            "Mitsui Sumitomo Insurance Co., Ltd.",
        ),
        "Japan Educational Exchanges and Services (JEES)",
    ),
}

DESK = {
    "ja": HelpDesk(
        "東京海上日動海外総合サポートデスク",
        NUMBER,
        "24時間・年中無休",
        "日本語で対応",
        "国際電話識別番号に続けて 81 から。コレクトコールも可。",
        (DeskPhone("ドイツ", "0800-1-81-1391"), DeskPhone("フランス", "0800-909634")),
        CHAT_URL,
    ),
    "en": HelpDesk(
        "Tokio Marine Overseas Support Desk",
        NUMBER,
        "24 hours, every day",
        "in Japanese",
        "International prefix, then 81. Collect calls are taken.",
        (DeskPhone("Germany", "0800-1-81-1391"), DeskPhone("France", "0800-909634")),
        CHAT_URL,
    ),
}

AGENCY = {
    "ja": Contact(
        "共益商事株式会社",
        "",
        "岩手県盛岡市中央通り2丁目1-21 6F",
        "019-623-2291",
        "019-624-0662",
    ),
    "en": Contact(
        "Kyoei Shoji Co., Ltd.",
        "",
        "6F, 2-1-21 Chuo-dori, Morioka, Iwate, Japan",
        "+81-19-623-2291",
        "+81-19-624-0662",
    ),
}

BRANCH = {
    "ja": Contact(
        "東京海上日動火災保険株式会社",
        "盛岡支店 盛岡営業支社",
        "岩手県盛岡市開運橋通5-1 盛岡東京海上日動ビル4F",
        "019-654-8121",
        "050-3385-5876",
    ),
    "en": Contact(
        "Tokio Marine & Nichido Fire Insurance Co., Ltd.",
        "Morioka Branch, Morioka Sales Office",
        "4F, 5-1 Kaiunbashi-dori, Morioka, Iwate, Japan",
        "+81-19-654-8121",
        "+81-50-3385-5876",
    ),
}

WORDS = {
    "ja": {
        "product": "学研災付帯海外留学保険（海外旅行保険）",
        "plan": "Fプラン",
        "length": "6か月まで",
        "policyholder": "公益財団法人日本国際教育支援協会",
        "university": "北上川大学",
        "destinations": "ドイツ、フランス",
        "service": "トラベルプロテクト",
        "about": "電話による通訳、ホテル・航空券の手配など",
        "line": "保険料",
        "method": "クレジットカード（VISA 末尾 4242）",
        "payer": "佐藤 遥",
        "reason": "保険期間の短縮",
        "back": "お支払いに使われたクレジットカードへ返金します。",
        "arrival": "10営業日ほどでカード会社に届きます。明細に載る月はカード会社により異なります。",
        "covered": "5か月まで",
    },
    "en": {
        "product": "Student study-abroad insurance (overseas travel insurance)",
        "plan": "Plan F",
        "length": "up to 6 months",
        "policyholder": "Japan Educational Exchanges and Services (JEES)",
        "university": "Kitakami River University",
        "destinations": "Germany, France",
        "service": "Travel Protect",
        "about": "interpreting by telephone, help with hotels and flights",
        "line": "Premium",
        "method": "credit card (VISA ending in 4242)",
        "payer": "SATO Haruka",
        "reason": "policy period shortened",
        "back": "To the credit card with which you paid.",
        "arrival": "It reaches the card company in about 10 business days; the month of your "
        "statement depends on the card company.",
        "covered": "up to 5 months",
    },
}

SATO = Insured(
    "佐藤 遥", "サトウ ハルカ", "SATO Haruka", date(2005, 4, 12), "北上川大学", "S2301234"
)


def certificate(language: Language) -> CertificateSheet:
    """A certificate of plan F for six months."""
    words = WORDS[language]
    return CertificateSheet(
        language=language,
        certificate_number="K26-000123",
        version=1,
        version_from=date(2026, 9, 1),
        issued_on=date(2026, 8, 3),
        product=words["product"],
        plan=words["plan"],
        policyholder=words["policyholder"],
        insured=replace(SATO, university=words["university"]),
        period=replace(PERIOD, length=words["length"]),
        sums=SUMS[language],
        premium=84_320,
        panel=PANEL[language],
        desk=DESK[language],
        agency=AGENCY[language],
        branch=BRANCH[language],
        check_url=CHECK_URL,
        guide_url=GUIDE_URL,
        destinations=(words["destinations"],),
        services=(Service(words["service"], words["about"]),),
    )


def english_certificate() -> EnglishCertificate:
    """The same cover for a school."""
    words = WORDS["en"]
    return EnglishCertificate(
        certificate_number="K26-000123",
        version=1,
        issued_on=date(2026, 8, 3),
        product=words["product"],
        plan=words["plan"],
        policyholder=words["policyholder"],
        insured=replace(SATO, university=words["university"]),
        period=PERIOD,
        medical=Sum.UNLIMITED,
        repatriation="Medical transport home and return of mortal remains are included; "
        "preparation of remains up to JPY 1,000,000.",
        sums=tuple(line for line in SUMS["en"] if line.amount is not Sum.UNLIMITED),
        panel=PANEL["en"],
        desk=DESK["en"],
        contact=BRANCH["en"],
        signatory=Signatory(
            PANEL["en"].lead, "SUZUKI Ichiro", "Manager, Morioka Sales Office", "Morioka, Japan"
        ),
        check_url=CHECK_URL,
        destinations=("Germany", "France"),
    )


def receipt(language: Language) -> PremiumReceipt:
    """A receipt for the premium of the certificate."""
    words = WORDS[language]
    return PremiumReceipt(
        language=language,
        receipt_number="R26-000123",
        issued_on=date(2026, 8, 3),
        received_on=date(2026, 8, 3),
        payer=words["payer"],
        certificate_number="K26-000123",
        product=words["product"],
        plan=words["plan"],
        policyholder=words["policyholder"],
        insured_name=words["payer"],
        period=replace(PERIOD, length=words["length"]),
        lines=(PremiumLine(words["line"], 84_320),),
        total=84_320,
        method=words["method"],
        panel=PANEL[language],
        agency=AGENCY[language],
        branch=BRANCH[language],
    )


def refund(language: Language) -> RefundNote:
    """A note on the refund after the trip became shorter."""
    words = WORDS[language]
    return RefundNote(
        language=language,
        note_number="H26-000045",
        issued_on=date(2027, 1, 20),
        recipient=words["payer"],
        certificate_number="K26-000123",
        product=words["product"],
        plan=words["plan"],
        policyholder=words["policyholder"],
        insured_name=words["payer"],
        reason=words["reason"],
        effective_on=date(2027, 1, 31),
        period=replace(PERIOD, length=words["length"]),
        covered=Period(date(2026, 9, 1), date(2027, 1, 31), words["covered"]),
        paid=84_320,
        kept=69_020,
        returned=15_300,
        method=words["back"],
        arrival=words["arrival"],
        panel=PANEL[language],
        agency=AGENCY[language],
        branch=BRANCH[language],
    )


def specimens() -> dict[str, Sheet]:
    """Every kind in every language, by a short name."""
    return {
        "certificate-ja": certificate("ja"),
        "certificate-en": certificate("en"),
        "english-certificate": english_certificate(),
        "receipt-ja": receipt("ja"),
        "receipt-en": receipt("en"),
        "refund-ja": refund("ja"),
        "refund-en": refund("en"),
    }

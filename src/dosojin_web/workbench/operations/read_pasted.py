"""Reads receipts from lines of a spreadsheet or of plain text, one a line.

A line may be separated by tabs, commas, semicolons or spaces, its parts in any order: the kind of
cost in Japanese or English, an amount, a currency, a date, nights, how far it is paid, a name.
What is left over is the name. A line that cannot be read stays, with the reason; nothing is lost.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dosojin_web.workbench.mapping import category_words
from dosojin_web.workbench.operations.read_figures import read_amount
from dosojin_web.workbench.receipts import CURRENCIES, Row

# Everyday words for kinds of cost; the first that fits what happened is meant.
EVERYDAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"救急車|搬送|ambulance", ("emergency_transport",)),
    (r"歯科|歯医者|dentist|dental", ("dentist_fee", "physician_and_hospital")),
    (r"病院|入院|診察|診療|治療|医師|医療|手術|薬|hospital|doctor|physician|clinic|surgery|medical"
     r"|medicine|pharmacy|drugs?", ("physician_and_hospital",)),
    (r"通訳|interpret\w*", ("interpreter",)),
    (r"通院|タクシー|taxi|cab", ("treatment_transport", "rescuer_sundries", "delay_transport")),
    (r"診断書|certificate", ("medical_certificate",)),
    (r"航空券|航空運賃|航空費|渡航費|運賃|往復|air\s?fares?|flights?|fares?|plane|tickets?",
     ("rescuer_fare", "fare_home", "delay_transport", "ticket")),
    (r"宿泊|ホテル|宿|hotels?|rooms?|lodging|accommodation",
     ("rescuer_room", "delay_lodging", "lodging_home", "lodging_in_place_of_hospital")),
    (r"査証|ビザ|旅券|パスポート|visas?|passports?", ("rescuer_formalities", "passport_reissue")),
    (r"食事|食費|meals?|food|dinner|lunch", ("delay_meals", "rescuer_sundries")),
    (r"衣類|生活必需品|着替え|clothes|toiletries", ("baggage_purchase",)),
    (r"電話|通信|phone\s?calls?|calls?", ("hospital_communication", "sundries_home")),
    (r"スマホ|スマートフォン|携帯|パソコン|ノートpc|タブレット|(?:smart|cell|i)?phone|laptop|computer"
     r"|tablet|ipad", ("phone_or_computer",)),
    (r"眼鏡|メガネ|glasses", ("glasses",)),
    (r"カメラ|かばん|バッグ|スーツケース|財布|camera|bag|suitcase|wallet", ("belonging",)),
    (r"損害賠償|賠償|示談|damages?|compensation", ("damages",)),
    (r"取消料|キャンセル|cancellation", ("cancellation_charge", "delay_cancelled_service")),
    (r"捜索|救助|search|rescue", ("search",)),
    (r"諸雑費|雑費|sundr\w+", ("rescuer_sundries", "sundries_home")),
    (r"移送|repatriation", ("patient_transport",)),
    (r"遺体|remains|coffin", ("remains",)),
)  # fmt: skip
STATUS_WORDS = (
    ("estimated", r"見積もり|見積り|見積|概算|estimated?|quote"),
    ("billed", r"請求書?|未払い?|billed|bill|invoiced?|unpaid"),
    ("paid", r"支払い?済み?|支払済|領収書?|精算済み?|paid|receipt"),
)
SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "฿": "THB", "円": "JPY",
    "米ドル": "USD", "ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP", "ウォン": "KRW",
    "バーツ": "THB", "元": "CNY", "yen": "JPY",
}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    re.compile(
        r"(?<!\d)(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})日?(?!\d)"
    ),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<n>{_MONTH})\s+(?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<n>{_MONTH})\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})", re.IGNORECASE),
)
_NIGHTS = re.compile(r"(?<!\d)(\d{1,3})\s*(?:泊|nights?)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[万億]?")
_HEADING = re.compile(r"金額|日付|種類|費目|通貨|amount|date|category|currency", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read: its number from 1, its text, and the reason."""

    number: int
    text: str
    reason: str


def read_pasted(text: str, product: str, usual: Sequence[str]) -> tuple[list[Row], list[Unread]]:
    """The receipts in a text, and the lines that are none."""
    words = category_words(product)
    rows: list[Row] = []
    unread: list[Unread] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (number == 1 and _is_heading(line)):
            continue
        found = _read_line(line, words, usual)
        if isinstance(found, Row):
            rows.append(found)
        else:
            unread.append(Unread(number, line, found))
    return rows, unread


def _is_heading(line: str) -> bool:
    return not re.search(r"\d", line) and len(_HEADING.findall(line)) > 1


class _Rest:
    """What of a line is not yet read."""

    def __init__(self, line: str) -> None:
        self.text = unicodedata.normalize("NFKC", line)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, which then is gone from the text."""
        found = pattern.search(self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]}\t{self.text[found.end() :]}"
        return found

    @property
    def name(self) -> str:
        """What is left: a name, without separators."""
        pieces = re.split(r"[\t,;|]+", self.text)
        return " ".join(" ".join(piece.split()) for piece in pieces if piece.strip(" .-:()（）"))


def _read_line(line: str, words: Mapping[str, str], usual: Sequence[str]) -> Row | str:
    rest = _Rest(line)
    on = _take_date(rest)
    if on == "?":
        return gettext("The date does not exist.")
    nights = rest.take(_NIGHTS)
    status = ""
    for value, pattern in STATUS_WORDS:
        if rest.take(_word(pattern)):
            status = value
            break
    category = _take_category(rest, words, usual)
    currency = _take_currency(rest)
    numbers = _NUMBER.findall(rest.text)
    if not numbers:
        return gettext("No amount was found.")
    if len(numbers) > 1:
        return gettext("There is more than one amount. Keep one to a line.")
    found = rest.take(_NUMBER)
    amount = found[0].strip() if found else ""
    if read_amount(amount, currency) is None:
        return gettext("The amount cannot be read.")
    return Row(
        category=category, who=rest.name, amount=amount, currency=currency, on=on,
        nights=nights[1] if nights else "", status=status,
    )  # fmt: skip


def _word(pattern: str) -> re.Pattern[str]:
    """The words of a pattern; Latin ones only as whole words."""
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])", re.IGNORECASE)


def _take_date(rest: _Rest) -> str:
    for pattern in _DATES:
        found = rest.take(pattern)
        if found is None:
            continue
        parts = found.groupdict()
        month = int(parts.get("m") or 0)
        if parts.get("n"):
            month = MONTHS.index(parts["n"][:3].lower()) + 1
        try:
            return date(int(parts["y"]), month, int(parts["d"])).isoformat()
        except ValueError:
            return "?"
    return ""


def _take_category(rest: _Rest, words: Mapping[str, str], usual: Sequence[str]) -> str:
    """The kind of cost: its title or id, else an everyday word; "" if none is there."""
    folded = rest.text.casefold()
    for title in sorted(words, key=len, reverse=True):
        if title in folded and rest.take(re.compile(re.escape(title), re.IGNORECASE)):
            return words[title]
    for pattern, ids in EVERYDAY:
        if rest.take(_word(pattern)):
            known = set(words.values())
            fitting = [id for id in ids if id in usual] or [id for id in ids if id in known]
            return fitting[0] if fitting else ""
    return ""


def _take_currency(rest: _Rest) -> str:
    code = rest.take(_word("|".join(CURRENCIES)))
    if code is not None:
        return code[0].upper()
    for sign, currency in SYMBOLS.items():
        if rest.take(re.compile(re.escape(sign), re.IGNORECASE)):
            return currency
    return "JPY"

"""Yen, counts and shares as the comparison writes them: grouped, with a real minus, in words."""

from __future__ import annotations

from dosojin.batch.whatif.comparison import Amount, Change, per_mille
from dosojin.explanation.condition_words import figure_text
from dosojin.values.money import Span
from dosojin.values.text import Language, Text

MINUS = "−"
_SHORT_JA = ((10**8, "億"), (10**4, "万"), (10**3, "千"))
_SHORT_EN = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


def yen(amount: int, language: Language) -> str:
    """ "¥1,234,567" or "1,234,567円"; less than nothing has a minus in front."""
    sign = MINUS if amount < 0 else ""
    if language == "ja":
        return f"{sign}{abs(amount):,}円"
    return f"{sign}¥{abs(amount):,}"


def signed_yen(amount: int, language: Language) -> str:
    """A change: "+¥1,234", "−¥1,234", "±¥0"."""
    sign = "+" if amount > 0 else "" if amount else "±"
    return f"{sign}{yen(amount, language)}"


def short_yen(amount: int, language: Language) -> str:
    """A mark on a scale: "¥20k", "2万円"; only for amounts of few digits."""
    size = abs(amount)
    sign = MINUS if amount < 0 else ""
    steps = _SHORT_JA if language == "ja" else _SHORT_EN
    word = next((word for unit, word in steps if size >= unit and size % unit == 0), "")
    unit = next((unit for unit, name in steps if name == word), 1)
    if language == "ja":
        return f"{sign}{size // unit:,}{word}円"
    return f"{sign}¥{size // unit:,}{word}"


def count(number: int, one: Text, many: Text, language: Language) -> str:
    """A number with its noun: "1 claim", "1,234 claims", "1,234件"."""
    noun = (one if number == 1 else many).in_(language)
    return f"{number:,}{noun}" if language == "ja" else f"{number:,} {noun}"


CLAIM = Text("件", "claim"), Text("件", "claims")
POLICY = Text("契約", "policy"), Text("契約", "policies")
RECEIPT = Text("枚", "receipt"), Text("枚", "receipts")


def claims(number: int, language: Language) -> str:
    return count(number, *CLAIM, language)


def share(part: int, whole: int, language: Language) -> str:
    """ "12.3 %"; a change keeps its sign; nothing of nothing is a dash."""
    if whole <= 0:
        return "–"
    return percent(per_mille(part, whole), language)


def percent(mille: int, language: Language) -> str:
    """Tenths of a per cent as "12.3 %"."""
    sign = MINUS if mille < 0 else ""
    whole, tenth = divmod(abs(mille), 10)
    return f"{sign}{whole:,}.{tenth}{'％' if language == 'ja' else ' %'}"


def signed_share(part: int, whole: int, language: Language) -> str:
    """ "+1.2 %" or "−0.3 %"; less than half a tenth of a per cent is told as that."""
    if whole <= 0 or not part:
        return "±0.0" + ("％" if language == "ja" else " %")
    if per_mille(part, whole) == 0:
        return Text("0.05％未満", "less than 0.05 %").in_(language)
    return ("+" if part > 0 else "") + share(part, whole, language)


def span(found: Span, language: Language) -> str:
    """A payout: one amount where it is certain, else from … to …, the bound in words."""
    if found.is_certain:
        return yen(found.lo, language)
    if found.hi is None:
        text = Text(f"{yen(found.lo, 'ja')}以上、上限なし", f"{yen(found.lo, 'en')} or more")
        return text.in_(language)
    joint = "〜" if language == "ja" else " to "
    return f"{yen(found.lo, language)}{joint}{yen(found.hi, language)}"


def without_limit(amount: Amount, language: Language) -> str:
    """How many claims have no upper limit yet; empty if none is without."""
    if not amount.unlimited:
        return ""
    text = Text(
        f"ほかに上限のない事案が{amount.unlimited:,}件",
        f"and {claims(amount.unlimited, 'en')} without an upper limit",
    )
    return text.in_(language)


def figure(value: int, unit: str, language: Language) -> str:
    """A figure of the wording with its unit; yen as everywhere on the page."""
    return yen(value, language) if unit == "yen" else figure_text(value, unit).in_(language)


def ratio(lo: int, hi: int, language: Language) -> str:
    """A loss ratio: one share where both ends are the same, else from … to …"""
    if lo == hi:
        return percent(lo, language)
    joint = "〜" if language == "ja" else " to "
    return f"{percent(lo, language)}{joint}{percent(hi, language)}"


def points(before: int, after: int, language: Language) -> str:
    """The difference of two loss ratios in points: "−1.2"."""
    change = after - before
    sign = "+" if change > 0 else MINUS if change else "±"
    whole, tenth = divmod(abs(change), 10)
    unit = Text("ポイント", " pt").in_(language)
    return f"{sign}{whole:,}.{tenth}{unit}"


def change_words(change: Change, language: Language) -> str:
    """Both amounts of a change on one line, or one where they are the same."""
    if change.lo == change.hi:
        return signed_yen(change.lo, language)
    certain, possible = signed_yen(change.lo, language), signed_yen(change.hi, language)
    text = Text(f"確実 {certain}、最大 {possible}", f"certain {certain}, possible {possible}")
    return text.in_(language)

"""One loss of money as a sentence: how much, of which receipts, by which rule."""

from __future__ import annotations

from datetime import date

from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.amounts import day_text, joined, yen_text
from dosojin.explanation.document import Sentence
from dosojin.explanation.losses import Loss, ReceiptLoss
from dosojin.explanation.readings import Readings
from dosojin.values.text import Language, Text

RECEIPTS_SHOWN_MAX = 3


def loss_sentence(loss: Loss, claim: Claim, readings: Readings, language: Language) -> Sentence:
    """ "150,000 yen (a rescuer's fare, uncle): fares and rooms of up to 3 rescuers"."""
    rule = readings.text(loss.clause).in_(language)
    if loss.limit is not None and not any(letter.isdigit() for letter in rule):
        limit = yen_text(loss.limit, language)
        rule += f"（{limit}）" if language == "ja" else f" ({limit})"
    amount = _amount(loss, language)
    which = _receipts(loss, claim, readings, language)
    if language == "ja":
        return Sentence(f"{amount}{f'（{which}）' if which else ''}：{rule}", (loss.clause,))
    return Sentence(f"{amount}{f' ({which})' if which else ''}: {rule}", (loss.clause,))


def _amount(loss: Loss, language: Language) -> str:
    if loss.is_settled:
        return yen_text(loss.lo, language)
    least, most = sorted((loss.lo, loss.hi)) if loss.hi is not None else (loss.lo, None)
    if most is None:
        return Text(
            f"{least:,}円を超える額（未定）", f"more than {least:,} yen, amount not known yet"
        ).in_(language)
    if least == 0:
        return Text(f"最大{most:,}円", f"up to {most:,} yen").in_(language)
    return Text(f"{least:,}円から{most:,}円", f"between {least:,} and {most:,} yen").in_(language)


def _receipts(loss: Loss, claim: Claim, readings: Readings, language: Language) -> str:
    shown = [
        _receipt(receipt, loss, claim, readings, language)
        for receipt in loss.receipts[:RECEIPTS_SHOWN_MAX]
    ]
    rest = len(loss.receipts) - RECEIPTS_SHOWN_MAX
    if rest > 0:
        shown.append(Text(f"ほか{rest}件", f"{rest} more").in_(language))
    return joined(shown, language)


def _receipt(
    receipt: ReceiptLoss, loss: Loss, claim: Claim, readings: Readings, language: Language
) -> str:
    line = claim.case.lines[receipt.line]
    words = [readings.category(line.category).in_(language)]
    if language == "en":
        words[0] = words[0][:1].lower() + words[0][1:]
    name = line.person or line.item
    if name:
        words.append(name)
    if loss.kind == "sieve" and line.day is not None:
        words.append(day_text(date.fromordinal(line.day), language))
    if receipt.nights is not None:
        paid, nights = receipt.nights
        words.append(
            Text(f"{nights}泊のうち{nights - paid}泊分", _nights(paid, nights)).in_(language)
        )
    return ("・" if language == "ja" else ", ").join(words)


def _nights(paid: int, nights: int) -> str:
    beyond = nights - paid
    return f"{beyond} of {nights} nights"

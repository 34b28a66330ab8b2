"""The comparison as one HTML page: no scripts, nothing from elsewhere, light, dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib import resources

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import Comparison
from dosojin.batch.whatif.report_answer import answer, changed, intro, title_of
from dosojin.batch.whatif.report_charts import MARK, PATTERNS
from dosojin.batch.whatif.report_claims import loss_ratios, spread, top_claims
from dosojin.batch.whatif.report_page import Page, anchor, capital, card, section
from dosojin.batch.whatif.report_steps import by_benefit, by_clause
from dosojin.explanation.readings import CARRIED, Readings
from dosojin.terms.editions import Edition
from dosojin.values.text import Language, Text

STYLE = "report.css"
_FINGERPRINT_SHOWN = 12


def report_html(
    comparison: Comparison, editions: tuple[Edition, Edition], language: Language
) -> str:
    """The whole page, the same bytes for the same comparison.

    editions: the wordings before and after, the replaced figures in them.
    """
    page = Page(comparison, editions, language)
    sections = [
        intro(page),
        answer(page),
        changed(page),
        by_clause(page),
        by_benefit(page),
        spread(page),
        loss_ratios(page),
        top_claims(page),
    ]
    sections += [_clauses(page), _notes(page)]
    body = "\n".join(part for part in sections if part)
    return (
        f'<!doctype html>\n<html lang="{language}">\n{_head(page)}\n<body>\n{PATTERNS}\n'
        f'<header class="brand">{MARK}<span>Dosojin 道祖神</span></header>\n'
        f"<main>\n{body}\n</main>\n{_foot(page)}\n</body>\n</html>\n"
    )


def _head(page: Page) -> str:
    style = resources.files("dosojin.batch.whatif").joinpath(STYLE).read_text(encoding="utf-8")
    return (
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{page.of(title_of(page))} · Dosojin</title>\n<style>\n{style}</style>\n</head>"
    )


# the clauses ----------------------------------------------------------------------------------


def _clauses(page: Page) -> str:
    """What every clause named on the page says, so that links lead somewhere."""
    if not page.named:
        return ""
    order = {id: place for place, id in enumerate(_wording_order(page.readings))}
    named = sorted(page.named, key=lambda id: (order.get(id, len(order)), id))
    items = "".join(f'<div id="{anchor(id)}">{_clause(page, id)}</div>' for id in named)
    title = page.say("ここに出てくる条文", "The clauses named here")
    return section("clauses", title, card(f'<dl class="glossary">{items}</dl>'))


def _wording_order(readings: tuple[Readings, Readings]) -> Iterator[str]:
    for each in reversed(readings):
        yield from each.by_id
        yield from each.parts


def _clause(page: Page, id: str) -> str:
    before, after = (_told(readings, id) for readings in page.readings)
    texts = []
    if before is not None and after is not None and before != after:
        for label, (text, _) in (("変更前", before), ("変更後", after)):
            name = page.say(label, "Before" if label == "変更前" else "After")
            texts.append(f'<dd><span class="kind">{name}</span>{page.of(capital(text))}</dd>')
    else:
        found = after or before
        if found is not None:
            texts.append(f"<dd>{page.of(capital(found[0]))}</dd>")
    source = after or before
    if source is not None and source[1]:
        texts.append(f'<dd class="note">{escape(source[1])}</dd>')
    name = re.sub(r"([._])", r"\1<wbr>", escape(id))
    return f"<dt>{name}</dt>{''.join(texts)}"


def _told(readings: Readings, id: str) -> tuple[Text, str] | None:
    """What one wording says under an id, and where; receipts are named by their kinds."""
    found = readings.by_id.get(id)
    if found is not None:
        return found.text, found.source
    if id in readings.parts:
        return readings.parts[id], ""
    benefit = id.removesuffix(CARRIED)
    if benefit in readings.benefits:
        return readings.benefits[benefit].title, readings.benefits[benefit].source
    return None


# the end --------------------------------------------------------------------------------------


def _notes(page: Page) -> str:
    counts = page.comparison.counts
    notes = [
        page.say(
            "判断は、一件ずつ判断するときと同じ約款で行っています。まだ分からないことは、"
            "「ない」とはみなしません。",
            "Claims are decided by the very wording that decides single ones. What nobody has "
            "said stays open, and is never taken for no.",
        ),
        page.say(
            "幅は単純な上下限です。一件ずつ判断すると、さらに狭くなることがあります。",
            "The ranges are plain bounds. A single decision may narrow them further.",
        ),
    ]
    left_out = sum(counts.left_out.values())
    if left_out:
        codes = ", ".join(f"{code} {number:,}" for code, number in counts.left_out.items())
        claims = words.claims(left_out, page.language)
        notes.append(
            page.say(
                f"どちらかの約款で読めない{claims}は、比較に含みません（{codes}）。",
                f"Left out, as one of the two wordings cannot take them: {claims} ({codes}).",
            )
        )
    items = "".join(f"<li>{note}</li>" for note in notes)
    title = page.say("読み方", "How to read this")
    return section("notes", title, f'<ul class="notes">{items}</ul>')


def _foot(page: Page) -> str:
    before, after = page.comparison.before, page.comparison.after
    told = page.say(
        "公表された約款の要約に基づく試算であり、保険会社の判断ではありません。",
        "An estimate from published summaries of the wording; no insurer's decision.",
    )
    prints = " → ".join(f"{each.edition} {_short(each.lowered)}" for each in (before, after))
    return f"<footer><p>{told}</p><p>{escape(prints)}</p></footer>"


def _short(fingerprint: str) -> str:
    return fingerprint.rsplit(":", 1)[-1][:_FINGERPRINT_SHOWN]

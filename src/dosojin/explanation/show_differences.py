"""Shows what differs between two editions, each with the claim that it moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dosojin.adjudication.catalogue import load_edition
from dosojin.adjudication.compare_editions import Aspect, Change, Difference, Kind
from dosojin.adjudication.moved_claims import Moved
from dosojin.explanation.amounts import span_text
from dosojin.explanation.condition_words import figure_text
from dosojin.terms.lint.contents import clauses_in
from dosojin.values.text import Language, Text

CHANGES = {
    Change.ADDED: Text("追加", "added"),
    Change.REMOVED: Text("削除", "removed"),
    Change.CHANGED: Text("変更", "changed"),
}
KINDS = {
    Kind.BENEFIT: Text("補償", "benefit"),
    Kind.CLAUSE: Text("条文", "clause"),
    Kind.NODE: Text("計算", "node"),
    Kind.FIGURE: Text("数字", "figure"),
}
ASPECTS = {
    Aspect.TEST: Text("条件", "test"),
    Aspect.FIGURE: Text("数字", "figure"),
    Aspect.READING: Text("文", "reading"),
    Aspect.ROLE: Text("役割", "role"),
    Aspect.RESTORES: Text("復活条項", "what restores it"),
    Aspect.STATUS: Text("判定の方法", "status"),
    Aspect.AMOUNT: Text("計算の内容", "what it does"),
    Aspect.PLACE: Text("計算の順序", "its place in the calculation"),
}
Shown = tuple[Difference, Moved | None]


def differences_json(before: str, after: str, shown: tuple[Shown, ...]) -> dict[str, Any]:
    """Plain data, texts in both languages; a witness carries its claim for both editions."""
    return {
        "before": before,
        "after": after,
        "differences": [_json(difference, moved) for difference, moved in shown],
    }


def _json(difference: Difference, moved: Moved | None) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "id": difference.id,
        "benefit": difference.benefit,
        "change": difference.change.value,
        "aspects": [aspect.value for aspect in difference.aspects],
        "before": _both(difference.before),
        "after": _both(difference.after),
        "witness": None if moved is None else _witness_json(moved),
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"ja": text.ja, "en": text.en}


def _witness_json(moved: Moved) -> dict[str, Any]:
    one, other = moved.payable
    return {
        "case": moved.title,
        "file": moved.file,
        "payable": {"before": one.to_json(), "after": other.to_json()},
        "moves": moved.moves,
        "involves": moved.involves,
        "claims": {"before": moved.claims[0], "after": moved.claims[1]},
    }


def show_differences(before: str, after: str, shown: tuple[Shown, ...], language: Language) -> str:
    """The differences as plain text, benefit by benefit."""
    count = len(shown)
    head = Text(
        f"{before} → {after}：違いは {count} 件です。", f"{before} → {after}: {count} differences."
    )
    if not shown:
        head = Text(
            f"{before} と {after} に違いはありません。", f"{before} and {after}: no difference."
        )
    return "\n".join([head.in_(language), *_lines(before, after, shown, language)])


def _lines(before: str, after: str, shown: tuple[Shown, ...], language: Language) -> Iterator[str]:
    titles = {
        benefit.id: benefit.title
        for product in (before, after)
        for benefit in load_edition(product).benefits
    }
    whole = {each.id for each, _ in shown if each.kind is Kind.BENEFIT}
    benefit = None
    for difference, moved in shown:
        if difference.benefit != benefit:
            benefit = difference.benefit
            yield ""
            title = titles.get(benefit)
            yield benefit if title is None else f"{title.in_(language)} ({benefit})"
        if benefit in whole and difference.kind is not Kind.BENEFIT:
            yield f"  {_name(difference, language)}"
            continue
        yield from _difference(difference, moved, (before, after), language)


def _name(difference: Difference, language: Language) -> str:
    kind, change = KINDS[difference.kind], CHANGES[difference.change]
    aspects = ", ".join(ASPECTS[aspect].in_(language) for aspect in difference.aspects)
    told = f"{change.in_(language)}: {aspects}" if aspects else change.in_(language)
    return f"{kind.in_(language)} {difference.id} · {told}"


def _difference(
    difference: Difference, moved: Moved | None, products: tuple[str, str], language: Language
) -> Iterator[str]:
    yield f"  {_name(difference, language)}"
    was, now = _texts(difference, products)
    if was is not None and was != now:
        yield f"    − {was.in_(language)}"
    if now is not None and was != now:
        yield f"    + {now.in_(language)}"
    if moved is not None:
        yield f"    {_moved(moved, language)}"
    elif not difference.is_words_only:
        yield f"    {_why_no_case(difference, products).in_(language)}"


def _why_no_case(difference: Difference, products: tuple[str, str]) -> Text:
    for product in products:
        for entry in clauses_in(load_edition(product)):
            if entry.clause.id in difference.reads and entry.clause.unreachable is not None:
                return Text("公表されたプランでは働きません。", "No published plan reaches it.")
    return Text("これを示す事例はありません。", "No worked case shows it.")


def _texts(difference: Difference, products: tuple[str, str]) -> tuple[Text | None, Text | None]:
    """What it says before and after; a figure with its unit."""
    if difference.kind is not Kind.FIGURE:
        return difference.before, difference.after
    found = (load_edition(product).figures.get(difference.id) for product in products)
    was, now = (
        None if figure is None else figure_text(figure.value, figure.unit) for figure in found
    )
    return was, now


def _moved(moved: Moved, language: Language) -> str:
    one, other = (span_text(span, language) for span in moved.payable)
    told = f"{one} → {other}" if moved.moves else one
    same = "" if moved.moves else Text("（どちらの版でも同じ）", " in both").in_(language)
    case = Text(f"事例「{moved.title}」：", f"Case “{moved.title}” ")
    return f"{case.in_(language)}{told}{same}"

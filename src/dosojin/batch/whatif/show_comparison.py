"""The comparison as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import Amount, Change, Comparison, LossRatio, Reason
from dosojin.batch.whatif.report_steps import fold_steps
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_CERTAIN, _POSSIBLE = Text("確実", "certain"), Text("最大", "possible")
_BEFORE, _AFTER, _CHANGE = Text("変更前", "before"), Text("変更後", "after"), Text("増減", "change")


def show_comparison(comparison: Comparison, console: Console, language: Language) -> None:
    """Prints the answer, the figures, the clauses, the benefits, ratios and the top claims."""
    for part in _parts(comparison, language):
        console.print(part)
        console.print()


def _parts(comparison: Comparison, language: Language) -> Iterator[RenderableType]:
    yield _headline(comparison, language)
    yield _answer(comparison, language)
    yield _movement(comparison, language)
    if comparison.figures:
        yield _figures(comparison, language)
    if comparison.steps:
        yield _steps(comparison, language)
    if comparison.benefits:
        yield _benefits(comparison, language)
    if comparison.all_ratio.premium:
        yield _ratios(comparison, language)
    if comparison.counts.unpriced:
        yield _unpriced(comparison, language)
    if comparison.top:
        yield _top(comparison, language)


def _table(title: Text, columns: Sequence[tuple[Text, bool]], language: Language) -> Table:
    """columns: (title, whether it holds amounts)."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=title.in_(language), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        pad_edge=False, show_edge=False,
    )  # fmt: skip
    for name, is_amount in columns:
        justify: Literal["right", "left"] = "right" if is_amount else "left"
        overflow: Literal["ellipsis", "fold"] = "ellipsis" if is_amount else "fold"
        table.add_column(
            name.in_(language), justify=justify, no_wrap=is_amount, overflow=overflow
        )
    return table


def _headline(comparison: Comparison, language: Language) -> str:
    counts = comparison.counts
    claims = words.claims(counts.claims, language)
    policies = words.count(counts.policies, *words.POLICY, language)
    receipts = words.count(counts.receipts, *words.RECEIPT, language)
    told = Text(
        f"{comparison.source}：事案 {claims}（{policies}、領収書 {receipts}）",
        f"{comparison.source}: {claims} under {policies}, with {receipts}",
    ).in_(language)
    left_out = sum(counts.left_out.values())
    if not left_out:
        return told
    codes = ", ".join(f"{code} {number:,}" for code, number in counts.left_out.items())
    more = Text(
        f"\n判断できない事案 {words.claims(left_out, 'ja')}は含みません（{codes}）。\n"
        "明細は dosojin batch の REJECTS.parquet で確かめられます。",
        f"\nLeft out, as they cannot be decided: {words.claims(left_out, 'en')} ({codes}).\n"
        "`dosojin batch` writes them to REJECTS.parquet, with the reason.",
    )
    return told + more.in_(language)


def _answer(comparison: Comparison, language: Language) -> Table:
    before, after = comparison.payout
    change = comparison.change
    columns = [(Text("支払額", "Payouts"), False)]
    columns += [(each, True) for each in (_BEFORE, _AFTER, _CHANGE)] + [(Text("", ""), True)]
    table = _table(Text("結果", "The answer"), columns, language)
    rows = (
        (_CERTAIN, before.lo, after.lo, change.lo),
        (_POSSIBLE, before.hi, after.hi, change.hi),
    )
    for name, was, now, moved in rows:
        table.add_row(
            name.in_(language), words.yen(was, language), words.yen(now, language),
            words.signed_yen(moved, language), words.signed_share(moved, was, language),
        )  # fmt: skip
    for name, amount in ((_BEFORE, before), (_AFTER, after)):
        if amount.unlimited:
            table.add_row(name.in_(language), words.without_limit(amount, language))
    return table


def _movement(comparison: Comparison, language: Language) -> str:
    movement = comparison.movement
    mixed = Text(
        f"、幅だけが変わる {words.claims(movement.mixed, 'ja')}" if movement.mixed else "",
        f", {words.claims(movement.mixed, 'en')} both ways" if movement.mixed else "",
    )
    told = Text(
        f"支払いが減る {words.claims(movement.less, 'ja')}、増える "
        f"{words.claims(movement.more, 'ja')}{mixed.ja}、変わらない "
        f"{words.claims(movement.same, 'ja')}。",
        f"{words.claims(movement.less, 'en')} pay less, {words.claims(movement.more, 'en')} pay "
        f"more{mixed.en}, {words.claims(movement.same, 'en')} stay the same.",
    ).in_(language)
    quantiles = dict(comparison.certain.quantiles)
    if not quantiles:
        return told
    middle = {at: words.signed_yen(quantiles[at], language) for at in (10, 50, 90)}
    spread = Text(
        f"動く事案の確実な額の増減は、中央値 {middle[50]}、8割が {middle[10]}〜{middle[90]} です。",
        f"The certain amount of those that move: median {middle[50]}, eight in ten from "
        f"{middle[10]} to {middle[90]}.",
    )
    return f"{told}\n{spread.in_(language)}"


def _figures(comparison: Comparison, language: Language) -> Table:
    columns = [(Text("数字", "Figure"), False), (_BEFORE, True), (_AFTER, True)]
    columns += [(Text("効果（確実）", "effect, certain"), True)]
    columns += [(Text("効果（最大）", "effect, possible"), True)]
    table = _table(Text("数字を順に変えた効果", "The figures, one by one"), columns, language)
    for step in comparison.figures:
        table.add_row(
            step.id, words.figure(step.before, step.unit, language),
            words.figure(step.after, step.unit, language), *_signed(step.change, language),
        )  # fmt: skip
    return table


def _steps(comparison: Comparison, language: Language) -> Table:
    columns = [(Text("条文", "Clause"), False), (_CERTAIN, True), (_POSSIBLE, True)]
    columns += [(Text("", ""), False)]
    title = Text("どの条文が効いているか", "Where the change comes from")
    table = _table(title, columns, language)
    shown, rest = fold_steps(comparison.steps)
    follows = Text("ほかの変更の影響", "follows from the others")
    for step in shown:
        note = follows.in_(language) if step.reason is Reason.FOLLOWS else ""
        table.add_row(", ".join(step.clauses), *_signed(step.change, language), note)
    if rest is not None:
        others = len(comparison.steps) - len(shown)
        name = Text(f"そのほか {others} 件", f"{others} others").in_(language)
        table.add_row(name, *_signed(rest, language), "")
    table.add_section()
    whole = Text("合計", "In all").in_(language)
    table.add_row(whole, *_signed(comparison.change, language), "")
    return table


def _benefits(comparison: Comparison, language: Language) -> Table:
    columns = [(Text("補償", "Benefit"), False), (Text("事案", "claims"), True)]
    columns += [(_BEFORE, True), (_AFTER, True), (_CHANGE, True)]
    title = Text("補償ごと（確実な額）", "By benefit (certain amounts)")
    table = _table(title, columns, language)
    moved = [each for each in comparison.benefits if each.change]
    for each in moved:
        table.add_row(
            each.title.in_(language), f"{each.claims[1]:,}", words.yen(each.before.lo, language),
            words.yen(each.after.lo, language), words.signed_yen(each.change.lo, language),
        )  # fmt: skip
    same = len(comparison.benefits) - len(moved)
    if same:
        told = Text(f"変わらない補償 {same}", f"{same} more, unchanged")
        table.add_row(told.in_(language))
    return table


def _ratios(comparison: Comparison, language: Language) -> Table:
    columns = [(Text("プラン", "Plan"), False), (Text("期間", "length"), False)]
    columns += [(Text("保険料", "premium"), True), (_BEFORE, True), (_AFTER, True)]
    title = Text("損害率（支払額 ÷ 払込保険料）", "Loss ratio (payouts over premiums as paid)")
    table = _table(title, columns, language)
    for each in comparison.ratios:
        table.add_row(each.plan or "–", each.length.in_(language), *_ratio(each, language))
    table.add_section()
    whole = Text("合計", "In all").in_(language)
    table.add_row(whole, "", *_ratio(comparison.all_ratio, language))
    return table


def _unpriced(comparison: Comparison, language: Language) -> str:
    policies = words.count(comparison.counts.unpriced, *words.POLICY, language)
    return Text(
        f"保険料の分からない{policies}は、損害率に含みません。\n"
        "dosojin experience は、保険料表の額で補います。",
        f"No loss ratio holds {policies} whose premium is not stated;\n"
        "`dosojin experience` takes the tariff's for them.",
    ).in_(language)


def _ratio(each: LossRatio, language: Language) -> list[str]:
    def told(amount: Amount) -> str:
        return words.ratio(*each.ratios(amount), language)

    return [words.yen(each.premium, language), told(each.before), told(each.after)]


def _top(comparison: Comparison, language: Language) -> Table:
    columns = [(Text("契約", "Policy"), False), (Text("事故", "occurrence"), False)]
    columns += [(_BEFORE, True), (_AFTER, True), (Text("条文", "clauses"), False)]
    table = _table(Text("最も動く事案", "The claims that move most"), columns, language)
    for claim in comparison.top:
        steps = [f"{', '.join(s.clauses)} {words.change_words(s.change, language)}"
                 for s in claim.steps]  # fmt: skip
        table.add_row(
            claim.policy, claim.occurrence, words.span(claim.before, language),
            words.span(claim.after, language), "\n".join(steps),
        )  # fmt: skip
    return table


def _signed(change: Change, language: Language) -> tuple[str, str]:
    return words.signed_yen(change.lo, language), words.signed_yen(change.hi, language)

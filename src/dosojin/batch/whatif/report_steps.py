"""Where the change comes from: the waterfall by clause, and the benefits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import (
    NO_CHANGE,
    BenefitChange,
    Change,
    ClauseStep,
    Reason,
)
from dosojin.batch.whatif.report_charts import Scale, key, waterfall_bar, waterfall_scale
from dosojin.batch.whatif.report_page import (
    CERTAIN,
    POSSIBLE,
    Page,
    card,
    cell,
    row,
    section,
    table,
)

STEPS_MOST = 30
"""Of more steps the smallest are told together, so that the page can be read."""


def by_clause(page: Page) -> str:
    """Every clause that takes more or less than before; the steps add up to the whole change."""
    comparison = page.comparison
    title = page.say("どの条文が効いているか", "Where the change comes from")
    if not comparison.steps:
        nothing = page.say("どの条文でも支払いは変わりません。", "No clause pays more or less.")
        return section("clauses-changed", title, f"<p>{nothing}</p>")
    shown, together = fold_steps(comparison.steps)
    changes = [step.change for step in shown]
    if together is not None:
        changes.append(together)
    scale = waterfall_scale(changes)
    names = [page.of(CERTAIN), page.of(POSSIBLE)]
    head = [
        (page.say("条文", "Clause"), ""),
        page.picture_head,
        *((name, "amount") for name in names),
    ]
    rows = [*_rows(page, shown, scale, names)]
    if together is not None:
        rows.append(_rest(page, len(comparison.steps) - len(shown), together, scale, names))
    foot = _foot(page, comparison.change, scale, names)
    caption = page.say("支払額の増減（条文ごと）", "Change of payouts by clause")
    return section(
        "clauses-changed", title, _reading(page), card(table(caption, head, rows, foot)),
        _keys(page),
    )  # fmt: skip


def fold_steps(steps: Sequence[ClauseStep]) -> tuple[list[ClauseStep], Change | None]:
    """The steps to show one by one, in order, and the sum of all others (None: no others)."""
    if len(steps) <= STEPS_MOST:
        return list(steps), None
    sizes = [max(abs(step.change.lo), abs(step.change.hi)) for step in steps]
    largest = sorted(range(len(steps)), key=lambda place: -sizes[place])[: STEPS_MOST - 1]
    kept = [step for place, step in enumerate(steps) if place in set(largest)]
    rest = NO_CHANGE
    for place, step in enumerate(steps):
        if place not in set(largest):
            rest = rest + step.change
    return kept, rest


def _rows(
    page: Page, steps: Sequence[ClauseStep], scale: Scale, names: list[str]
) -> Iterator[str]:
    reached = NO_CHANGE
    for step in steps:
        bar = waterfall_bar(scale, reached, step.change, is_last=False)
        yield row(_head(page, step), cell(bar, kind="bar"), *_amounts(page, step.change, names))
        reached = reached + step.change


def _head(page: Page, step: ClauseStep) -> str:
    chips = " ".join(page.clause(id) for id in step.clauses)
    notes = [page.of(page.benefit(step.benefit))]
    if step.reason is Reason.FOLLOWS:
        notes.append(page.say("ほかの変更の影響", "follows from the others"))
    if len(step.clauses) > 1:
        notes.append(page.say("あわせた効果", "taken together"))
    return (
        f'<span class="kind">{" · ".join(notes)}</span>{page.step_title(step)} {chips}'
    )


def _amounts(page: Page, change: Change, names: list[str]) -> tuple[str, str]:
    return cell(page.signed(change.lo), names[0]), cell(page.signed(change.hi), names[1])


def _rest(page: Page, number: int, change: Change, scale: Scale, names: list[str]) -> str:
    total = page.comparison.change
    start = Change(total.lo - change.lo, total.hi - change.hi)
    bar = waterfall_bar(scale, start, change, is_last=False)
    head = page.say(f"そのほか {number} 件の条文", f"{number} other clauses together")
    return row(head, cell(bar, kind="bar"), *_amounts(page, change, names), kind="same")


def _foot(page: Page, change: Change, scale: Scale, names: list[str]) -> str:
    bar = waterfall_bar(scale, NO_CHANGE, change, is_last=True)
    head = page.say("合計", "In all")
    return row(head, cell(bar, kind="bar"), *_amounts(page, change, names))


def _reading(page: Page) -> str:
    told = page.say(
        "一つの条文で支払いが減ると、その先の限度額に届く額も減り、限度額で削られる額が小さくなること"
        "があります。これを「ほかの変更の影響」と記しています。足し合わせると合計に一致します。",
        "Where one clause pays less, less money reaches the limits above it, and they may cut less "
        "than before: such a step “follows from the others”. The steps add up to the whole change.",
    )
    return f'<p class="note">{told}</p>'


def _keys(page: Page) -> str:
    less, more = page.say("減る", "less"), page.say("増える", "more")
    certain, possible = page.of(CERTAIN), page.of(POSSIBLE)
    patches = (
        (key("certain"), f"{less} · {certain}"),
        (key("possible"), f"{less} · {possible}"),
        (key("certain more"), f"{more} · {certain}"),
        (key("possible more"), f"{more} · {possible}"),
    )
    items = "".join(f"<li>{patch}{text}</li>" for patch, text in patches)
    return f'<ul class="keys">{items}</ul>'


# benefits -------------------------------------------------------------------------------------


def by_benefit(page: Page) -> str:
    """What every benefit pays before and after."""
    names = [
        page.say("請求する事案", "Claims"),
        page.say("変更前", "Before"),
        page.say("変更後", "After"),
        page.say("増減", "Change"),
    ]
    head = [
        (page.say("補償", "Benefit"), ""),
        *((name, "amount") for name in names),
    ]
    benefits = page.comparison.benefits
    changed = [each for each in benefits if each.change]
    same = [each for each in benefits if not each.change]
    rows = [_benefit(page, each, names) for each in changed]
    rows += [_benefit(page, each, names) for each in same]
    caption = page.say("補償ごとの支払額", "Payouts by benefit")
    foot = _all_benefits(page, names)
    title = page.say("補償ごとに", "By benefit")
    return section("benefits", title, card(table(caption, head, rows, foot)), page.how_set)


def _benefit(page: Page, each: BenefitChange, names: list[str]) -> str:
    before, after = each.claims
    claims = f"{after:,}" if before == after else f"{before:,} → {after:,}"
    more = max((each.before, each.after), key=lambda amount: amount.unlimited)
    told = words.without_limit(more, page.language)
    note = f'<span class="kind">{told}</span>' if told else ""
    return row(
        f"{page.of(each.title)}{note}",
        cell(claims, names[0]),
        cell(page.both(each.before), names[1]),
        cell(page.both(each.after), names[2]),
        cell(page.both(each.change, signed=True), names[3]),
        kind="" if each.change else "same",
    )


def _all_benefits(page: Page, names: list[str]) -> str:
    before, after = page.comparison.payout
    whole = BenefitChange("", page.comparison.before.title, (0, 0), before, after)
    whole = replace(whole, claims=(page.comparison.movement.claims,) * 2)
    return row(
        page.say("合計", "In all"),
        cell(f"{whole.claims[1]:,}", names[0]),
        cell(page.both(before), names[1]),
        cell(page.both(after), names[2]),
        cell(page.both(whole.change, signed=True), names[3]),
    )

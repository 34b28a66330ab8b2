"""The top of the report: what is asked, the answer in two amounts, and what exactly is changed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import Amount, FigureStep, Named
from dosojin.batch.whatif.report_charts import key, payout_bar
from dosojin.batch.whatif.report_page import (
    CERTAIN,
    POSSIBLE,
    Page,
    capital,
    card,
    cell,
    row,
    section,
    table,
)
from dosojin.values.text import Text


def title_of(page: Page) -> Text:
    """The question the report answers, as its title."""
    figures = page.comparison.figures
    if len(figures) == 1:
        before, after = (_value(figures[0], at) for at in ("before", "after"))
        return Text(
            f"もし{before.ja}が{after.ja}になったら", f"What if {before.en} became {after.en}"
        )
    if figures:
        return Text(
            f"もし{len(figures)}つの数字が変わったら", f"What if {len(figures)} figures changed"
        )
    before_id, after_id = page.comparison.before.edition, page.comparison.after.edition
    return Text(
        f"もし {before_id} に代えて {after_id} で判断したら",
        f"What if {after_id} applied in place of {before_id}",
    )


def _value(step: FigureStep, at: str) -> Text:
    value = step.before if at == "before" else step.after
    return Text(*(words.figure(value, step.unit, language) for language in ("ja", "en")))


def intro(page: Page) -> str:
    """Title, which claims, and under which wording."""
    comparison = page.comparison
    counts, language = comparison.counts, page.language
    claims = words.claims(counts.claims, language)
    policies = words.count(counts.policies, *words.POLICY, language)
    receipts = words.count(counts.receipts, *words.RECEIPT, language)
    subject = ""
    if len(comparison.figures) == 1:
        step = comparison.figures[0]
        reading = page.of(capital(step.reading))
        subject = f"<p>{reading} {page.clause_of_figure(step.id)}</p>"
    lede = page.say(
        f"「{comparison.source}」の事案{claims}（{policies}、領収書{receipts}）を、"
        "変更前と変更後の約款でそれぞれ判断し、比べました。",
        f"{claims} of “{comparison.source}” under {policies}, with {receipts}, decided twice: "
        "as the wording stands, and with the change.",
    )
    return (
        f'<header class="intro"><p class="eyebrow">{page.of(comparison.before.title)}</p>'
        f"<h1>{page.of(title_of(page))}</h1>{subject}"
        f'<p class="lede">{lede}</p></header>'
    )


def answer(page: Page) -> str:
    """How much more or less is paid, certain and possible, and how many claims move."""
    comparison = page.comparison
    title = page.say("結果", "The answer")
    inner = card(_changes(page), _payouts(page), _movement(page))
    return section("answer", title, inner, _how_to_read(page, comparison.payout))


def _changes(page: Page) -> str:
    before, after = page.comparison.payout
    change = page.comparison.change
    items = []
    for label, moved, was, now in (
        (page.say("確実な支払額", "Certain payouts"), change.lo, before.lo, after.lo),
        (page.say("最大の支払額", "Possible payouts"), change.hi, before.hi, after.hi),
    ):
        share = words.signed_share(moved, was, page.language)
        told = page.say(
            f"{share}（{page.yen(was)} → {page.yen(now)}）",
            f"{share}, from {page.yen(was)} to {page.yen(now)}",
        )
        items.append(
            f'<div><dt>{label}</dt><dd>{page.signed(moved)}</dd><dd class="note">{told}</dd></div>'
        )
    return f'<dl class="changes">{"".join(items)}</dl>'


def _payouts(page: Page) -> str:
    before, after = page.comparison.payout
    most = max(before.hi, after.hi, 1)
    bars = []
    for name, amount, was in (
        (page.say("変更前", "Before"), before, True),
        (page.say("変更後", "After"), after, False),
    ):
        said = _said(page, amount)
        bars.append(
            f'<div><p class="said"><strong>{name}</strong><span>{said}</span></p>'
            f"{payout_bar(amount, most, was=was)}</div>"
        )
    keys = "".join(
        f"<li>{key(kind)}{page.of(text)}</li>"
        for kind, text in (("certain", CERTAIN), ("possible", POSSIBLE))
    )
    return f'<div class="payouts">{"".join(bars)}<ul class="keys">{keys}</ul></div>'


def _said(page: Page, amount: Amount) -> str:
    more = words.without_limit(amount, page.language)
    text = page.say(
        f"確実 {page.yen(amount.lo)}、最大 {page.yen(amount.hi)}",
        f"{page.yen(amount.lo)} certain, {page.yen(amount.hi)} possible",
    )
    if not more:
        return text
    return f"{text}{'、' if page.language == 'ja' else ', '}{escape(more)}"


def _movement(page: Page) -> str:
    movement = page.comparison.movement
    rows = [
        (page.say("支払いが減る", "Pay less"), movement.less),
        (page.say("支払いが増える", "Pay more"), movement.more),
        (page.say("幅だけが変わる", "Move both ways"), movement.mixed),
        (page.say("変わらない", "Stay the same"), movement.same),
    ]
    items = []
    for label, number in rows:
        if number or label != rows[2][0]:
            part = words.share(number, movement.claims, page.language)
            claims = words.claims(number, page.language)
            items.append(f"<div><dt>{label}</dt><dd>{claims} <small>{part}</small></dd></div>")
    return f'<dl class="counts">{"".join(items)}</dl>'


def _how_to_read(page: Page, payout: tuple[Amount, Amount]) -> str:
    told = page.say(
        "「確実」は、まだ分からないことがどう決まっても支払う額です。「最大」は、すべてが有利に"
        "決まった場合の額です。",
        "Certain is what is paid whatever still turns out. Possible is what is paid if all that "
        "is still open turns out well.",
    )
    if any(amount.unlimited for amount in payout):
        told += page.say(
            "上限がまだない事案は、最大の額にも確実な額だけを数えています。",
            " A claim without an upper limit yet counts with its certain amount in both.",
        )
    return f'<p class="note">{told}</p>'


# what is changed ------------------------------------------------------------------------------


def changed(page: Page) -> str:
    """The replaced figures, and what they do one after another."""
    figures = page.comparison.figures
    title = page.say("何を変えるか", "What is changed")
    if not figures:
        return section("changed", title, _editions(page))
    note = ""
    if len(figures) > 1:
        note = page.say(
            "数字は上から順に一つずつ変えます。ある数字の効果は、それより上の数字を変えた後のものです。",
            "The figures are changed one by one, from the top. The effect of each is counted "
            "after those above it, so another order would share the same total out otherwise.",
        )
        note = f'<p class="note">{note}</p>'
    return section("changed", title, card(_figures(page)), note)


def _figures(page: Page) -> str:
    names = [
        page.say("変更前", "Before"),
        page.say("変更後", "After"),
        page.say("効果", "Effect"),
        page.say("ここまでの支払額", "All claims then pay"),
    ]
    is_single = len(page.comparison.figures) == 1
    shown = names[:2] if is_single else names
    head = [(page.say("数字", "Figure"), ""), *((name, "amount") for name in shown)]
    rows = (row(*cells) for cells in _figure_rows(page, shown, is_single))
    return table(page.say("置き換える数字", "Replaced figures"), head, rows)


def _figure_rows(page: Page, names: list[str], is_single: bool) -> Iterator[list[str]]:
    for step in page.comparison.figures:
        reading = page.of(capital(step.reading)) if step.reading.en else ""
        cells = [
            f'{page.clause_of_figure(step.id)}<span class="kind">{reading}'
            f"{' · ' if reading else ''}{escape(step.source)}</span>",
            cell(page.of(_value(step, "before")), names[0]),
            cell(f"<strong>{page.of(_value(step, 'after'))}</strong>", names[1]),
        ]
        if not is_single:
            cells.append(cell(page.both(step.change, signed=True), names[2]))
            cells.append(cell(page.both(step.payout), names[3]))
        yield cells


def _editions(page: Page) -> str:
    before, after = page.comparison.before, page.comparison.after
    same = page.say(
        "証券（保険金額と特約）は変えず、約款だけを入れ替えています。",
        "The certificate (sums insured and riders) stays as it is; only the wording is exchanged.",
    )
    command = f"<code>{escape(f'dosojin diff {before.edition} {after.edition}')}</code>"
    see = page.say("違いの一覧：", "What differs, clause by clause:")
    rows = [
        row(page.say("変更前", "Before"), cell(_named(page, before), kind="")),
        row(page.say("変更後", "After"), cell(_named(page, after), kind="")),
    ]
    head = [(page.say("時点", "When"), ""), (page.say("約款", "Wording"), "")]
    return card(table(page.say("二つの版", "The two editions"), head, rows)) + (
        f'<p class="note">{same} {see} {command}</p>'
    )


def _named(page: Page, named: Named) -> str:
    return f'{page.of(named.title)}<span class="kind">{escape(named.edition)}</span>'

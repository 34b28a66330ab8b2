"""How far claims move, loss ratios, and the claims that move most."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import (
    QUANTILES,
    Change,
    LossRatio,
    MovedClaim,
    Spread,
)
from dosojin.batch.whatif.report_charts import (
    Column,
    columns_of_bins,
    histogram,
    key,
    ratio_bars,
)
from dosojin.batch.whatif.report_page import (
    CERTAIN,
    POSSIBLE,
    VERDICTS,
    Page,
    card,
    cell,
    row,
    section,
    table,
)
from dosojin.values.text import Text

RATIO_MOST = 3000
"""Tenths of a per cent: bars that run further are cut, so that the others can be told apart."""
_ROOMS = (1000, 1250, 1500, 2000, 2500, RATIO_MOST)


def spread(page: Page) -> str:
    """The distribution of the change over the claims that move, and what becomes of verdicts."""
    comparison = page.comparison
    title = page.say("事案はどれだけ動くか", "How far claims move")
    columns = columns_of_bins(comparison.certain.bins, comparison.possible.bins)
    if not columns:
        nothing = page.say("支払額の変わる事案はありません。", "No claim pays more or less.")
        return section("spread", title, f"<p>{nothing}</p>", _verdicts(page))
    told = page.say(
        f"変わらない{words.claims(comparison.movement.same, 'ja')}は含みません。",
        f"Without the {words.claims(comparison.movement.same, 'en')} that stay the same.",
    )
    caption = page.say("増減ごとの事案の数", "Claims by change of their payout")
    keys = "".join(
        f"<li>{key(kind)}{page.of(text)}</li>"
        for kind, text in (("certain", CERTAIN), ("possible", POSSIBLE))
    )
    picture = (
        f'<figure class="histogram"><figcaption><h3>{caption}</h3><p class="note">{told}</p>'
        f"</figcaption>{histogram(columns, page.language)}"
        f'<ul class="keys">{keys}</ul></figure>'
    )
    left = f'<div class="column">{picture}{_quantiles(page)}</div>'
    beside = f'<div class="beside">{left}{_bins(page, columns)}</div>'
    return section("spread", title, card(beside), _verdicts(page))


def _bins(page: Page, columns: tuple[Column, ...]) -> str:
    names = [page.of(CERTAIN), page.of(POSSIBLE)]
    head = [(page.say("増減", "Change"), ""), *((name, "amount") for name in names)]
    rows = (
        row(_range(page, each), *_cells(names, [f"{each.certain:,}", f"{each.possible:,}"]))
        for each in columns
        if each.certain or each.possible
    )
    caption = page.say("増減ごとの事案の数（表）", "Claims by change, in figures")
    return table(caption, head, rows, stacks=False)


def _range(page: Page, each: Column) -> str:
    """A bin, the smaller size first: "−¥1,000 to −¥1,999"."""
    near, far = (each.most, each.least) if each.least < 0 else (each.least, each.most)
    ends = [f'<span class="whole">{page.signed(each)}</span>' for each in (near, far)]
    return page.say("〜", " to ").join(ends)


def _quantiles(page: Page) -> str:
    """Least, quantiles and most of both amounts."""
    comparison = page.comparison
    names = [page.of(CERTAIN), page.of(POSSIBLE)]
    head = [(page.say("動く事案のうち", "Of the claims that move"), "")]
    head += [(name, "amount") for name in names]
    spreads = (comparison.certain, comparison.possible)
    rows = [row(page.say("件数", "how many"), *_cells(names, [f"{s.moved:,}" for s in spreads]))]
    rows += [
        row(page.of(label), *_cells(names, [_at(page, each, at) for each in spreads]))
        for label, at in _PLACES
    ]
    note = "" if all(each.is_exact for each in spreads) else _rounded(page)
    caption = page.say("増減の分布", "How the changes spread")
    return table(caption, head, rows, stacks=False) + note


_MIDDLE = 50
_PLACES = (
    (Text("最も小さい値", "lowest"), 0),
    *(
        (Text("中央値", "median"), at)
        if at == _MIDDLE
        else (Text(f"{at}パーセンタイル", f"{at}th percentile"), at)
        for at in QUANTILES
    ),
    (Text("最も大きい値", "highest"), 100),
)


def _at(page: Page, spread: Spread, at: int) -> str:
    if not spread.moved:
        return "–"
    found = {0: spread.least, 100: spread.most, **dict(spread.quantiles)}
    return page.signed(found[at])


def _cells(names: list[str], values: list[str]) -> list[str]:
    return [cell(value, name) for name, value in zip(names, values, strict=True)]


def _rounded(page: Page) -> str:
    told = page.say(
        "増減の種類が多いため、分布は上位3桁に丸めて求めています。",
        "So many different changes occur that quantiles were found from three leading digits.",
    )
    return f'<p class="note">{told}</p>'


def _verdicts(page: Page) -> str:
    """From verdict to verdict, in claims; those that keep theirs are muted."""
    moves = {(each.before, each.after): each.claims for each in page.comparison.verdicts}
    if not any(claims for (before, after), claims in moves.items() if before != after):
        told = page.say(
            "支払いの対象かどうかの判断は、どの事案でも変わりません。",
            "Whether a claim is covered changes for none of them.",
        )
        return f"<p>{told}</p>"
    seen = {id for pair, claims in moves.items() if claims for id in pair}
    used = [id for id in VERDICTS if id in seen]
    names = [page.of(VERDICTS[id]) for id in used]
    head = [(page.say("変更前 ＼ 変更後", "Before ＼ after"), "")]
    head += [(name, "amount") for name in names]
    rows = []
    for before in used:
        cells = [
            cell(f"{moves.get((before, after), 0):,}", name, f"amount{' same' * (before == after)}")
            for after, name in zip(used, names, strict=True)
        ]
        rows.append(row(page.of(VERDICTS[before]), *cells))
    caption = page.say("判断の移り変わり（件）", "From verdict to verdict")
    return card(table(caption, head, rows, stacks=False))


# loss ratios ----------------------------------------------------------------------------------


def loss_ratios(page: Page) -> str:
    """Payouts against premiums by plan and length of the policy, before and after."""
    comparison = page.comparison
    title = page.say("損害率（支払額 ÷ 払込保険料）", "Loss ratio (payouts over premiums as paid)")
    whole = comparison.all_ratio
    if not whole.premium:
        nothing = page.say(
            "保険料の列（premium）がないため、損害率は求められません。",
            "The portfolio states no premiums, so there is no loss ratio.",
        )
        return section("ratios", title, f"<p>{nothing}</p>")
    names = [
        page.say("保険料", "Premium"),
        page.say("変更前", "Before"),
        page.say("変更後", "After"),
        page.say("差", "Change"),
    ]
    most = _room(comparison.ratios)
    head = [(page.say("プランと期間", "Plan and length"), ""), page.picture_head]
    head += [(name, "amount") for name in names]
    rows = list(_ratio_rows(page, names, most))
    foot = _ratio(page, page.say("合計", "In all"), whole, names, most)
    caption = page.say(
        "保険料に対する支払額（プランと保険期間ごと）",
        "Payouts against premiums by plan and length",
    )
    inner = card(table(caption, head, rows, foot))
    return section("ratios", title, inner, _ratio_keys(page), page.how_set, _apart(page))


def _room(ratios: tuple[LossRatio, ...]) -> int:
    """How far the scale goes: to the highest ratio, never past RATIO_MOST."""
    highest = max((max(r.ratios(r.before)[1], r.ratios(r.after)[1]) for r in ratios), default=0)
    return next((room for room in _ROOMS if highest <= room), RATIO_MOST)


def _ratio_rows(page: Page, names: list[str], most: int) -> Iterator[str]:
    plan: str | None = None
    for each in page.comparison.ratios:
        if each.plan != plan:
            plan = each.plan
            title = (
                page.say(f"プラン {plan}", f"Plan {plan}")
                if plan
                else page.say("プランの記載なし", "No plan stated")
            )
            yield (
                f'<tr class="group" role="row"><th scope="rowgroup" colspan="6" '
                f'role="rowheader">{title}</th></tr>'
            )
        yield _ratio(page, page.of(each.length), each, names, most)


def _ratio(page: Page, head: str, each: LossRatio, names: list[str], most: int) -> str:
    before, after = each.ratios(each.before), each.ratios(each.after)
    language = page.language
    policies = words.count(each.policies, *words.POLICY, language)
    moved = _stacked(
        words.points(before[0], after[0], language), words.points(before[1], after[1], language)
    )
    return row(
        f'{head}<span class="kind">{policies}</span>',
        cell(ratio_bars(before, after, most), kind="bar bar-low"),
        cell(page.yen(each.premium), names[0]),
        cell(_both(before, page), names[1]),
        cell(_both(after, page), names[2]),
        cell(moved, names[3]),
    )


def _both(found: tuple[int, int], page: Page) -> str:
    return _stacked(*(words.percent(each, page.language) for each in found))


def _stacked(certain: str, possible: str) -> str:
    """Certain above possible, or the one value that is both."""
    second = "" if certain == possible else f'<span class="hi">{possible}</span>'
    return f'<span class="lo">{certain}</span>{second}'


def _ratio_keys(page: Page) -> str:
    was, now = page.say("変更前", "before"), page.say("変更後", "after")
    certain, possible = page.of(CERTAIN), page.of(POSSIBLE)
    patches = (
        (key("certain", "was"), f"{was} · {certain}"),
        (key("possible", "was"), f"{was} · {possible}"),
        (key("certain"), f"{now} · {certain}"),
        (key("possible"), f"{now} · {possible}"),
    )
    items = "".join(f"<li>{patch}{text}</li>" for patch, text in patches)
    line = page.say("点線は100％です。", "The dotted line is 100 %.")
    return f'<ul class="keys">{items}<li>{line}</li></ul>'


def _apart(page: Page) -> str:
    """What the ratios leave out, and what they can't know."""
    counts = page.comparison.counts
    told = []
    if counts.unpriced:
        policies = words.count(counts.unpriced, *words.POLICY, page.language)
        told.append(
            page.say(
                f"保険料の分からない{policies}は含みません。",
                f"Without {policies} whose premium is not stated.",
            )
        )
    if counts.policies and not counts.without_claims:
        told.append(
            page.say(
                "事案のない契約が一つもありません。そうした契約の保険料が抜けていれば、"
                "損害率は実際より高く出ます。",
                "Every policy here has a claim. If those without are missing, the true ratios "
                "are lower.",
            )
        )
    return f'<p class="note">{" ".join(told)}</p>' if told else ""


# the claims that move most --------------------------------------------------------------------


def top_claims(page: Page) -> str:
    """The claims that move most, each with the clauses that move it."""
    top = page.comparison.top
    title = page.say("最も動く事案", "The claims that move most")
    if not top:
        return ""
    names = [
        page.say("変更前", "Before"),
        page.say("変更後", "After"),
        page.say("増減", "Change"),
        page.say("理由", "Why"),
    ]
    head = [(page.say("契約 / 事故", "Policy / occurrence"), "")]
    head += [(name, "amount") for name in names[:3]] + [(names[3], "")]
    rows = (_claim(page, each, names) for each in top)
    caption = page.say(f"上位 {len(top)} 件", f"The first {len(top)}")
    return section("top", title, card(table(caption, head, rows)))


def _claim(page: Page, claim: MovedClaim, names: list[str]) -> str:
    language = page.language
    return row(
        f'{escape(claim.policy)}<span class="kind">{escape(claim.occurrence)}</span>',
        cell(words.span(claim.before, language), names[0]),
        cell(words.span(claim.after, language), names[1]),
        cell(_moved(page, claim), names[2]),
        cell(f'<ul class="why">{"".join(_why(page, claim))}</ul>', names[3], "wide"),
    )


def _moved(page: Page, claim: MovedClaim) -> str:
    certain = claim.after.lo - claim.before.lo
    if claim.after.hi is None or claim.before.hi is None:
        return page.signed(certain)
    possible = claim.after.hi - claim.before.hi
    if certain == possible:
        return page.signed(certain)
    return page.both(Change(certain, possible), signed=True)


def _why(page: Page, claim: MovedClaim) -> Iterator[str]:
    for step in claim.steps:
        chips = " ".join(page.clause(id) for id in step.clauses)
        yield f"<li>{chips} {escape(words.change_words(step.change, page.language))}</li>"
    for id, before, after in claim.benefits:
        verdicts = [
            page.of(VERDICTS[each.verdict]) if each else page.say("請求なし", "not claimed")
            for each in (before, after)
        ]
        decided = dict.fromkeys(each.clause for each in (before, after) if each)
        if verdicts[0] != verdicts[1] or len(decided) > 1:
            title = page.of(page.benefit(id))
            colon = "：" if page.language == "ja" else ": "
            arrow = " → ".join(page.clause(clause) for clause in decided)
            yield f"<li>{title}{colon}{' → '.join(dict.fromkeys(verdicts))} {arrow}</li>"

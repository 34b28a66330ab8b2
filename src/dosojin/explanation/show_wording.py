"""Shows a wording page as plain text: one thing a line, indented by what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from dosojin.explanation.condition_words import figure_text
from dosojin.explanation.wording_page import (
    DECISIONS,
    BenefitEntry,
    ClauseEntry,
    FigureEntry,
    OutlineEntry,
    PaperEntry,
    WordingPage,
)
from dosojin.terms.clauses import Role, Status
from dosojin.values.text import Language, Text

ROLES = {
    Role.GRANTS: Text("支払事由", "grant"),
    Role.EXCLUDES: Text("免責", "exclusion"),
    Role.RESTORES: Text("免責の復活", "restores cover"),
    Role.LIMITS: Text("金額の条件", "condition on the money"),
}
STATUSES = {
    Status.CODED: Text("自動判定", "coded"),
    Status.HUMAN: Text("人が判断", "human judgement"),
    Status.NOT_MODELLED: Text("未対応", "not modelled"),
}
_TOGETHER = Text("次の合計", "all of these together")
_RECEIPTS = Text("領収書", "receipts")
_ONLY = Text("次の条件にあうもの", "only where")
_INDENT = "  "


def show_wording(page: WordingPage, language: Language) -> str:
    """The page as text in one language."""
    return "\n".join(_lines(page, language)) + "\n"


def _lines(page: WordingPage, language: Language) -> Iterator[str]:
    revision = Text(f"第{page.revision}改訂", f"revision {page.revision}")
    cases = Text(f"事例 {page.cases} 件", f"{page.cases} worked cases")
    yield page.title.in_(language)
    yield " · ".join([page.product, revision.in_(language), cases.in_(language)])
    for number, benefit in enumerate(page.benefits, 1):
        yield ""
        yield ""
        yield f"{number}. {benefit.title.in_(language)} ({benefit.id})"
        for line in _benefit(benefit, language):
            yield _INDENT + line if line else ""


def _benefit(benefit: BenefitEntry, language: Language) -> Iterator[str]:
    carried = Text("補償される契約", "Carried where")
    yield f"{_heading(Text('出典', 'Source'), language)}{benefit.source}"
    yield f"{_heading(carried, language)}{benefit.carried.in_(language)}"
    titles = dict(benefit.parts)
    part = None
    for clause in benefit.clauses:
        if clause.part != part:
            part = clause.part
            yield ""
            yield titles[part].in_(language) if part in titles else benefit.title.in_(language)
        yield from _indented(_clause(clause, language))
    yield ""
    yield Text("お金の流れ（支払額から領収書へ）", "The money, from the payout down").in_(language)
    yield from _indented(_node(entry, language) for entry in benefit.outline)
    if benefit.figures:
        yield ""
        yield Text("数字", "Figures").in_(language)
        yield from _indented(_figure(figure, language) for figure in benefit.figures)
    if benefit.papers:
        yield ""
        yield Text("必要な書類", "Papers").in_(language)
        yield from _indented(_paper(paper, language) for paper in benefit.papers)
    if benefit.decisions:
        yield ""
        decided = Text("判断の理由", "Decisions")
        pages = ", ".join(f"{DECISIONS}/{name}" for name in benefit.decisions)
        yield f"{_heading(decided, language)}{pages}"


def _heading(text: Text, language: Language) -> str:
    return f"{text.in_(language)}{'：' if language == 'ja' else ': '}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (_INDENT + line for line in lines)


def _clause(clause: ClauseEntry, language: Language) -> Iterator[str]:
    yield " · ".join(
        [clause.id, ROLES[clause.role].in_(language), STATUSES[clause.status].in_(language)]
    )
    yield _INDENT + clause.reading.in_(language)
    if clause.unreachable is not None:
        unreachable = Text("公表されたプランでは働きません", "No published plan reaches it")
        told = clause.unreachable.in_(language)
        yield f"{_INDENT}{_heading(unreachable, language)}{told}"
    yield _INDENT + " · ".join(_about(clause, language))


def _about(clause: ClauseEntry, language: Language) -> Iterator[str]:
    yield clause.source
    if clause.restored_by:
        ids = ", ".join(clause.restored_by)
        yield Text(f"復活させる条文 {ids}", f"lifted by {ids}").in_(language)
    if clause.restores:
        ids = ", ".join(clause.restores)
        yield Text(f"{ids} を解く", f"lifts {ids}").in_(language)
    if clause.why is not None:
        yield f"{DECISIONS}/{clause.why}"
    count = "1 case" if clause.cases == 1 else f"{clause.cases} cases"
    yield Text(f"事例 {clause.cases} 件", count).in_(language)


def _node(entry: OutlineEntry, language: Language) -> str:
    words: list[str] = []
    if entry.kind == "all":
        words.append(_TOGETHER.in_(language))
    if entry.kind in ("gate", "sieve"):
        words.append(_heading(_ONLY, language) + entry.reading.in_(language))
    elif entry.reading.in_(language):
        words.append(entry.reading.in_(language))
    if entry.receipts:
        titles = "; ".join(title.in_(language) for title in entry.receipts)
        words.append(_heading(_RECEIPTS, language) + titles)
    if entry.id and entry.kind not in ("all", "lines"):
        words.append(f"[{entry.id}]")
    return _INDENT * entry.depth + "- " + " ".join(words)


def _figure(figure: FigureEntry, language: Language) -> str:
    amount = figure_text(figure.value, figure.unit).in_(language)
    read_by = ", ".join(figure.read_by)
    return f"{figure.id} = {amount} · {figure.source} · {read_by}"


def _paper(paper: PaperEntry, language: Language) -> str:
    title = paper.title.in_(language)
    if paper.when is None:
        return title
    return Text(f"{title}（{paper.when.ja}）", f"{title} ({paper.when.en})").in_(language)

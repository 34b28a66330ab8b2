"""What every section of the report shares: language, wordings, escaped text, clauses by id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from dosojin.batch.whatif import amount_words as words
from dosojin.batch.whatif.comparison import Amount, Change, ClauseStep, Comparison
from dosojin.explanation.readings import Readings, readings_of
from dosojin.terms.editions import Edition
from dosojin.values.text import Language, Text

VERDICTS = {
    "covered": Text("お支払いの対象", "covered"),
    "depends": Text("未定", "not decided yet"),
    "not_covered": Text("対象外", "not covered"),
}
CERTAIN, POSSIBLE = Text("確実", "certain"), Text("最大", "possible")


class Page:
    """One report while it is written. named: the clauses it has linked to, each once."""

    def __init__(
        self, comparison: Comparison, editions: tuple[Edition, Edition], language: Language
    ) -> None:
        self.comparison = comparison
        self.language = language
        self.readings: tuple[Readings, Readings] = (
            readings_of(editions[0]), readings_of(editions[1]),
        )  # fmt: skip
        self.named: dict[str, None] = {}

    def say(self, ja: str, en: str) -> str:
        """A sentence in the report's language, escaped."""
        return escape(ja if self.language == "ja" else en)

    def of(self, text: Text) -> str:
        return escape(text.in_(self.language))

    # clauses ------------------------------------------------------------------------------

    def clause(self, id: str) -> str:
        """A link to what a clause says; it stands among the clauses at the end from now on."""
        self.named.setdefault(id)
        return f'<a class="clause" href="#{anchor(id)}">{escape(id)}</a>'

    def clause_of_figure(self, id: str) -> str:
        """A figure by its id; a link where a clause or node bears the same id."""
        if self.reading(id).en:
            return self.clause(id)
        return f'<span class="clause">{escape(id)}</span>'

    def reading(self, id: str) -> Text:
        """What a clause or node says, after the change if it is still there."""
        for readings in reversed(self.readings):
            found = readings.by_id.get(id)
            if found is not None:
                return found.text
            if id in readings.parts:
                return readings.parts[id]
        return Text("", "")

    def benefit(self, id: str) -> Text:
        for readings in reversed(self.readings):
            if id in readings.benefits:
                return readings.benefits[id].title
        return Text(id, id)

    def step_title(self, step: ClauseStep) -> str:
        """What a step is about: the sentence of its one clause, or the part that it stands in."""
        reading = self.reading(step.clauses[0]) if len(step.clauses) == 1 else Text("", "")
        return self.of(capital(reading) if reading.en else step.part)

    # amounts ------------------------------------------------------------------------------

    @property
    def picture_head(self) -> tuple[str, str]:
        """The head of a column of bars, which only those need who hear the table."""
        return f'<span class="unseen">{self.say("図", "Picture")}</span>', "bar"

    @property
    def how_set(self) -> str:
        """How two amounts in one cell are to be read."""
        told = self.say(
            "二段の欄は、上が確実、下が最大です。一段の欄は、どちらも同じです。",
            "Of two amounts the upper is certain, the lower possible. One amount alone is both.",
        )
        return f'<p class="note">{told}</p>'

    def yen(self, amount: int) -> str:
        return words.yen(amount, self.language)

    def signed(self, amount: int) -> str:
        return words.signed_yen(amount, self.language)

    def both(self, amount: Amount | Change, *, signed: bool = False) -> str:
        """Certain above possible, or the one amount that is both.

        The words stand there for those who do not see how they are set.
        """
        write = self.signed if signed else self.yen
        if amount.lo == amount.hi:
            return f'<span class="lo">{write(amount.lo)}</span>'
        certain, possible = self.of(CERTAIN), self.of(POSSIBLE)
        return (
            f'<span class="lo"><span class="unseen">{certain} </span>{write(amount.lo)}</span>'
            f'<span class="hi"><span class="unseen">{possible} </span>{write(amount.hi)}</span>'
        )


def capital(text: Text) -> Text:
    """A reading as the beginning of a row: an English one with a capital."""
    return Text(text.ja, text.en[:1].upper() + text.en[1:])


def anchor(id: str) -> str:
    """The id of the place on the page where a clause is told."""
    return "clause-" + re.sub(r"[^A-Za-z0-9_.-]", "_", id)


def section(id: str, title: str, *parts: str) -> str:
    """A section with its heading; empty parts are left out."""
    inner = "\n".join(part for part in parts if part)
    return (
        f'<section aria-labelledby="{id}">\n<h2 id="{id}">{title}</h2>\n{inner}\n</section>'
    )


def card(*parts: str) -> str:
    return f'<div class="card">{"".join(parts)}</div>'


def table(
    caption: str,
    head: Sequence[tuple[str, str]],
    rows: Iterable[str],
    foot: str = "",
    *,
    stacks: bool = True,
) -> str:
    """A table; head: (title, class) by column. stacks: its rows become blocks on a phone."""
    cells = "".join(
        f'<th scope="col"{_class(kind)} role="columnheader">{title}</th>' for title, kind in head
    )
    tail = f'<tfoot role="rowgroup">{foot}</tfoot>' if foot else ""
    return (
        f'<table class="{"stack" if stacks else "slim"}" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody>{tail}</table>'
    )


def row(head: str, *cells: str, kind: str = "") -> str:
    return (
        f'<tr{_class(kind)} role="row"><th scope="row" role="rowheader">{head}</th>'
        f'{"".join(cells)}</tr>'
    )


def cell(content: str, label: str = "", kind: str = "amount") -> str:
    """A cell; `label` is its column's title, said again where the rows are blocks."""
    told = f' data-label="{label}"' if label else ""
    return f'<td{_class(kind)}{told} role="cell">{content}</td>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""

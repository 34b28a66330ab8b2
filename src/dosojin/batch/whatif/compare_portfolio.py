"""A whole portfolio under two wordings: what `dosojin whatif` asks for, from files to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dosojin.adjudication.catalogue import load_edition, load_lowered, plan_ids
from dosojin.batch.runs.partitions import Partition, find_partitions
from dosojin.batch.runs.progress import Progress
from dosojin.batch.runs.summary import Counts
from dosojin.batch.whatif.compare_columns import ComparisonOfWordings, Wording
from dosojin.batch.whatif.comparison import Comparison
from dosojin.batch.whatif.read_portions import read_portion
from dosojin.batch.whatif.replace_figures import (
    Replacement,
    lower_replaced,
    read_replacements,
    replace_figures,
)
from dosojin.terms.editions import Edition
from dosojin.values.problems import Problem
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """The wordings to compare, the first as it stands, and the figures that lead to the last."""

    wordings: tuple[Wording, ...]
    replacements: tuple[Replacement, ...]

    @property
    def editions(self) -> tuple[Edition, Edition]:
        return self.wordings[0].edition, self.wordings[-1].edition


def ask(edition: str, sets: Sequence[str], against: str | None) -> Question:
    """What is to be compared; Problem unless it is either figures or another edition."""
    if bool(sets) is (against is not None):
        raise Problem(
            "whatif.one_change",
            "--set, --against",
            Text(
                "どちらも指定されています。" if sets else "どちらも指定されていません。",
                "Both are given." if sets else "Neither is given.",
            ),
            Text(
                "数字を変えるなら --set、別の版と比べるなら --against を使ってください。",
                "Use --set to change figures, or --against to compare with another edition.",
            ),
        )
    home = Wording(load_edition(edition), load_lowered(edition))
    if against == edition:
        raise Problem(
            "whatif.same_edition",
            "--against",
            Text(f"{edition} どうしでは何も変わりません。", f"Both are {edition}."),
            Text("別の版を指定してください。", "Name another edition."),
        )
    if against is not None:
        return Question((home, Wording(load_edition(against), load_lowered(against))), ())
    replacements = read_replacements(home.edition, sets)
    after = tuple(
        Wording(replace_figures(home.edition, done), lower_replaced(home.edition, done))
        for done in (replacements[: number + 1] for number in range(len(replacements)))
    )
    return Question((home, *after), replacements)


def compare_portfolio(source: Path, question: Question, *, top: int) -> Comparison:
    """Decides every claim of a portfolio under each wording.

    Problem if there are no claims there, or a file or column cannot be taken.
    """
    return compare_partitions(source.name, find_partitions(source), question, top=top)


def compare_partitions(
    name: str,
    partitions: Sequence[Partition],
    question: Question,
    progress: Progress | None = None,
    *,
    top: int,
) -> Comparison:
    """The same for partitions that were found already; name: how the portfolio is called."""
    work = ComparisonOfWordings(question.wordings, top)
    for partition in partitions:
        portion = read_portion(partition, question.wordings)
        work.add(portion)
        if progress is not None:
            receipts = portion.columns[0].receipts.count
            progress.advance(partition.weight, Counts(receipts_in=receipts))
    plans = plan_ids(question.wordings[0].edition.id)
    return work.comparison(name, question.replacements, plans)

"""`dosojin experience`: premiums, payouts, loss ratios, and the discount that they earn."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dosojin.cli.arguments import HELP, Arguments, Command, Option, read_arguments
from dosojin.cli.named_editions import PRODUCT_HELP, named_edition, print_json
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from rich.table import Table

    from dosojin.batch.experience.discount_scale import Scale
    from dosojin.batch.experience.tallies import Experience
    from dosojin.batch.experience.tell_experience import Section

SUMMARY = Text("損害率と、それによる割引を計算します", "loss ratios and the discount they earn")

YEAR_LEAST, YEAR_MOST = 1900, 9999
WIDTH_LEAST = 160
COMMAND = Command(
    "experience",
    "DIR",
    Text("契約と事故のフォルダー（区画）", "the folder of a portfolio, in partitions"),
    (
        Option(
            "--decisions",
            "OUT",
            Text(
                "dosojin batch の保存先（省くとここで判断します）",
                "what `dosojin batch` wrote (left out: it is decided here)",
            ),
        ),
        Option(
            "--scale",
            "FILE.toml",
            Text(
                "損害率と割引率の表（省くと付属の仮の表）",
                "loss ratio to discount (left out: an assumption of ours)",
            ),
        ),
        Option("--from-year", "YEAR", Text("この年の始期から", "inceptions from this year on")),
        Option("--to-year", "YEAR", Text("この年の始期まで", "inceptions up to this year")),
        Option("--edition", "EDITION", PRODUCT_HELP),
    ),
)
_RATIO = Text("損害率 %\n（割引前）", "Loss ratio %\nundiscounted")
_COLUMNS = (
    Text("契約", "Policies"),
    Text("払込\n保険料", "Premium\nas paid"),
    Text("事故", "Claims"),
    Text("未確定", "open"),
    Text("支払\n確実", "At\nleast"),
    Text("支払\n最大", "at\nmost"),
    _RATIO,
)
_DISCOUNTS = (
    Text("割引前の保険料", "Premium\nundiscounted"),
    _RATIO,
    Text("損害率による\n割引 %", "Experience\ndiscount %"),
    Text("割引の合計 %", "Whole\ndiscount %"),
)
_UNIT = Text("金額は千円", "amounts in thousands of yen")


def run(argv: list[str]) -> int:
    """Print the tables; Problem for input that cannot be taken."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has(HELP.name):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.batch.experience.discount_scale import load_scale, shipped_scale
    from dosojin.batch.experience.read_experience import read_experience

    given = arguments.has("--scale")
    scale = load_scale(Path(arguments.text("--scale"))) if given else shipped_scale()
    first, last = _year(arguments, "--from-year"), _year(arguments, "--to-year")
    portfolio = Path(arguments.text("DIR"))
    edition = named_edition(arguments, "--edition")
    with _decisions(arguments, portfolio, edition) as decisions:
        whole = read_experience(portfolio, decisions, edition)
    experience = _of_years(whole, first, last)
    if arguments.has("--json"):
        from dosojin.batch.experience.tell_experience import experience_json

        print_json(experience_json(experience, scale))
    else:
        _print(experience, scale, arguments.language)
    return 0


def _year(arguments: Arguments, name: str) -> int | None:
    if not arguments.has(name):
        return None
    return arguments.whole(name, YEAR_LEAST, YEAR_MOST)


def _of_years(whole: Experience, first: int | None, last: int | None) -> Experience:
    """Only these years; Problem where there are policies, but none of these years."""
    found = whole.within(first, last)
    if whole.cells and not found.cells:
        years = [key.year for key in whole.cells]
        raise Problem(
            "experience.years",
            "--from-year" if last is None else "--to-year" if first is None
            else "--from-year, --to-year",
            Text("この年に始まる契約がありません。", "No policy begins in these years."),
            Text(
                f"{min(years)}年から{max(years)}年までの年を指定してください。",
                f"The policies begin in {min(years)} to {max(years)}.",
            ),
        )  # fmt: skip
    return found


@contextmanager
def _decisions(arguments: Arguments, portfolio: Path, edition: str | None) -> Iterator[Path]:
    """The decisions that were named, or new ones in a folder that goes afterwards."""
    if arguments.has("--decisions"):
        yield Path(arguments.text("--decisions"))
        return
    from dosojin.batch.portfolio.simulate import edition_in, newest_published
    from dosojin.batch.runs.decide_partition import Options
    from dosojin.batch.runs.progress import shown_progress
    from dosojin.batch.runs.run_batch import plan_run, run_batch
    from dosojin.batch.runs.runners import runner_for

    decided_by = edition or edition_in(portfolio) or newest_published()
    with tempfile.TemporaryDirectory(prefix="dosojin-") as folder:
        out = Path(folder) / "decisions"
        job = plan_run(portfolio, out, Options(decided_by))
        weight = sum(partition.weight for partition in job.partitions)
        with shown_progress(len(job.partitions), weight, arguments.language) as progress:
            finished = run_batch(job, runner_for(1), progress)
        for notice in finished.notices:
            print(notice.in_(arguments.language), file=sys.stderr)
        yield out


def _print(experience: Experience, scale: Scale, language: Language) -> None:
    from rich.console import Console

    from dosojin.batch.experience.tell_experience import notes, sections
    from dosojin.explanation.render_text import fold_text

    page = Console(file=sys.stdout).width
    # a table that is too wide is broken by the terminal rather than cut by us
    console = Console(file=sys.stdout, highlight=False, width=max(page, WIDTH_LEAST))
    console.print(f"{experience.edition} ({_UNIT.in_(language)})\n")
    of_years, *others = sections(experience)
    tables = [_amounts(of_years, experience, language)]
    tables.append(_discounts(of_years, experience, scale, language))
    tables += [_amounts(section, experience, language) for section in others if section.rows]
    for table in tables:
        console.print(table)
        console.print()
    for note in notes(experience, scale):
        told = fold_text(f"- {note.in_(language)}", page)
        console.print(told, soft_wrap=True, markup=False)


def _empty(heading: Text, columns: Sequence[Text], language: Language) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(heading.in_(language), vertical="bottom", no_wrap=True)
    for title in columns:
        table.add_column(title.in_(language), justify="right", vertical="bottom", no_wrap=True)
    return table


def _amounts(section: Section, experience: Experience, language: Language) -> Table:
    from dosojin.batch.experience.tell_experience import span_of_percents, thousands

    table = _empty(section.heading, _COLUMNS, language)
    for row in section.rows:
        tally = row.tally
        ratio = experience.loss_ratio(tally)
        table.add_row(
            row.title.in_(language),
            f"{tally.policies:,}",
            thousands(tally.premium, language),
            f"{tally.occurrences:,}",
            f"{tally.open:,}",
            thousands(tally.lo, language),
            thousands(tally.hi, language),
            span_of_percents(ratio.lo, ratio.hi, language),
        )
    return table


def _discounts(section: Section, experience: Experience, scale: Scale, language: Language) -> Table:
    from dosojin.batch.experience.tell_experience import (
        experience_discount,
        span_of_percents,
        thousands,
        whole_discount,
    )

    table = _empty(section.heading, _DISCOUNTS, language)
    for row in section.rows:
        ratio = experience.loss_ratio(row.tally)
        table.add_row(
            row.title.in_(language),
            thousands(experience.before_discount(row.tally), language),
            span_of_percents(ratio.lo, ratio.hi, language),
            experience_discount(scale, ratio, language),
            whole_discount(scale, ratio, language),
        )
    return table

"""What a run counted, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

import pyarrow as pa
import pyarrow.parquet as pq

from dosojin.adjudication.catalogue import load_edition
from dosojin.batch.runs.decision_rows import VERDICTS
from dosojin.batch.runs.run_batch import Finished, Job
from dosojin.batch.runs.sample_check import Checked
from dosojin.batch.runs.summary import Counts, reason_name
from dosojin.values.text import Language, Text

_WIDE = ("W", "F")
_GAP = "  "
PAGE_PLACES = 80
NAME_PLACES_LEAST = 18
_ROWS = Text(
    "{name} {came} 件 = 判断 {decided} + 除外 {rejected}{left_out}",
    "{came} {name} = {decided} decided + {rejected} rejected{left_out}",
)
_LEFT_OUT = Text(" + --where の対象外 {count}", " + {count} left out by --where")
_NAMES = {
    "occurrences": Text("事故", "occurrences"),
    "receipts": Text("領収書", "receipts"),
}
_TITLES = (
    Text("補償", "Benefit"), Text("支払う", "covered"), Text("未定", "depends"),
    Text("支払わない", "not covered"), Text("確実（円）", "certain (yen)"),
    Text("最大（円）", "possible (yen)"),
)  # fmt: skip
_TOTAL = Text("合計", "Total")
_DONE = Text(
    "この実行は済んでいます。何もしませんでした。",
    "This run was finished already; nothing was done.",
)


def tell_run(
    job: Job, finished: Finished, rate: int, checked: Checked | None, language: Language
) -> str:
    """The page that the command prints at the end."""
    counts = finished.counts
    lines = [f"{job.options.edition} → {job.places.out}", ""]
    if finished.was_done:
        lines += [_DONE.in_(language), ""]
    lines += [_rows(kind, counts, language) for kind in _NAMES]
    lines += ["", *_table(job, counts, language), ""]
    lines += [text.in_(language) for text in _notes(job, finished, rate)]
    if checked is not None:
        lines += ["", *(text.in_(language) for text in _sample(job, checked))]
    return "\n".join(lines)


def _rows(kind: str, counts: Counts, language: Language) -> str:
    left_out = getattr(counts, f"{kind}_left_out")
    told = _LEFT_OUT.in_(language).format(count=f"{left_out:,}") if left_out else ""
    return _ROWS.in_(language).format(
        name=_NAMES[kind].in_(language),
        came=f"{getattr(counts, f'{kind}_in'):,}",
        decided=f"{getattr(counts, f'{kind}_decided'):,}",
        rejected=f"{getattr(counts, f'{kind}_rejected'):,}",
        left_out=told,
    )


def _table(job: Job, counts: Counts, language: Language) -> Iterator[str]:
    titles = {benefit.id: benefit.title for benefit in load_edition(job.options.edition).benefits}
    columns = (*reversed(VERDICTS), "lo", "hi")
    rows = [[title.in_(language) for title in _TITLES]]
    for id, title in titles.items():
        own = counts.by_benefit.get(id)
        if own is not None:
            rows.append([title.in_(language), *(f"{own[name]:,}" for name in columns)])
    rows.append([_TOTAL.in_(language), *(f"{counts.total(name):,}" for name in columns)])
    widths = [max(_places(row[at]) for row in rows) for at in range(1, len(rows[0]))]
    room = max(PAGE_PLACES - sum(width + len(_GAP) for width in widths), NAME_PLACES_LEAST)
    folded = [_folded(row[0], room) for row in rows]
    first = max(_places(part) for parts in folded for part in parts)
    for parts, row in zip(folded, rows, strict=True):
        yield from parts[:-1]
        others = (
            " " * (width - _places(cell)) + cell
            for cell, width in zip(row[1:], widths, strict=True)
        )
        yield _GAP.join([parts[-1] + " " * (first - _places(parts[-1])), *others])


def _folded(name: str, room: int) -> list[str]:
    """A name over as many lines as it takes, broken between words."""
    lines: list[str] = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _places(longer) > room:
            lines.append(f"  {word}")
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _notes(job: Job, finished: Finished, rate: int) -> Iterator[Text]:
    counts = finished.counts
    without = counts.total("no_hi")
    if without:
        yield Text(
            f"上限のない判断が {without:,} 件あり、最大額には入っていません。",
            f"Decisions without an upper bound: {without:,}. The possible total leaves them out.",
        )
    if counts.unclaimed:
        yield Text(
            f"補償を何も請求していない事故: {counts.unclaimed:,} 件。",
            f"Occurrences that claim no benefit: {counts.unclaimed:,}.",
        )
    if counts.through_scalar:
        yield Text(
            f"一件ずつの評価器で判断した事故: {counts.through_scalar:,} 件。",
            f"Occurrences decided by the single evaluator: {counts.through_scalar:,}.",
        )
    if job.options.tight:
        yield Text(
            f"--tight でやり直した判断: {counts.tightened:,} 件。",
            f"Decisions that --tight made again: {counts.tightened:,}.",
        )
    yield from _rejects(job, counts)
    if not finished.was_done:
        yield Text(f"領収書 毎秒 {rate:,} 件。", f"{rate:,} receipts a second.")


def _rejects(job: Job, counts: Counts) -> Iterator[Text]:
    """Why rows were rejected: each reason with its column, how often, and what it says."""
    if not counts.rejects:
        return
    if not counts.occurrences_decided:
        yield Text("判断できた事故は一件もありません。", "Not one occurrence could be decided.")
    told = _first_of_each(job)
    for reason, count in sorted(counts.rejects.items(), key=lambda pair: -pair[1]):
        code, _, column = reason.partition(" ")
        said = told.get(reason, Text("", ""))
        yield Text(
            f"除外の理由 {column}（{code}）: {count:,} 件。{said.ja}",
            f"Rejected for {column} ({code}): {count:,}. {said.en}".rstrip(),
        )
    yield Text(f"詳細は {job.places.rejects}。", f"Details are in {job.places.rejects}.")


def _first_of_each(job: Job) -> dict[str, Text]:
    """The first sentence that was given for each reason."""
    names = ["code", "table", "column", "reason", "reason_ja"]
    found: dict[str, Text] = {}
    with pq.ParquetFile(job.places.rejects) as file:
        for batch in file.iter_batches(columns=names):
            texts = [batch.column(name).cast(pa.string()) for name in names]
            kinds = pa.table(texts, names).group_by(names[:3], use_threads=False)
            firsts = kinds.aggregate([("reason", "first"), ("reason_ja", "first")])
            for row in firsts.to_pylist():
                name = reason_name(row["code"], row["table"], row["column"])
                found.setdefault(name, Text(row["reason_ja_first"], row["reason_first"]))
    return found


def _sample(job: Job, checked: Checked) -> Iterator[Text]:
    yield Text(
        f"{checked.explained:,} 件を一件ずつ判断し、{job.places.sample} に説明を書きました。",
        f"Decided one by one: {checked.explained:,}. Explanations are in {job.places.sample}.",
    )
    if checked.differences:
        count = len(checked.differences)
        yield Text(f"違いが {count} 件あります:", f"{count} DIFFER:")
        yield from (Text(f"  {line}", f"  {line}") for line in checked.differences)
    else:
        yield Text("違いはありません。", "None differs.")


def _places(text: str) -> int:
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)

"""`dosojin pack`: claim files become columns, columns claim files, and portfolios are cut anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dosojin.cli.arguments import Arguments, Command, Option, read_arguments
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from dosojin.batch.layout.sources import Source
    from dosojin.batch.layout.tables import Tables

SUMMARY = Text(
    "事案ファイルを列（Parquet, CSV, Arrow）にし、また戻します",
    "claim files to columns (Parquet, CSV, Arrow) and back",
)

COMMAND = Command(
    "pack",
    "CLAIMS…",
    Text(
        "事案ファイル（JSON, YAML）、フォルダー、1行1件の .jsonl。または分け直す表のフォルダー",
        "claim files (JSON, YAML), folders of them, .jsonl with one a line; or tables to cut anew",
    ),
    (
        Option(
            "-o",
            "OUT",
            Text(
                "新しいフォルダー。入れ子の一枚なら FILE.parquet、戻すときは FILE.jsonl も可",
                "a new folder; FILE.parquet for one nested file; with --back also FILE.jsonl",
            ),
            is_required=True,
        ),
        Option("--csv", "", Text("CSV で書きます", "write CSV instead of Parquet")),
        Option("--arrow", "", Text("Arrow IPC で書きます", "write Arrow IPC files instead")),
        Option(
            "--receipts-per-partition",
            "N",
            Text(
                "並べ替え、領収書がN枚までの区画に分けます。契約は分かれません",
                "sort, and cut into partitions of up to N receipts; no certificate is cut",
            ),
        ),
        Option(
            "--policy-per-folder",
            "",
            Text(
                "一つのフォルダーを一契約とし、名前の順に計上（省くと一ファイルが一契約）",
                "files of a folder are claims on one certificate, in order of name",
            ),
        ),
        Option(
            "--product",
            "EDITION",
            Text(
                "商品の版。計算例はこの版だけ、表はこの版の型で",
                "the edition: of worked cases only its own; tables get its types",
            ),
        ),
        Option(
            "--back",
            "",
            Text("表を事案ファイルに戻します", "turn tables into claim files again"),
        ),
    ),
)
_MORE_HELP = Text(
    """
.jsonl の行は、事案そのものか、次の形です。
  {"policy":…, "occurrence":…, "seq":…, "claim":…}
たとえば:
  dosojin pack claims/ -o portfolio
  dosojin pack claims/ -o claims.parquet --product gakkensai-2026
  dosojin pack portfolio -o again --receipts-per-partition 1000000
  dosojin pack portfolio -o claims.jsonl --back --product gakkensai-2026""",
    """
A line of .jsonl is a claim, or {"policy":…, "occurrence":…, "seq":…, "claim":…}
For example:
  dosojin pack claims/ -o portfolio
  dosojin pack claims/ -o claims.parquet --product gakkensai-2026
  dosojin pack portfolio -o again --receipts-per-partition 1000000
  dosojin pack portfolio -o claims.jsonl --back --product gakkensai-2026""",
)
RECEIPTS_MOST = 10**12
KEYS = {
    "policies": ("policy",),
    "occurrences": ("policy", "occurrence", "seq"),
    "receipts": ("occurrence",),
}
"""What ties the rows of the tables together."""
OWNERS = {"policy": "policies", "occurrence": "occurrences"}
EXCLUDED = (
    ("--csv", "--arrow"), ("--back", "--csv"), ("--back", "--arrow"),
    ("--back", "--receipts-per-partition"), ("--back", "--policy-per-folder"),
)  # fmt: skip


def run(argv: list[str]) -> int:
    """Write the tables or the files, and say what was written; Problem for bad input."""
    arguments = _arguments(argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        print(_MORE_HELP.in_(arguments.language))
        return 0
    from dosojin.batch.layout.sources import sources_at

    if arguments.has("--product"):
        from dosojin.cli.named_editions import named_edition

        named_edition(arguments, "--product")
    paths = [_existing(word) for word in arguments.all(COMMAND.positional)]
    found = [sources_at(path) for path in paths]
    sources = [source for each in found for source in each]
    if sources and not all(found):
        raise _mixed(str(paths[[*map(bool, found)].index(False)]))
    if arguments.has("--back"):
        if not sources:
            raise _no_tables(str(paths[0]))
        written = _write_back(sources, arguments)
    elif sources:
        written = _cut_anew(sources, arguments)
    else:
        written = _pack_files(paths, arguments)
    _tell(written, arguments)
    return 0


def _arguments(argv: Sequence[str]) -> Arguments:
    """What was asked for; Problem for options that don't go together."""
    arguments = read_arguments(COMMAND, argv)
    for one, other in EXCLUDED:
        if arguments.has(one) and arguments.has(other):
            raise Problem(
                "cli.conflict",
                other,
                Text(f"{one} と一緒には使えません。", f"It does not go together with {one}."),
                Text("どちらか一つにしてください。", "Use one of the two."),
            )
    return arguments


def _existing(word: str) -> Path:
    path = Path(word)
    if "\0" in word or not path.exists():
        raise Problem(
            "file.unreadable",
            word.replace("\0", "?"),
            Text("ファイルもフォルダーもありません。", "There is no such file or folder."),
            Text("パスを確かめてください。", "Check the path."),
        )
    return path


def _mixed(path: str) -> Problem:
    return Problem(
        "pack.mixed",
        path,
        Text("表と事案ファイルが混ざっています。", "Tables and claim files are mixed."),
        Text("どちらかだけを渡してください。", "Give the one or the other."),
    )


def _no_tables(path: str) -> Problem:
    return Problem(
        "file.missing",
        path,
        Text("表がありません。", "There are no tables here."),
        Text(
            "dosojin pack が書いたフォルダーか、入れ子の Parquet を渡してください。",
            "Give a folder that `dosojin pack` wrote, or a nested Parquet file.",
        ),
    )


# claims to tables -----------------------------------------------------------------------------


def _pack_files(paths: Sequence[Path], arguments: Arguments) -> dict[str, Any]:
    from dosojin.batch.layout.claim_files import claims_in
    from dosojin.batch.layout.pack import pack_claims
    from dosojin.batch.layout.sources import sources_at
    from dosojin.batch.layout.table_files import ARROW
    from dosojin.batch.layout.write_tables import write_partition

    most = _receipts_max(arguments)
    product = arguments.text("--product") if arguments.has("--product") else None
    per_folder = arguments.has("--policy-per-folder")
    claims = claims_in(paths, policy_per_folder=per_folder, product=product)
    try:
        tables = pack_claims(claims, product)
    except Problem as problem:
        raise _told_better(problem, paths) from None
    if most is None:
        return _write(iter((tables,)), arguments)
    with _scratch(arguments) as scratch:
        from dosojin.batch.layout.cut_partitions import cut_partitions

        write_partition(scratch / "whole", tables, ARROW)
        (whole,) = sources_at(scratch / "whole")
        return _write(cut_partitions([whole], scratch, most, tables.edition), arguments)


def _told_better(problem: Problem, paths: Sequence[Path]) -> Problem:
    """The same with what the command line can do about it."""
    if problem.code == "pack.empty":
        return Problem(problem.code, str(paths[0]), problem.message, problem.remedy)
    if problem.code == "pack.editions":
        more = Text(
            "計算例（cases）なら、--product で一つの版だけを選べます。",
            "Of worked cases, --product takes those of one edition.",
        )
        remedy = Text(f"{problem.remedy.ja}{more.ja}", f"{problem.remedy.en} {more.en}")
        return Problem(problem.code, problem.place, problem.message, remedy)
    return problem


def _receipts_max(arguments: Arguments) -> int | None:
    if not arguments.has("--receipts-per-partition"):
        return None
    return arguments.whole("--receipts-per-partition", 1, RECEIPTS_MOST)


@contextmanager
def _scratch(arguments: Arguments) -> Iterator[Path]:
    """A folder for temporary files on the disk that will hold the result."""
    import tempfile

    from dosojin.batch.write_whole import unwritable

    parent = Path(arguments.text("-o")).absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise unwritable(error, str(parent)) from None


# tables to tables -----------------------------------------------------------------------------


def _cut_anew(sources: Sequence[Source], arguments: Arguments) -> dict[str, Any]:
    from dosojin.batch.layout.conform import conform_tables
    from dosojin.batch.layout.cut_partitions import cut_partitions

    most = _receipts_max(arguments)
    if most is None:
        raise Problem(
            "cli.missing",
            "--receipts-per-partition",
            Text(
                "表を分け直すには、区画あたりの領収書の枚数が必要です。",
                "These are tables; to cut them anew takes the number of receipts of a partition.",
            ),
            Text(
                "--receipts-per-partition 1000000 のように指定してください。"
                "事案ファイルに戻すなら --back です。",
                "Give it, such as --receipts-per-partition 1000000. For claim files, give --back.",
            ),
        )
    product = arguments.text("--product") if arguments.has("--product") else ""
    with _scratch(arguments) as scratch:
        parts = cut_partitions(sources, scratch, most, product)
        typed = map(conform_tables, parts) if product else parts
        return _write(typed, arguments, sources[0].suffix)


def _write(parts: Iterator[Tables], arguments: Arguments, usual: str = "") -> dict[str, Any]:
    """All partitions, or one nested file; nothing stays if one cannot be written."""
    from dosojin.batch.layout.table_files import ARROW, CSV, PARQUET, SUFFIXES
    from dosojin.batch.layout.write_tables import nested, write_partition, write_table
    from dosojin.batch.write_whole import new_folder, written_whole

    out = Path(arguments.text("-o"))
    kind = usual or PARQUET
    kind = CSV if arguments.has("--csv") else ARROW if arguments.has("--arrow") else kind
    counts = {"policies": 0, "occurrences": 0, "receipts": 0, "partitions": 0}
    if out.suffix in (*SUFFIXES, ".jsonl"):
        if out.suffix != PARQUET or kind != PARQUET:
            raise _not_nested(str(out))
        found = [*islice(parts, 2)]
        if len(found) > 1:
            raise _not_nested(str(out))
        with written_whole(out, str(out)) as beside:
            write_table(beside, nested(found[0]))
        _count(counts, found[0])
    else:
        with new_folder(out) as folder:
            for number, tables in enumerate(parts):
                write_partition(folder / f"part-{number:05}", tables, kind)
                _count(counts, tables)
    return {**counts, "output": str(out)}


def _count(counts: dict[str, int], tables: Tables) -> None:
    for name, table in tables:
        counts[name] += table.num_rows
    counts["partitions"] += 1


def _not_nested(path: str) -> Problem:
    return Problem(
        "cli.output",
        path,
        Text(
            "一枚にできるのは、一区画の Parquet だけです。",
            "Only one partition, as Parquet, fits into one nested file.",
        ),
        Text("フォルダーの名前を指定してください。", "Name a folder instead."),
    )


# tables to claims -----------------------------------------------------------------------------


def _write_back(sources: Sequence[Source], arguments: Arguments) -> dict[str, Any]:
    from dosojin.batch.layout.claim_files import claim_line, write_claim
    from dosojin.batch.write_whole import new_folder, written_whole

    product = arguments.text("--product") if arguments.has("--product") else ""
    out = Path(arguments.text("-o"))
    count = 0
    if out.suffix == ".jsonl":
        with written_whole(out, str(out)) as beside, beside.open("w", encoding="utf-8") as file:
            for one in _claims_back(sources, product):
                file.write(claim_line(one) + "\n")
                count += 1
    else:
        with new_folder(out) as folder:
            for one in _claims_back(sources, product):
                write_claim(folder, one)
                count += 1
    return {"claims": count, "output": str(out)}


def _claims_back(sources: Iterable[Source], product: str) -> Iterator[Any]:
    from dosojin.batch.layout.sources import read_source
    from dosojin.batch.layout.unpack import unpack_claims

    for source in sources:
        tables = read_source(source, product)
        _require_whole(tables)
        yield from unpack_claims(tables)


def _require_whole(tables: Tables) -> None:
    """Problem where a claim could not be told whole: no key, or rows that belong to nothing."""
    from dosojin.batch.layout.table_files import missing_column

    for name, table in tables:
        place = tables.places[name]
        for key in KEYS[name]:
            if key not in table.column_names:
                raise missing_column(place, key)
            nulls = table[key].null_count
            if nulls:
                raise _not_whole(
                    f"{place}: {key}",
                    Text(
                        f"値のない行があります（{nulls:,} 行）。",
                        f"Rows without a value: {nulls:,}.",
                    ),
                )
    for name, key, owner in (
        ("occurrences", "policy", tables.policies),
        ("receipts", "occurrence", tables.occurrences),
    ):
        lost = _strangers(getattr(tables, name)[key], owner[key])
        if lost:
            raise _not_whole(
                f"{tables.places[name]}: {key}",
                Text(
                    f"{OWNERS[key]} にない番号の行があります（{lost:,} 行）。",
                    f"Rows whose id is not in {OWNERS[key]}: {lost:,}.",
                ),
            )


def _strangers(ids: Any, known: Any) -> int:
    """How many ids are none of the known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if ids.type != known.type:
        ids, known = ids.cast(pa.string()), known.cast(pa.string())
    return len(ids) - int(pc.sum(pc.is_in(ids, value_set=known)).as_py() or 0)


def _not_whole(place: str, message: Text) -> Problem:
    return Problem(
        "pack.not_whole",
        place,
        message,
        Text(
            "このままでは事案に戻せません。行を直すか、除いてください。"
            "どの行かは dosojin batch の REJECTS.parquet で分かります。",
            "They cannot be turned into claims. Mend or remove them; the REJECTS.parquet of "
            "`dosojin batch` says which they are.",
        ),
    )


# what was done --------------------------------------------------------------------------------


def _tell(written: dict[str, Any], arguments: Arguments) -> None:
    if arguments.has("--json"):
        import json

        print(json.dumps(written, ensure_ascii=False, indent=2))
        return
    print(_sentence(written, arguments.language))


def _sentence(written: dict[str, Any], language: Language) -> str:
    out = written["output"]
    if "claims" in written:
        claims = f"{written['claims']:,}"
        return Text(
            f"{out} に事案を{claims}件書きました。", f"Wrote {claims} claims to {out}."
        ).in_(language)
    policies, occurrences, receipts, parts = (
        f"{written[name]:,}" for name in ("policies", "occurrences", "receipts", "partitions")
    )
    return Text(
        f"{out} に書きました: 契約 {policies}、事故 {occurrences}、領収書 {receipts}、"
        f"区画 {parts}。",
        f"Wrote {out}: {policies} policies, {occurrences} occurrences, {receipts} receipts, "
        f"partitions: {parts}.",
    ).in_(language)

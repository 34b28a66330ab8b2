"""What lies in the output of a run: where each file goes, what is done, and of which run it is.

While a run is not finished, the folder `.run` beside its parts says what it is made of and which
partitions are done. When it ends, `summary.json` says so and `.run` goes. Nothing in them depends
on when, where or how often a run was stopped.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dosojin.batch.layout.table_files import PARQUET
from dosojin.batch.runs.decision_rows import identity_of
from dosojin.batch.runs.partitions import Partition, input_file
from dosojin.batch.runs.summary import Counts
from dosojin.batch.write_whole import remove_unfinished, unwritable, write_bytes_whole
from dosojin.terms.lowered import Lowered
from dosojin.values.canonical import digest
from dosojin.values.problems import Problem
from dosojin.values.text import Text

FORMAT = 1
REJECTS = "REJECTS.parquet"
SUMMARY = "summary.json"
SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run writes: a folder of parts with all that belongs to it, or one single file."""

    out: Path

    @property
    def is_single(self) -> bool:
        return self.out.suffix == PARQUET

    @property
    def parts(self) -> Path:
        """The folder of parts; of a single file, one that goes when they have been joined."""
        return self.out.with_name(f".{self.out.name}.parts") if self.is_single else self.out

    @property
    def run(self) -> Path:
        return self.parts / ".run"

    @property
    def rejects(self) -> Path:
        return self._beside(REJECTS)

    @property
    def summary(self) -> Path:
        return self._beside(SUMMARY)

    @property
    def sample(self) -> Path:
        return self._beside(SAMPLE)

    def _beside(self, name: str) -> Path:
        return self.out.with_name(f"{self.out.stem}.{name}") if self.is_single else self.out / name

    def part(self, number: int) -> Path:
        return self.parts / f"part-{number:05d}{PARQUET}"

    def part_rejects(self, number: int) -> Path:
        return self.run / f"part-{number:05d}.rejects{PARQUET}"

    def mark(self, number: int) -> Path:
        """Written last of all that a partition leaves: it is done."""
        return self.run / f"part-{number:05d}.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a run is made of. Two runs with the same digest give the same bytes."""

    terms: Mapping[str, str]
    options: Mapping[str, Any]
    files: Sequence[Mapping[str, Any]]

    @staticmethod
    def of(
        lowered: Lowered, options: Mapping[str, Any], partitions: Sequence[Partition]
    ) -> Identity:
        described = [
            {"rows": partition.rows, "files": [asdict(file) for file in partition.files]}
            for partition in partitions
        ]
        return Identity(identity_of(lowered), options, described)

    @property
    def digest(self) -> str:
        return digest(asdict(self))

    def to_json(self) -> dict[str, Any]:
        """In short; what was read stands there by its digest."""
        return {
            "format": FORMAT,
            "run": self.digest,
            "terms": dict(self.terms),
            "options": dict(self.options),
            "input": {"partitions": len(self.files), "digest": digest(list(self.files))},
        }


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished partition leaves beside its file: counts, notices, how long the file is."""

    counts: Counts
    notices: tuple[Text, ...]
    bytes: int
    digest: str
    has_rejects: bool

    def to_json(self, run: str) -> dict[str, Any]:
        notices = [{"ja": notice.ja, "en": notice.en} for notice in self.notices]
        return {
            "run": run, "counts": self.counts.to_json(), "notices": notices, "bytes": self.bytes,
            "digest": self.digest, "has_rejects": self.has_rejects,
        }  # fmt: skip

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Done:
        return Done(
            Counts.from_json(stored["counts"]),
            tuple(Text(notice["ja"], notice["en"]) for notice in stored["notices"]),
            stored["bytes"], stored["digest"], stored["has_rejects"],
        )  # fmt: skip


def mark_done(places: Places, run: str, number: int, done: Done) -> None:
    """Says that a partition is done; after its files stand under their names."""
    content = as_bytes(done.to_json(run))
    write_bytes_whole(places.mark(number), content, str(places.mark(number)))


def read_done(places: Places, run: str, number: int) -> Done | None:
    """What a partition left that is done in this very run; None if it has to be decided."""
    stored = _read_json(places.mark(number))
    if stored is None or stored.get("run") != run:
        return None
    done = Done.from_json(stored)
    part = places.part(number)
    if not part.is_file() or part.stat().st_size != done.bytes:
        return None
    if input_file(part).digest != done.digest:
        return None
    return None if done.has_rejects and not places.part_rejects(number).is_file() else done


def as_bytes(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


# beginning ------------------------------------------------------------------------------------


def begin(places: Places, identity: Identity, *, anew: bool) -> Mapping[str, Any] | None:
    """Gets the output ready, or gives the summary if this very run is finished already.

    Problem if another run, or something else, lies there; `anew` throws another run away.
    """
    try:
        finished = _finished(places, identity, anew=anew)
        if finished is not None:
            clean_up(places)
            return finished
        places.run.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(places)
        described = as_bytes(identity.to_json())
        write_bytes_whole(places.run / "run.json", described, str(places.run))
        _clear_others(places, None if anew else identity.digest)
    except OSError as error:
        raise unwritable(error, str(places.out)) from None
    return None


def _finished(places: Places, identity: Identity, *, anew: bool) -> Mapping[str, Any] | None:
    running = _read_json(places.run / "run.json")
    summary = _read_json(places.summary)
    if anew:
        if running is None and summary is None:
            _require_free(places)
        return None
    if summary is not None and summary.get("run") == identity.digest and _is_whole(places, summary):
        return summary
    there = running or summary
    if there is None:
        _require_free(places)
    elif there.get("run") != identity.digest:
        raise _other_run(places, there, identity)
    return None


def _is_whole(places: Places, summary: Mapping[str, Any]) -> bool:
    if places.is_single:
        return places.out.is_file()
    count = int(summary.get("input", {}).get("partitions", 0))
    return all(places.part(number).is_file() for number in range(count))


def _require_free(places: Places) -> None:
    """Nothing that is not ours is ever overwritten."""
    taken = places.out.exists() if places.is_single else _holds_something(places.out)
    if taken:
        raise Problem(
            "batch.out_taken",
            str(places.out),
            Text(
                "保存先には、このコマンドが書いたのではないものがあります。",
                "Something lies there that no run of this command wrote.",
            ),
            Text(
                "空のフォルダーか、新しい名前を指定してください。",
                "Name an empty folder, or a new file.",
            ),
        )


def _holds_something(folder: Path) -> bool:
    if not folder.exists():
        return False
    return not folder.is_dir() or any(path.name != ".run" for path in folder.iterdir())


def _other_run(places: Places, there: Mapping[str, Any], identity: Identity) -> Problem:
    mine = identity.to_json()
    parts = {
        "terms": Text("約款の版", "the edition"),
        "options": Text("オプション", "the options"),
        "input": Text("入力", "the input"),
    }
    differs = [text for key, text in parts.items() if there.get(key) != mine[key]]
    ja = "・".join(text.ja for text in differs) or "形式"
    en = " and ".join(text.en for text in differs) or "the format"
    return Problem(
        "batch.other_run",
        str(places.out),
        Text(
            f"別の実行の結果があります（違うもの: {ja}）。",
            f"Another run lies there. What differs: {en}.",
        ),
        Text(
            "別の保存先にするか、--anew を付けて捨ててください。",
            "Name another place, or throw it away with --anew.",
        ),
    )


def _clear_unfinished(places: Places) -> None:
    remove_unfinished(places.parts)
    remove_unfinished(places.run)
    if places.is_single:
        remove_unfinished(places.out.parent, places.out.stem)


def _clear_others(places: Places, run: str | None) -> None:
    """Removes what an earlier run left, and the parts that `run` (None: any) did not finish."""
    for path in (places.summary, places.rejects):
        path.unlink(missing_ok=True)
    shutil.rmtree(places.sample, ignore_errors=True)
    for path in places.run.glob("part-*.json"):
        stored = _read_json(path)
        if run is None or stored is None or stored.get("run") != run:
            path.unlink(missing_ok=True)
    for path in places.parts.glob(f"part-*{PARQUET}"):
        if not (places.run / f"{path.stem}.json").exists():
            path.unlink(missing_ok=True)


def clean_up(places: Places) -> None:
    """Removes what only an unfinished run needs."""
    (places.run / "run.json").unlink(missing_ok=True)
    shutil.rmtree(places.run, ignore_errors=True)
    if places.is_single:
        shutil.rmtree(places.parts, ignore_errors=True)

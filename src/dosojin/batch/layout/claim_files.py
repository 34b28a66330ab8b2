"""Claims in files: which occurrence and certificate each is, and files written back.

A file is one claim, named after itself; `.jsonl` has one a line; a file of worked cases has one
certificate for every case. A line may wrap its claim to name it: {"policy": …, "occurrence": …,
"seq": …, "claim": {…}}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dosojin.adjudication.load_claim import parse
from dosojin.adjudication.worked_cases import cases_in
from dosojin.batch.layout.claim_text import claim_text
from dosojin.batch.layout.pack import Filed
from dosojin.batch.layout.table_files import reading
from dosojin.values.problems import Problem
from dosojin.values.text import Text

ENDINGS = (".json", ".yaml", ".yml", ".jsonl")
WRAPPER_KEYS = ("policy", "occurrence", "seq", "claim")
NAME_SIGNS = " #:+,=@()[]"
"""Stay as they are in names of files, besides letters and digits."""
RECORD_KEYS = {"claim", "decision"}


def claims_in(
    paths: Iterable[Path], *, policy_per_folder: bool = False, product: str | None = None
) -> Iterator[Filed]:
    """The claims of files, and of all files of folders and theirs, in order of name.

    policy_per_folder: the files of one folder are claims on one certificate, posted in order of
    name; otherwise each is a certificate of its own. product: of worked cases, only those of this
    edition. Problem, with the file's name, for what cannot be read.
    """
    for path in paths:
        files = sorted(_files_below(path)) if path.is_dir() else [path]
        turns: dict[Path, int] = {}
        for file in files:
            name = file.relative_to(path if path.is_dir() else path.parent).with_suffix("")
            turns[file.parent] = turns.get(file.parent, 0) + 1
            if policy_per_folder:
                folder = name.parent.as_posix() if name.parent.parts else file.parent.name
                yield from _claims_of(file, name, folder, turns[file.parent], product)
            else:
                yield from _claims_of(file, name, None, 1, product)


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.suffix in ENDINGS and path.is_file() and not any(p[0] == "." for p in parts):
            yield path


def _claims_of(
    file: Path, name: Path, policy: str | None, turn: int, product: str | None
) -> Iterator[Filed]:
    id = name.as_posix()
    content = _content(file)
    if file.suffix == ".jsonl":
        yield from _lines(content, str(file), id)
        return
    raw = parse(content, str(file))
    if isinstance(raw, list):
        yield from _worked_cases(content, str(file), id, product)
        return
    if isinstance(raw, Mapping) and set(raw) == RECORD_KEYS:
        raw = raw["claim"]
    yield Filed(raw, id, policy or id, turn, str(file))


def _content(file: Path) -> bytes:
    with reading(file):
        return file.read_bytes()


def _lines(content: bytes, file: str, stem: str) -> Iterator[Filed]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        place = f"{file}: line {number}"
        raw = parse(line, place)
        if not isinstance(raw, Mapping) or "claim" not in raw:
            yield Filed(raw, f"{stem}:{number}", f"{stem}:{number}", 1, place)
            continue
        occurrence = _id(raw, "occurrence", f"{stem}:{number}", place)
        policy = _id(raw, "policy", occurrence, place)
        seq = raw.get("seq", 1)
        strange = [key for key in raw if key not in WRAPPER_KEYS]
        if strange or isinstance(seq, bool) or not isinstance(seq, int):
            raise _not_a_line(f"{place}: {strange[0] if strange else 'seq'}")
        yield Filed(raw["claim"], occurrence, policy, seq, place)


def _id(raw: Mapping[str, Any], key: str, otherwise: int | str, place: str) -> int | str:
    found = raw.get(key, otherwise)
    if isinstance(found, bool) or not isinstance(found, (int, str)) or found == "":
        raise _not_a_line(f"{place}: {key}")
    return found


def _not_a_line(place: str) -> Problem:
    return Problem(
        "line.shape",
        place,
        Text("事案の行として読めません。", "This is not how a line names its claim."),
        Text(
            "policy と occurrence は整数か文字列、seq は整数、claim は事案です。",
            "policy and occurrence are whole numbers or texts, seq is a whole number, "
            "claim is the claim.",
        ),
    )


def _worked_cases(content: bytes, file: str, stem: str, product: str | None) -> Iterator[Filed]:
    try:
        cases = list(cases_in(content, file))
    except (KeyError, TypeError, AttributeError):
        raise Problem(
            "file.shape",
            file,
            Text("事案でも、計算例の一覧でもありません。", "Neither a claim nor worked cases."),
            Text(
                "一件の事案か、計算例のファイルを渡してください。",
                "Give one claim, or a file of worked cases.",
            ),
        ) from None
    for number, case in enumerate(cases, start=1):
        if product is not None and case.product != product:
            continue
        policy = f"{stem}#{number}"
        for turn, step in enumerate(case.steps, start=1):
            place = f"{file}: {case.title}"
            yield Filed(step.claim, f"{policy}.{turn}", policy, turn, place)


# back to files --------------------------------------------------------------------------------


def write_claim(folder: Path, one: Filed) -> Path:
    """One claim as a file of canonical JSON; claims of one certificate share a folder."""
    parts = [*_parts(one.occurrence)]
    if one.policy != one.occurrence and len(parts) == 1:
        parts = [*_parts(one.policy), *parts]
    path = folder.joinpath(*parts[:-1], f"{parts[-1]}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(claim_text(one.claim) + "\n")
    return path


def _parts(id: int | str) -> Iterator[str]:
    """An id as names of folders and a file, whatever characters it has."""
    for part in str(id).split("/"):
        # letters of every script stay as they are
        name = "".join(each if each.isalnum() else quote(each, safe=NAME_SIGNS) for each in part)
        yield "%2E" + name[1:] if name.startswith(".") else name or "%"


def claim_line(one: Filed) -> str:
    """One claim as a line of JSON that names it."""
    named = {
        "policy": one.policy, "occurrence": one.occurrence, "seq": one.seq, "claim": one.claim
    }  # fmt: skip
    return claim_text(named)

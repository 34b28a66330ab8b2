"""What a large roster costs: `.venv/bin/python bench/roster.py [ROWS]`, on a database of its own.

The file goes the whole way: checked and kept as the page does it, then read by the worker, part by
part. Then once more with every tenth row changed, and a third time with one row in ten wrong.
Processor time stands beside the time on the clock, for others may use the machine too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

ROWS = 20_000
GOAL_SECONDS = 20
DEPARTS = "2027-08-01"
HEADER = "学籍番号,姓,名,姓カナ,名カナ,姓ローマ字,名ローマ字,生年月日,メールアドレス"
HEADER += ",電話番号,出発日,帰国日"
# First and second parts of names, as written and read: 100 family names, 100 given names.
FIRST = {"大": "オオ OO", "小": "コ KO", "中": "ナカ NAKA", "高": "タカ TAKA", "西": "ニシ NISHI"}
FIRST |= {"東": "ヒガシ HIGASHI", "北": "キタ KITA", "南": "ミナミ MINAMI", "上": "ウエ UE"}
FIRST |= {"松": "マツ MATSU"}
SECOND = {
    "田": "タ TA",
    "川": "カワ KAWA",
    "山": "ヤマ YAMA",
    "野": "ノ NO",
    "林": "バヤシ BAYASHI",
}
SECOND |= {"村": "ムラ MURA", "島": "シマ SHIMA", "本": "モト MOTO", "原": "ハラ HARA"}
SECOND |= {"橋": "ハシ HASHI"}
BEGIN = {"真": "マ MA", "美": "ミ MI", "健": "ケン KEN", "翔": "ショウ SHO", "由": "ユ YU"}
BEGIN |= {"春": "ハル HARU", "夏": "ナツ NATSU", "秋": "アキ AKI", "龍": "リュウ RYU"}
BEGIN |= {"光": "ミツ MITSU"}
END = {"子": "コ KO", "一": "イチ ICHI", "太": "タ TA", "奈": "ナ NA", "香": "カ KA", "樹": "キ KI"}
END |= {"助": "スケ SUKE", "生": "オ O", "恵": "エ E", "人": "ト TO"}


def spell(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str, str]:
    """A name of two parts as written, in katakana and in roman letters."""
    (kana, roman), (more_kana, more_roman) = first[1].split(), second[1].split()
    return first[0] + second[0], kana + more_kana, roman + more_roman


def write_roster(rows: int, returns: Callable[[int], str], departs: str = DEPARTS) -> bytes:
    """A roster in Shift_JIS; ``returns`` gives the last day of each row."""
    lines = [HEADER]
    first, second, begin, end = (list(part.items()) for part in (FIRST, SECOND, BEGIN, END))
    for number in range(rows):
        family = spell(first[number % 10], second[number // 10 % 10])
        given = spell(begin[number // 100 % 10], end[number // 1_000 % 10])
        names = ",".join(word for pair in zip(family, given, strict=True) for word in pair)
        born = date.fromordinal(731_000 + number % 1_500)
        lines.append(
            f"26A{number:06d},{names},{born},student{number}@example.jp,"
            f"090-{1_000 + number // 10_000}-{number % 10_000:04d},{departs},{returns(number)}"
        )
    return "\r\n".join(lines).encode("cp932")


@contextmanager
def timed(name: str, rows: int, goal: int | None = None) -> Iterator[None]:
    """Say how long it took, by the clock and by the processor, beside the goal."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    beside = "" if goal is None else f"   goal {goal} s {'met' if clock <= goal else 'missed'}"
    print(
        f"{name:28} {clock:6.2f} s   processor {processor:6.2f} s   "
        f"{rows / clock:8,.0f} rows/s{beside}",
        flush=True,
    )


def main(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from dosojin_web.accounts.actors import SYSTEM
    from dosojin_web.accounts.operations.open_account import open_account
    from dosojin_web.accounts.roles import Role
    from dosojin_web.accounts.seats import find_seat
    from dosojin_web.deadlines.operations.run_due import run_due
    from dosojin_web.demo.operations.set_up_scheme import set_up_scheme
    from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
    from dosojin_web.policies.operations.take_roster import send_roster
    from dosojin_web.uploads.operations.accept_upload import accept

    call_command("migrate", verbosity=0)
    now = timezone.now()
    scheme = set_up_scheme(date(2026, 4, 1), date(2028, 3, 31))
    university = scheme.universities[0]
    user, _ = open_account("bench", "b@example.jp", Role.UNIVERSITY, university, SYSTEM, now)
    seat = find_seat(user, Role.UNIVERSITY)
    assert seat is not None
    form = ProgrammeForm("Bench", "Host", "US", date(2027, 8, 1), date(2027, 8, 31))
    programme = draft_programme(scheme.master, university, form, seat.actor, now)
    for name, returns, goal in (
        ("new", lambda number: "2027-08-31", GOAL_SECONDS),
        ("every tenth changed", lambda n: f"2027-08-{30 if n % 10 == 0 else 31}", None),
        ("every tenth wrong", lambda n: "?" if n % 10 == 0 else "2027-08-31", None),
    ):
        content = write_roster(rows, returns)
        with timed(f"{rows:,} rows, {name}", rows, goal):
            with timed("  checked and kept", rows):
                upload = accept(BytesIO(content), "roster", seat.actor, now)
                roster = send_roster(programme, upload, seat.actor, now)
            with timed("  read by the worker", rows):
                while run_due(timezone.now()):
                    pass
        roster.refresh_from_db()
        print(
            f"  added {roster.added:,}, changed {roster.changed:,}, "
            f"unchanged {roster.unchanged:,}, not taken {roster.not_taken:,}",
            flush=True,
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DOSOJIN_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dosojin_web.settings.run"
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

"""The files that the offices of the demonstration send: one that is right, one with faults."""

import csv
import io
from collections.abc import Sequence

from .stage import Student

HEADER = (
    "学籍番号",
    "姓",
    "名",
    "姓カナ",
    "名カナ",
    "姓ローマ字",
    "名ローマ字",
    "生年月日",
    "メールアドレス",
    "電話番号",
    "出発日",
    "帰国日",
    "言語",
)
PHONE = "090-{:04d}-{:04d}"
FAULTY = (
    # A day that is none, a number twice, no roman letters, the return before the departure.
    "26F-9001,荒井,奈々,アライ,ナナ,ARAI,NANA,2005-13-02,f9001@example.jp,,2027/1/10,2027/2/3,ja",
    "26F-9002,安西,徹,アンザイ,トオル,ANZAI,TORU,2004-05-30,f9002@example.jp,,2027-01-10,2027-02-03,ja",
    "26F-9002,今井,睦,イマイ,ムツミ,IMAI,MUTSUMI,2004-08-01,f9003@example.jp,,2027-01-10,2027-02-03,",
    "26F-9004,上野,晴,ウエノ,ハル,,,2006-02-14,f9004@example.jp,,2027-01-10,2027-02-03,ja",
    "26F-9005,榎本,司,エノモト,ツカサ,ENOMOTO,TSUKASA,2005-11-11,f9005＠example,,2027-02-10,2027-01-03,jp",
)


def write_roster(students: Sequence[Student]) -> io.BytesIO:
    """A CSV in UTF-8 with a byte order mark, as spreadsheet programs save it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(HEADER)
    for student in students:
        table.writerow(_cells(student))
    return _named(text.getvalue().encode("utf-8-sig"), f"名簿_{students[0].trip.key}.csv")


def write_faulty_roster() -> io.BytesIO:
    """A CSV in Shift_JIS of which only some rows can be taken."""
    content = "\r\n".join([",".join(HEADER), *FAULTY, ""])
    return _named(content.encode("cp932"), "名簿_追加分.csv")


def _cells(student: Student) -> tuple[object, ...]:
    name, digits = student.name, sum(map(ord, student.number)) * 7919
    address = f"{student.number.lower()}@student.{student.trip.university}.example"
    return (
        student.number,
        name.family,
        name.given,
        name.family_kana,
        name.given_kana,
        name.family_roman,
        name.given_roman,
        student.born.isoformat(),
        address,
        PHONE.format(1_000 + digits % 9_000, digits // 7 % 10_000),
        f"{student.departs:%Y/%m/%d}",
        f"{student.returns:%Y/%m/%d}",
        name.language,
    )


def _named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file

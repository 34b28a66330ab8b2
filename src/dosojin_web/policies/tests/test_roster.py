"""A roster file: what is read, what is refused and how, and that nothing is lost or done twice."""

from datetime import date
from io import BytesIO

import pytest

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.people.models import Person
from dosojin_web.policies.models import Member, RosterState, RosterUpload
from dosojin_web.policies.operations import take_roster
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.roster import (
    RosterFault,
    RosterRow,
    RosterUnreadable,
    decode_roster,
    read_roster,
)
from dosojin_web.uploads.operations.accept_upload import accept

from .conftest import NOW, World

HEADER = "学籍番号,姓,名,姓カナ,名カナ,姓ローマ字,名ローマ字,生年月日,メールアドレス,出発日,帰国日"
SUZUKI = (
    "26B0001,鈴木,一郎,スズキ,イチロウ,SUZUKI,ICHIRO,"
    "2004-12-03,ichiro@example.jp,2027/6/1,2027年7月31日"
)
TANAKA = (
    "26b0002,田中,美咲,タナカ,ミサキ,TANAKA,MISAKI,2005.1.9,misaki@example.jp,2027-06-01,2027-07-31"
)


def roster_of(*rows: str) -> str:
    return "\r\n".join([HEADER, *rows]) + "\r\n"


def send(world: World, text: str, encoding: str = "utf-8") -> RosterUpload:
    upload = accept(BytesIO(text.encode(encoding)), "roster", world.office.actor, NOW)
    roster = send_roster(world.programme, upload, world.office.actor, NOW)
    run_due(NOW)
    roster.refresh_from_db()
    return roster


def faults_in(*rows: str) -> list[RosterFault]:
    return [
        fault for row in read_roster(roster_of(*rows)) if isinstance(row, list) for fault in row
    ]


def test_days_and_numbers_are_read_as_people_write_them() -> None:
    first, second = read_roster(roster_of(SUZUKI, TANAKA))
    assert isinstance(first, RosterRow) and isinstance(second, RosterRow)
    assert first.returns_on == date(2027, 7, 31) and second.birth_date == date(2005, 1, 9)
    assert second.student_number == "26B0002"


def test_full_width_letters_are_read() -> None:
    [row] = read_roster(roster_of(SUZUKI.replace("26B0001", "２６Ｂ０００１")))
    assert isinstance(row, RosterRow) and row.student_number == "26B0001"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_both_encodings_are_read(encoding: str) -> None:
    text = roster_of(SUZUKI.replace("鈴木", "髙橋"))
    [row] = read_roster(decode_roster(text.encode(encoding)))
    assert isinstance(row, RosterRow) and row.person["family_name"] == "髙橋"


def test_a_spreadsheet_file_is_not_a_text() -> None:
    with pytest.raises(RosterUnreadable):
        decode_roster(b"PK\x03\x04\x14\0\x06\0\xff\xfe\xfd\x81")


def test_columns_may_stand_in_any_order_and_more_may_be_there() -> None:
    names = [*HEADER.split(","), "備考"]
    cells = [*SUZUKI.split(","), "x"]
    text = ",".join(reversed(names)) + "\n" + ",".join(reversed(cells)) + "\n"
    [row] = read_roster(text)
    assert isinstance(row, RosterRow) and row.person["given_name"] == "一郎"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(RosterUnreadable, match="帰国日"):
        list(read_roster(HEADER.removesuffix(",帰国日") + "\n"))


@pytest.mark.parametrize(
    ("wrong", "right", "column"),
    [
        ("", "26B0001", "学籍番号"),
        ("2B", "26B0001", "学籍番号"),
        ("3. Dez. 2004", "2004-12-03", "生年月日"),
        ("2027-02-30", "2027/6/1", "出発日"),
        ("2027-05-01", "2027年7月31日", "帰国日"),
        ("", "スズキ", "姓カナ"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_and_remedy(
    wrong: str, right: str, column: str
) -> None:
    [fault] = faults_in(TANAKA, SUZUKI.replace(right, wrong))
    assert (fault.line, fault.column) == (3, column)
    assert fault.message.endswith((".", "。")) and fault.sent


def test_a_student_number_stands_once() -> None:
    [fault] = faults_in(SUZUKI, SUZUKI)
    assert (fault.line, fault.column) == (3, "学籍番号")


def test_members_are_added(world: World) -> None:
    roster = send(world, roster_of(SUZUKI, TANAKA))
    assert (roster.state, roster.rows, roster.added) == (RosterState.DONE, 2, 2)
    member = Member.objects.get(student_number="26B0002")
    assert member.person.full_name("ja") == "田中 美咲"


def test_good_rows_are_taken_and_bad_ones_kept_with_their_faults(world: World) -> None:
    bad = TANAKA.replace("タナカ", "たなか").replace("misaki@example.jp", "misaki")
    roster = send(world, roster_of(SUZUKI, bad))
    assert roster.added == 1
    assert {fault["column"] for fault in roster.faults} == {"メールアドレス"}
    assert all(fault["line"] == 3 and "26B0002" in fault["sent"].upper() for fault in roster.faults)


def test_the_same_file_again_changes_nothing(world: World) -> None:
    send(world, roster_of(SUZUKI, TANAKA))
    again = send(world, roster_of(SUZUKI, TANAKA))
    assert RosterUpload.objects.count() == 1 and again.added == 2
    assert Member.objects.filter(student_number__startswith="26B").count() == 2


def test_a_changed_row_changes_its_member_only(world: World) -> None:
    send(world, roster_of(SUZUKI, TANAKA))
    moved = TANAKA.replace("2027-06-01", "2027-06-02").replace("misaki@", "m.tanaka@")
    roster = send(world, roster_of(SUZUKI, moved))
    assert (roster.added, roster.changed, roster.unchanged) == (0, 1, 1)
    member = Member.objects.get(student_number="26B0002")
    assert member.departs_on == date(2027, 6, 2) and member.person.email == "m.tanaka@example.jp"
    assert member.person.revisions.count() == 1


def test_a_student_of_two_programmes_is_one_person(world: World) -> None:
    form = ProgrammeForm(
        "トロント研修", "Lakeshore College", "CA", date(2027, 8, 10), date(2027, 9, 5)
    )
    second = draft_programme(
        world.scheme.master, world.programme.university, form, world.office.actor, NOW
    )
    before = Person.objects.count()
    row = SUZUKI.replace("26B0001", world.member.student_number)
    upload = accept(BytesIO(roster_of(row).encode()), "roster", world.office.actor, NOW)
    send_roster(second, upload, world.office.actor, NOW)
    run_due(NOW)
    assert Person.objects.count() == before
    assert second.members.get().person == world.member.person


def test_a_stop_between_parts_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_roster, "PART_ROWS", 3)
    rows = [SUZUKI.replace("26B0001", f"26C{number:04d}") for number in range(10)]
    upload = accept(BytesIO(roster_of(*rows).encode()), "roster", world.office.actor, NOW)
    roster = send_roster(world.programme, upload, world.office.actor, NOW)
    take_roster.take_next_part(roster, NOW)
    roster.refresh_from_db()
    assert (roster.state, roster.next_row, roster.added) == (RosterState.READING, 3, 3)
    while run_due(NOW):
        pass
    roster.refresh_from_db()
    assert (roster.state, roster.next_row, roster.added) == (RosterState.DONE, 10, 10)
    assert Member.objects.filter(student_number__startswith="26C").count() == 10


def test_a_file_without_its_columns_is_refused_as_a_whole(world: World) -> None:
    upload = accept(BytesIO(b"a,b,c\n1,2,3\n"), "roster", world.office.actor, NOW)
    with pytest.raises(Refused) as refused:
        send_roster(world.programme, upload, world.office.actor, NOW)
    assert [fault.field for fault in refused.value.faults] == ["roster"]

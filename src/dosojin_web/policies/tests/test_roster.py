"""A roster file: what is read, what is refused and how, and that nothing is lost or done twice."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.utils.translation import override

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.people.models import Person
from dosojin_web.policies.models import Member, RosterState, RosterUpload
from dosojin_web.policies.operations import take_roster
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.roster import (
    Problem,
    RosterRow,
    RosterUnreadable,
    UnsoundRow,
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


def faults_in(*rows: str) -> list[tuple[int, Problem]]:
    return [
        (row.line, problem)
        for row in read_roster(roster_of(*rows))
        if isinstance(row, UnsoundRow)
        for problem in row.problems
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
        ("", "26B0001", "student_number"),
        ("2B", "26B0001", "student_number"),
        ("3. Dez. 2004", "2004-12-03", "birth_date"),
        ("2027-02-30", "2027/6/1", "departs_on"),
        ("2027-05-01", "2027年7月31日", "returns_on"),
        ("", "スズキ", "family_name_kana"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_and_remedy(
    wrong: str, right: str, column: str
) -> None:
    [(line, problem)] = faults_in(TANAKA, SUZUKI.replace(right, wrong))
    assert (line, problem.column) == (3, column)
    with override("en"):
        assert all(said.endswith(".") and "%" not in said for said in problem.words())


def test_a_student_number_stands_once() -> None:
    [(line, problem)] = faults_in(SUZUKI, SUZUKI)
    assert (line, problem.column, problem.values) == (3, "student_number", {"line": "2"})


def test_a_student_number_beside_another_fault_counts_too() -> None:
    found = faults_in(SUZUKI.replace("2004-12-03", "?"), SUZUKI)
    assert [(line, problem.column) for line, problem in found] == [
        (2, "birth_date"),
        (3, "student_number"),
    ]


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    text = roster_of("", SUZUKI.replace("鈴木", '"鈴木\n"'), "", TANAKA)
    assert [row.line for row in read_roster(text)] == [3, 6]


def test_reading_goes_on_where_it_stopped() -> None:
    text = roster_of(SUZUKI, TANAKA, SUZUKI)
    [last] = read_roster(text, 2)
    assert isinstance(last, UnsoundRow) and last.line == 4
    assert list(read_roster(text))[2] == last


def test_a_file_that_breaks_off_in_the_middle_of_a_cell_is_refused() -> None:
    with pytest.raises(RosterUnreadable):
        list(read_roster(roster_of(SUZUKI, "26B0002," + "x" * 200_000)))


def test_members_are_added(world: World) -> None:
    roster = send(world, roster_of(SUZUKI, TANAKA))
    assert (roster.state, roster.rows, roster.added) == (RosterState.DONE, 2, 2)
    member = Member.objects.get(student_number="26B0002")
    assert member.person.full_name("ja") == "田中 美咲"


def test_good_rows_are_taken_and_bad_ones_kept_with_their_faults(world: World) -> None:
    bad = TANAKA.replace("タナカ", "たなか").replace("misaki@example.jp", "misaki")
    roster = send(world, roster_of(SUZUKI, bad))
    assert roster.added == 1
    [untaken] = roster.untaken.all()
    told = json.loads(untaken.told)
    assert untaken.line == 3 and told["cells"] == bad.split(",")
    [problem] = told["problems"]
    assert problem["column"] == "メールアドレス"
    assert "“misaki”" in problem["en"][0] and "name@example.com" in problem["en"][1]
    assert (roster.rows, roster.not_taken) == (2, 1)


def test_each_row_ends_up_somewhere(world: World) -> None:
    send(world, roster_of(SUZUKI))
    rows = (
        SUZUKI.replace("2027/6/1", "2027/6/2"),
        TANAKA,
        TANAKA.replace("26b0002", "26B0003").replace("2005.1.9", "?"),
        TANAKA.replace("26b0002", "26B0004").replace("TANAKA", "田中"),
        world.member.student_number + ",佐藤,花子,サトウ,ハナコ,SATO,HANAKO,"
        "2005-05-17,student1@example.jp,2027-06-01,2027-07-31",
    )
    roster = send(world, roster_of(*rows))
    counts = (roster.added, roster.changed, roster.unchanged, roster.not_taken)
    assert counts == (1, 1, 1, 2) and sum(counts) == roster.rows


def test_what_was_not_taken_is_kept_encrypted(world: World) -> None:
    roster = send(world, roster_of(SUZUKI.replace("2004-12-03", "?")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM policies_untakenrow")
        [(kept,)] = cursor.fetchall()
    assert "鈴木".encode() not in bytes(kept) if not isinstance(kept, str) else "鈴木" not in kept
    assert "鈴木" in roster.untaken.get().told


def test_a_name_that_no_document_can_show_is_named_at_once(world: World) -> None:
    roster = send(world, roster_of(SUZUKI.replace("鈴木", "丆木")))
    [problem] = json.loads(roster.untaken.get().told)["problems"]
    assert problem["column"] == "姓" and all("丆" in said for said in problem["en"])


def test_the_same_file_again_changes_nothing(world: World) -> None:
    send(world, roster_of(SUZUKI, TANAKA))
    again = send(world, roster_of(SUZUKI, TANAKA))
    assert RosterUpload.objects.count() == 1 and again.added == 2
    assert Member.objects.filter(student_number__startswith="26B").count() == 2


def test_a_file_is_read_again_once_another_came_between(world: World) -> None:
    send(world, roster_of(SUZUKI))
    send(world, roster_of(SUZUKI.replace("2027/6/1", "2027/6/2")))
    again = send(world, roster_of(SUZUKI))
    assert RosterUpload.objects.count() == 3 and again.changed == 1
    assert Member.objects.get(student_number="26B0001").departs_on == date(2027, 6, 1)


def test_a_file_without_rows_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        send(world, roster_of())


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
    row = (
        f"{world.member.student_number},佐藤,花,サトウ,ハナコ,SATO,HANAKO,"
        "2005-05-17,hanako@example.jp,2027-08-10,2027-09-05"
    )
    upload = accept(BytesIO(roster_of(row).encode()), "roster", world.office.actor, NOW)
    send_roster(second, upload, world.office.actor, NOW)
    run_due(NOW)
    assert Person.objects.count() == before
    person = second.members.get().person
    assert person == world.member.person
    assert (person.given_name, person.email) == ("花", "hanako@example.jp")
    someone_else = SUZUKI.replace("26B0001", world.member.student_number)
    upload = accept(BytesIO(roster_of(someone_else).encode()), "roster", world.office.actor, NOW)
    roster = send_roster(second, upload, world.office.actor, NOW)
    Member.objects.filter(programme=second).delete()
    run_due(NOW)
    roster.refresh_from_db()
    assert (roster.added, roster.not_taken) == (0, 1)


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

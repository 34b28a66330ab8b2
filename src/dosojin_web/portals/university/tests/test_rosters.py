"""A roster: sent, read, mended, sent again; nothing lost and nothing done twice."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.http import HttpResponse

from dosojin_web.deadlines.models import Deadline
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.policies.models import Member, Programme, ProgrammeState, RosterUpload
from dosojin_web.policies.operations import take_roster
from dosojin_web.policies.tests.conftest import World

from .conftest import HEADER, NOW, TAKAHASHI, TANAKA, Office, file_of, roster_of, take

pytestmark = pytest.mark.django_db
WRONG_DAY = TANAKA.replace("2005-01-09", "9 Jan")


def send_address(world: World) -> str:
    return f"/university/programmes/{world.programme.key}/roster/"


def send(office: Office, world: World, text: str, encoding: str = "utf-8") -> HttpResponse:
    return office.post(send_address(world), roster=file_of(text, encoding))


def page_of(roster: RosterUpload, part: str = "") -> str:
    return f"/university/rosters/{roster.key}/{part}"


def read_csv(response: HttpResponse) -> list[list[str]]:
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_the_whole_way_in_shift_jis(office: Office, world: World) -> None:
    response = send(office, world, roster_of(TAKAHASHI, WRONG_DAY), "cp932")
    assert response.status_code == 302
    roster = RosterUpload.objects.get()
    assert response["Location"] == page_of(roster)
    waiting = office.read(page_of(roster))
    assert "0 of 2" in waiting and "progress/" in waiting and "<noscript><meta" in waiting
    run_due(NOW)
    assert Member.objects.get(student_number="26B0001").person.family_name == "髙橋"
    text = office.read(page_of(roster))
    assert "1 row was not taken" in text and "9 Jan" in text and "Line\xa03" in text
    assert "Write it like 2027-04-01." in text and "misaki@example.jp" in text


def test_faults_speak_the_language_of_the_reader(office: Office, world: World) -> None:
    roster = take(world, WRONG_DAY)
    office.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    assert "日付として読み取れません" in office.read(page_of(roster))


def test_progress_is_asked_for_until_all_is_read(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_roster, "PART_ROWS", 1)
    send(office, world, roster_of(TAKAHASHI, TANAKA))
    roster = RosterUpload.objects.get()
    take_roster.take_next_part(roster, NOW)
    bar = office.get(page_of(roster, "progress/"))
    assert "1 of 2" in bar.text and "hx-get" in bar.text and "<html" not in bar.text
    take_roster.take_next_part(roster, NOW)
    bar = office.get(page_of(roster, "progress/"))
    assert "hx-get" in bar.text, "the last row is read, the result is not there: still asked for"
    while run_due(NOW):
        pass
    assert office.get(page_of(roster, "progress/")).headers["HX-Refresh"] == "true"


def test_only_the_rows_that_were_not_taken_are_downloaded_mended_and_sent(
    office: Office, world: World
) -> None:
    roster = take(world, TAKAHASHI, WRONG_DAY)
    header, *rows = read_csv(office.get(page_of(roster, "not-taken/")))
    assert header == [*HEADER.split(","), "What is wrong", "What to do"]
    [[*cells, wrong, remedy]] = rows
    assert cells == WRONG_DAY.split(",")
    assert "9 Jan" in wrong and "2027-04-01" in remedy
    mended = [cell.replace("9 Jan", "2005-01-09") for cell in cells]
    text = "\ufeff" + "\r\n".join(",".join(row) for row in (header, [*mended, wrong, "-"]))
    send(office, world, text)
    run_due(NOW)
    again = RosterUpload.objects.exclude(pk=roster.pk).get()
    assert (again.added, again.not_taken) == (1, 0)
    assert "2 students have no invitation yet" in office.read(page_of(again))


def test_the_same_file_twice_is_one_roster(office: Office, world: World) -> None:
    first = send(office, world, roster_of(TAKAHASHI))["Location"]
    run_due(NOW)
    Programme.objects.filter(pk=world.programme.pk)
    RosterUpload.objects.update(sent_at=NOW - timedelta(hours=1))
    again = send(office, world, roster_of(TAKAHASHI))["Location"]
    assert again == first and RosterUpload.objects.count() == 1
    assert "It is not processed twice" in office.read(again)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\x14\0\x06\0\xff\xfe\xfd\x81", "Shift_JIS"),
        ("あ,い\n".encode("utf-16"), "CSV UTF-8"),
        (b"name,birthday\nA,B\n", "lacks these columns"),
        (HEADER.encode(), "no rows"),
        (b"%PDF-1.7 no roster", "kind of file"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_beside_the_field(
    office: Office, world: World, content: bytes, said: str
) -> None:
    file = file_of("")
    file.write(content)
    file.seek(0)
    response = office.post(send_address(world), roster=file)
    assert response.status_code == 422
    assert 'href="#roster"' in response.text and 'id="roster-error"' in response.text
    assert said in response.text
    assert not RosterUpload.objects.exists()


def test_no_file_at_all(office: Office, world: World) -> None:
    response = office.post(send_address(world))
    assert response.status_code == 422 and "Choose the file" in response.text


def test_a_withdrawn_programme_takes_no_roster(office: Office, world: World) -> None:
    Programme.objects.update(state=ProgrammeState.WITHDRAWN)
    assert send(office, world, roster_of(TAKAHASHI)).status_code == 422


def test_reading_that_stopped_is_said(office: Office, world: World) -> None:
    send(office, world, roster_of(TAKAHASHI))
    roster = RosterUpload.objects.get()
    Deadline.objects.filter(kind="roster.read").update(failed_at=NOW)
    assert "Reading has stopped" in office.read(page_of(roster))
    assert office.get(page_of(roster, "progress/")).headers["HX-Refresh"] == "true"


def test_reading_that_does_not_begin_is_said(office: Office, world: World) -> None:
    send(office, world, roster_of(TAKAHASHI))
    RosterUpload.objects.update(sent_at=NOW - timedelta(minutes=5))
    assert "longer than usual" in office.read(page_of(RosterUpload.objects.get()))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sample_is_itself_a_roster(office: Office, world: World, language: str) -> None:
    rows = read_csv(office.get(f"/university/rosters/sample/{language}/"))
    assert len(rows) == 3
    send(office, world, "\n".join(",".join(row) for row in rows))
    run_due(NOW)
    assert RosterUpload.objects.get().added == 2


def test_there_is_no_sample_in_another_language(office: Office) -> None:
    assert office.get("/university/rosters/sample/fr/").status_code == 404


def test_many_faults_are_paged(office: Office, world: World) -> None:
    rows = [WRONG_DAY.replace("26B0002", f"26C{number:04d}") for number in range(60)]
    roster = take(world, *rows)
    assert "26C0049" in office.read(page_of(roster))
    last = office.read(page_of(roster), page="2")
    assert "26C0059" in last and "26C0049" not in last
    assert len(read_csv(office.get(page_of(roster, "not-taken/")))) == 61


@pytest.mark.parametrize("part", ["", "progress/", "not-taken/"])
def test_another_university_gets_404_and_a_student_403(
    office: Office, stranger: Office, student: Office, world: World, part: str
) -> None:
    roster = take(world, TAKAHASHI)
    assert office.get(page_of(roster, part)).status_code == 200
    assert stranger.get(page_of(roster, part)).status_code == 404
    assert student.get(page_of(roster, part)).status_code == 403


def test_strangers_send_no_roster(stranger: Office, student: Office, world: World) -> None:
    assert send(stranger, world, roster_of(TAKAHASHI)).status_code == 404
    assert send(student, world, roster_of(TAKAHASHI)).status_code == 403
    assert not RosterUpload.objects.exists()

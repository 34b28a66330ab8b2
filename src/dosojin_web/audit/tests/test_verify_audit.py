"""What was changed, removed, inserted or moved is found, and named by its number."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dosojin_web.audit.models import AuditHead, Event
from dosojin_web.audit.operations import verify_chain
from dosojin_web.audit.operations.verify_chain import Mark, verify
from dosojin_web.manage import spell_command

Tamper = Callable[..., None]
Chain = list[Event]

COPY = (
    "INSERT INTO audit_event (seq, at, actor, role, act, about, detail, previous, hash) "
    "SELECT {seq}, at, actor, role, act, about, detail, previous, hash FROM audit_event "
    "WHERE seq = {of}"
)


def run(*arguments: str) -> tuple[int, str]:
    """Exit status and what is printed."""
    out, status = StringIO(), 0
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as left:
        status = int(left.code or 0)
    return status, out.getvalue()


def find_damage(expect: Mark | None = None) -> str:
    damage = verify(expect).damage
    return str(damage) if damage else ""


def test_a_whole_chain_is_whole(chain: Chain) -> None:
    head = f"10:{chain[-1].hash}"
    status, said = run()
    assert (status, said.splitlines()) == (
        0,
        ["10 events, each as it was written.", f"Head, to be kept elsewhere: {head}"],
    )
    assert run("--expect", head)[0] == 0
    assert run("--expect", f"4:{chain[3].hash}")[0] == 0


@pytest.mark.django_db
def test_an_empty_chain_is_whole() -> None:
    status, said = run()
    assert status == 0
    assert f"0:{'0' * 64}" in said


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "'programme.refuse'"),
        ("about", "'programme:99'"),
        ("actor", "'user:8'"),
        ("role", "'auditor'"),
        ("detail", "'{}'"),
        ("at", "'2026-06-01 03:04:00.000001+00:00'"),
        ("previous", f"'{'a' * 64}'"),
        ("hash", f"'{'a' * 64}'"),
    ],
)
def test_each_changed_fact_is_found(chain: Chain, tamper: Tamper, column: str, value: str) -> None:
    tamper(f"UPDATE audit_event SET {column} = {value} WHERE seq = 4")
    status, said = run()
    assert status == 1
    assert said.startswith("Damaged: event 4 was changed: ")
    assert f"Whole until 3:{chain[2].hash}" in said


def test_a_changed_event_is_found_though_its_hash_was_copied_on(
    chain: Chain, tamper: Tamper
) -> None:
    """Whoever makes the links fit but has no key is found at the first event he touched."""
    tamper(
        f"UPDATE audit_event SET act = 'x', hash = '{'b' * 64}' WHERE seq = 4",
        f"UPDATE audit_event SET previous = '{'b' * 64}' WHERE seq = 5",
    )
    assert find_damage() == "event 4 was changed: its hash does not fit what it says"


def test_a_removed_event_is_found(chain: Chain, tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event WHERE seq IN (4, 5)")
    assert find_damage() == "event 4 was removed: the next one in the table is 6"


def test_a_removed_event_is_found_though_the_gap_was_closed(chain: Chain, tamper: Tamper) -> None:
    tamper(
        "DELETE FROM audit_event WHERE seq IN (4, 5)",
        *(f"UPDATE audit_event SET seq = {seq - 2} WHERE seq = {seq}" for seq in range(6, 11)),
        "UPDATE audit_audithead SET seq = 8",
    )
    assert find_damage() == ("event 4 was removed: what was written as 6 stands in its place")


def test_an_inserted_event_is_found(chain: Chain, tamper: Tamper) -> None:
    tamper(
        *(f"UPDATE audit_event SET seq = {seq + 1} WHERE seq = {seq}" for seq in range(10, 3, -1)),
        COPY.format(seq=4, of=2),
        "UPDATE audit_audithead SET seq = 11",
    )
    assert find_damage() == "event 4 was inserted: what was written as 4 now stands as 5"


def test_an_event_inserted_before_the_first_is_found(chain: Chain, tamper: Tamper) -> None:
    tamper(COPY.format(seq=0, of=2))
    assert find_damage() == "event 0 was inserted: the chain begins with 1"


def test_an_event_inserted_after_the_last_is_found(chain: Chain, tamper: Tamper) -> None:
    tamper(COPY.format(seq=11, of=2))
    assert find_damage() == "event 11 was inserted: the head says that 10 were written"
    tamper("UPDATE audit_audithead SET seq = 11")
    assert find_damage().startswith("event 11 was changed")


def test_events_that_changed_places_are_found(chain: Chain, tamper: Tamper) -> None:
    tamper(
        "UPDATE audit_event SET seq = 99 WHERE seq = 4",
        "UPDATE audit_event SET seq = 4 WHERE seq = 7",
        "UPDATE audit_event SET seq = 7 WHERE seq = 99",
    )
    assert find_damage() == "event 4 was moved: it has changed places with 7"


def test_a_removed_end_is_found_by_the_head(chain: Chain, tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event WHERE seq > 7")
    assert find_damage() == "event 8 was removed: the head says that 10 were written"


def test_an_end_removed_with_its_head_is_found_by_the_mark_kept_elsewhere(
    chain: Chain, tamper: Tamper
) -> None:
    tamper(
        "DELETE FROM audit_event WHERE seq > 7",
        f"UPDATE audit_audithead SET seq = 7, hash = '{chain[6].hash}'",
    )
    assert find_damage() == ""
    status, said = run("--expect", f"10:{chain[-1].hash}")
    assert status == 1
    assert "event 8 was removed: 10 had been written when it was kept" in said


def test_a_chain_that_was_begun_anew_is_found_by_the_mark(chain: Chain) -> None:
    assert find_damage(Mark(6, "c" * 64)) == (
        "event 6 was changed: its hash is not the one that was kept elsewhere"
    )


def test_all_events_removed_are_found(chain: Chain, tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event")
    assert find_damage() == "event 1 was removed: the head says that 10 were written"
    tamper("DELETE FROM audit_audithead")
    assert find_damage() == ""
    assert find_damage(Mark(10, chain[-1].hash)).startswith("event 1 was removed")


def test_a_removed_head_is_found(chain: Chain, tamper: Tamper) -> None:
    tamper("DELETE FROM audit_audithead")
    assert find_damage() == "event 11 was removed: the head is gone, and what followed with it"


def test_another_hash_in_the_head_is_found(chain: Chain) -> None:
    AuditHead.objects.update(hash="d" * 64)
    assert find_damage() == "event 10 was changed: the head holds another hash"


def test_without_the_key_nothing_fits(chain: Chain, settings) -> None:
    settings.AUDIT_KEY = "another"
    assert find_damage() == "event 1 was changed: its hash does not fit what it says"


def test_the_chain_is_read_in_pieces(
    chain: Chain, tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_chain, "PIECE", 3)
    told: list[tuple[int, int]] = []
    assert verify(progress=lambda done, total: told.append((done, total))).whole_until.seq == 10
    assert told == [(3, 10), (6, 10), (9, 10), (10, 10)]
    tamper("DELETE FROM audit_event WHERE seq = 7")
    assert find_damage().startswith("event 7 was removed")


def test_a_mark_is_read_as_it_was_printed(chain: Chain) -> None:
    for bad in ("10", "10:abc", f"x:{'0' * 64}"):
        with pytest.raises(CommandError, match="SEQ:HASH"):
            run("--expect", bad)


def test_commands_are_spelled_with_dashes() -> None:
    assert spell_command(["dosojin-web", "verify-audit", "--no-color"]) == [
        "dosojin-web",
        "verify_audit",
        "--no-color",
    ]
    assert spell_command(["dosojin-web", "help", "verify-audit"])[2] == "verify_audit"
    assert spell_command(["dosojin-web", "--help"]) == ["dosojin-web", "--help"]
    assert spell_command(["dosojin-web"]) == ["dosojin-web"]

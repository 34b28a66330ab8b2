"""The chain read in pieces says what it says when read at once."""

from collections.abc import Callable

import pytest

from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.audit.operations.verify_piece import BEGINNING, Piece, verify_piece

Tamper = Callable[..., None]
Chain = list[Event]
DAMAGES = {
    "changed": "UPDATE audit_event SET act = 'other' WHERE seq = 7",
    "removed": "DELETE FROM audit_event WHERE seq = 5",
    "end removed": "DELETE FROM audit_event WHERE seq > 8",
    "head removed": "DELETE FROM audit_audithead",
}


def read_all(step: int) -> Piece:
    piece = verify_piece(BEGINNING, step)
    while not piece.finished:
        piece = verify_piece(piece.whole_until, step)
    return piece


@pytest.mark.parametrize("step", [1, 3, 10, 100])
def test_pieces_lead_to_the_head(chain: Chain, step: int) -> None:
    found = read_all(step)
    assert (found.whole_until, found.damage) == (verify().whole_until, None)


@pytest.mark.django_db
def test_an_empty_log_is_whole() -> None:
    assert read_all(5).damage is None


def test_a_piece_says_how_far_it_is(chain: Chain) -> None:
    piece = verify_piece(BEGINNING, 4)
    assert (piece.whole_until.seq, piece.head_seq, piece.finished) == (4, 10, False)


@pytest.mark.parametrize("step", [1, 3, 100])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_in_any_piece(chain: Chain, tamper: Tamper, step: int, damage: str) -> None:
    tamper(DAMAGES[damage])
    whole, found = verify().damage, read_all(step).damage
    assert whole is not None and found is not None
    assert (found.seq, found.kind) == (whole.seq, whole.kind)

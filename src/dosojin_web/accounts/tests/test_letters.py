"""The letters about an account, in both languages, for every act that allauth tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosojin_web.mail.letters import write_letter

FOLDER = Path(__file__).parents[1] / "templates" / "accounts" / "mail"
LETTERS = sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem != "notice")
SHOWN = {"log_in_name": "S2600123", "address": "https://example.ac.jp/reset", "at": ""}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_names_the_account(name: str, language: str) -> None:
    letter = write_letter(f"accounts/mail/{name}", language, SHOWN)
    assert "S2600123" in letter.body
    japanese = any("ぁ" <= character <= "ん" for character in letter.subject)
    assert japanese == (language == "ja")


def test_a_reset_shows_its_link() -> None:
    assert SHOWN["address"] in write_letter("accounts/mail/password_reset_key", "ja", SHOWN).body


@pytest.mark.parametrize(
    "name",
    [
        "password_changed", "password_set", "password_reset", "password_reset_key",
        "totp_activated", "totp_deactivated", "recovery_codes_generated",
        "webauthn_added", "webauthn_removed", "address_changed",
    ],
)  # fmt: skip
def test_no_letter_is_missing(name: str) -> None:
    assert name in LETTERS

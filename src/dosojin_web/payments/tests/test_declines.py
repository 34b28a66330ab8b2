"""Declines are explained in the reader's language, without telling tales about the card."""

from django.utils import translation

from dosojin_web.payments.declines import UNKNOWN, WORDS, explain_decline
from dosojin_web.payments.fake.cards import CARDS


def test_every_code_has_words_in_both_languages() -> None:
    for code in WORDS:
        with translation.override("en"):
            english = explain_decline(code)
        with translation.override("ja"):
            assert explain_decline(code) not in ("", english)


def test_no_decline_needs_no_words() -> None:
    assert explain_decline("") == ""


def test_what_is_between_holder_and_bank_is_not_told() -> None:
    for code in ("stolen_card", "lost_card", "fraudulent", "generic_decline"):
        assert explain_decline(code) == str(UNKNOWN)


def test_the_test_cards_decline_with_codes_that_have_words() -> None:
    codes = {card.decline for card in CARDS.values()} - {"", "generic_decline"}
    assert codes <= WORDS.keys()

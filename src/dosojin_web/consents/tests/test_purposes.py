"""The purposes of the seeds are there, in both languages, in words that do not change unseen."""

import pytest

from dosojin_web.consents.purposes import Language, SignerKind, all_purposes, find_purpose

# An issued version keeps its words. Other words: a new version, and its digests here beside.
DIGESTS = {
    ("third-party-claims", 1, "ja"): "8ab5110e63d348de",
    ("third-party-claims", 1, "en"): "7b7ceed5ead551d8",
    ("medical-disclosure", 1, "ja"): "2556630abb7791b3",
    ("medical-disclosure", 1, "en"): "1153fab3eef70d94",
    ("claim-to-university", 1, "ja"): "e98a57f69cf832cc",
    ("claim-to-university", 1, "en"): "2dab4bc5a098a91b",
    ("claim-to-policyholder", 1, "ja"): "56aa401bb5236cc3",
    ("claim-to-policyholder", 1, "en"): "9afc1d0f38e65952",
    ("double-cover-check", 1, "ja"): "c9e6dfc6c0594d73",
    ("double-cover-check", 1, "en"): "20488e8bb0c0346e",
    ("injury-list", 1, "ja"): "7dca9be0145cedf7",
    ("injury-list", 1, "en"): "7c5b7feb61fadcf6",
}


def test_the_purposes_of_the_seeds_are_there() -> None:
    assert list(all_purposes()) == [
        "third-party-claims",
        "medical-disclosure",
        "claim-to-university",
        "claim-to-policyholder",
        "double-cover-check",
        "injury-list",
    ]


def test_the_words_of_a_version_do_not_change() -> None:
    now = {
        (purpose.id, purpose.version, language.value): purpose.digest(language)[:16]
        for purpose in all_purposes().values()
        for language in Language
    }
    assert now == DIGESTS


@pytest.mark.parametrize("id", all_purposes())
def test_each_is_complete(id: str) -> None:
    found = find_purpose(id)
    assert found.source and SignerKind.SELF in found.signers
    # What is needed cannot be refused without losing cover, and the other way round.
    assert found.needed_for_enrolment != found.refusable
    for words in found.words.values():
        for text in (words.title, words.text, words.without):
            assert text and "\n" not in text and "  " not in text
    assert " " not in found.words[Language.JA].text
    assert found.digest("ja") != found.digest("en")


def test_what_goes_to_university_and_policyholder_is_objected_to_one_by_one() -> None:
    for id in ("claim-to-university", "claim-to-policyholder"):
        assert find_purpose(id).refusable
    with pytest.raises(KeyError):
        find_purpose("marketing")

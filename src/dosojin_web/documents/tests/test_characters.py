"""A character that no document could show is found where it is entered."""

from dosojin_web.documents.characters import find_unprintable


def test_names_as_they_are_written_can_be_printed() -> None:
    assert find_unprintable("𠮷田 髙橋 山﨑 邉 サトウ O'Brien-Müller ĀŌ") == ""


def test_what_no_font_has_is_named_once() -> None:
    assert find_unprintable("丆田丆") == "丆"
    assert find_unprintable("علي")

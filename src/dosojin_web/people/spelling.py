"""How a name is written when it is compared: what readers take for the same becomes the same.

In:  a name or a part of one, as somebody typed it.
Out: letters without spaces, marks, case, width, or the choice between the two kana.
Never: a name for display. What is folded is only hashed and compared.
"""

import unicodedata
from functools import lru_cache

KATAKANA = range(0x30A1, 0x30F7)
TO_HIRAGANA = 0x60
LATIN = (range(0x0250), range(0x1E00, 0x1F00))

# Forms of a character that registers tell apart and ears do not: who asks for 吉田 means 𠮷田 too.
SAME = str.maketrans(
    "𠮷髙﨑嵜碕邉邊齋齊斉濵濱德黑惠廣國澤眞櫻槗栁曻",
    "吉高崎崎崎辺辺斎斎斎浜浜徳黒恵広国沢真桜橋柳昇",
)
# Accents that no composed letter has, and selectors of a character's form.
UNHEARD = ((0x0300, 0x036F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """The letters of ``text`` for comparison; "" if it has none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = map(_fold_character, unicodedata.normalize("NFKC", folded))
    return "".join(letters).translate(SAME)


def _fold_character(character: str) -> str:
    point = ord(character)
    if point in KATAKANA:
        return chr(point - TO_HIRAGANA)
    if any(point in letters for letters in LATIN):
        # é, ö and ñ are typed as e, o and n. Kana keep their marks: は and ば are two sounds.
        character = unicodedata.normalize("NFD", character)[0]
    return character if _counts(character) else ""


def _counts(character: str) -> bool:
    """Letters and digits count; spaces, points, hyphens and variation selectors do not."""
    point = ord(character)
    if any(first <= point <= last for first, last in UNHEARD):
        return False
    return unicodedata.category(character)[0] in "LNM"

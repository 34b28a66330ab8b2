"""Names found by a part of them, without a name in clear in the database.

Each person has rows of keyed hashes: of each name and full name as a whole, and of every two
letters that follow each other. A search asks for the hashes of what was typed, decrypts the
persons that have them all, and looks whether they really match.

What the hashes tell a thief of the database alone, without the keys: which persons share two
letters, and how often a pair occurs. Names drawn from few letters can in part be guessed from
that. The keys therefore belong elsewhere than the database and its backups.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db import connection

from dosojin_web.database.keyed_hash import hash_all, hash_newest

from .models import NameHash, Person
from .spelling import fold

WHOLE = "people.name.whole"
PAIR = "people.name.pair"
# More pairs would not narrow a search any further.
PAIRS_ASKED_MAX = 8


def name_forms(person: Person) -> Iterator[tuple[str, str]]:
    """Family and given name, folded: as written, in kana, in roman letters; empty ones left out."""
    for family, given in (
        (person.family_name, person.given_name),
        (person.family_name_kana, person.given_name_kana),
        (person.family_name_roman, person.given_name_roman),
    ):
        form = fold(family), fold(given)
        if any(form):
            yield form


def whole_names(person: Person) -> set[str]:
    """Every name of a person by itself, and the full name in both orders."""
    return {
        name
        for family, given in name_forms(person)
        for name in (family, given, family + given, given + family)
        if name
    }


def pairs(text: str) -> list[str]:
    """Every two letters that follow each other, once each, in order."""
    return list(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def hashes_of(person: Person) -> set[int]:
    """The hashes under which a person is found."""
    names = whole_names(person)
    parts = {pair for name in names for pair in pairs(name)}
    return {hash_newest(WHOLE, name) for name in names} | {
        hash_newest(PAIR, pair) for pair in parts
    }


def index_names(people: Iterable[Person]) -> None:
    """Write the rows of persons that have none yet.

    Some forty for each: without an instance for each row, 20,000 persons take a third of the time.
    """
    table = NameHash._meta.db_table
    rows = [(person.pk, number) for person in people for number in sorted(hashes_of(person))]
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" (person_id, hash) VALUES (%s, %s)', rows)


def questions(word: str) -> list[Collection[int]]:
    """For a folded word, sets of hashes: who matches has at least one of each set."""
    if len(word) == 1:
        return [hash_all(WHOLE, word)]
    asked = pairs(word)
    step = -(-len(asked) // PAIRS_ASKED_MAX)
    return [hash_all(PAIR, pair) for pair in asked[::step]]


def matches(person: Person, word: str) -> bool:
    """Whether a folded word stands in a name; a single letter has to be the name."""
    names = whole_names(person)
    return word in names or (len(word) > 1 and any(word in name for name in names))

"""Finds persons by a name or a part of one."""

from collections.abc import Iterator

from django.db.models import QuerySet

from dosojin_web.database.keyed_hash import hash_all
from dosojin_web.people.models import NameHash, Person
from dosojin_web.people.name_index import WHOLE, matches, questions, whole_names
from dosojin_web.people.spelling import fold

TEXT_LENGTH_MAX = 200
CHUNK_ROWS = 200


def find_people(text: str, limit: int = 20, among: QuerySet[Person] | None = None) -> list[Person]:
    """At most ``limit`` persons in whose names every word of ``text`` stands.

    Who is called just so comes first. Kana of either kind, roman letters and written characters
    all work; a word of a single letter finds only who has that letter as a name. ``among`` is
    whom the asker may see; without it, everybody.
    """
    typed = text[:TEXT_LENGTH_MAX]
    words = [word for word in map(fold, typed.split()) if word]
    if not words:
        return []
    everybody = Person.objects.all() if among is None else among
    found: dict[int, Person] = {}
    for person in _called(fold(typed), everybody):
        found.setdefault(person.pk, person)
        if len(found) == limit:
            return list(found.values())
    for person in _with_words(words, everybody):
        found.setdefault(person.pk, person)
        if len(found) == limit:
            break
    return list(found.values())


def _called(name: str, among: QuerySet[Person]) -> Iterator[Person]:
    rows = NameHash.objects.filter(hash__in=hash_all(WHOLE, name)).values("person")
    for person in among.filter(pk__in=rows).order_by("pk").iterator(CHUNK_ROWS):
        if name in whole_names(person):
            yield person


def _with_words(words: list[str], among: QuerySet[Person]) -> Iterator[Person]:
    for word in words:
        for hashes in questions(word):
            rows = NameHash.objects.filter(hash__in=hashes).values("person")
            among = among.filter(pk__in=rows)
    for person in among.order_by("pk").iterator(CHUNK_ROWS):
        if all(matches(person, word) for word in words):
            yield person

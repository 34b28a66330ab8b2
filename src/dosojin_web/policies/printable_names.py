"""Whether the names of an insured can stand on the certificate.

In:  a person, or the details of one who is not kept yet.
Out: by field, the characters that no document of ours could show.
Never: a name that is changed to fit.
"""

from dosojin_web.documents.characters import find_unprintable
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person

PRINTED = (
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "family_name_roman",
    "given_name_roman",
)


def find_unprintable_names(person: Person | PersonDetails) -> dict[str, str]:
    """By field, what cannot be printed of it, each character once; {} where all can."""
    found = {name: find_unprintable(getattr(person, name)) for name in PRINTED}
    return {name: signs for name, signs in found.items() if signs}

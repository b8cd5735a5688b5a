"""Names of people as keys, so that spellings of one name meet: accents in either Unicode form, apostrophes, spaces, case."""

import re
import unicodedata

UNSAFE = re.compile(r"[^\w.@-]+")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
"""Letters that are no others with a mark."""


def key(name: str) -> str:
    """Return a name's letters and digits, without case and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    return "".join(letter for letter in apart if letter.isalnum())


def keys(first: str, last: str) -> set[str]:
    """Return the keys under which a person may be called: first name first, last name first, and each with its accents lost."""
    orders = (f"{first} {last}", f"{last} {first}")
    lost = ("".join(letter for letter in unicodedata.normalize("NFC", name) if letter.isascii()) for name in orders)
    return {found for found in map(key, (*orders, *lost)) if found}


def folder_name(text: str) -> str:
    """Return a text as the name of a student's folder, which nbgrader takes for the student's id; nothing if nothing is left."""
    name = UNSAFE.sub("-", unicodedata.normalize("NFC", text).strip()).strip("-.")
    return name[:100]

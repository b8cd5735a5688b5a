"""Text that came from a student, made harmless for a screen, a log or a sheet."""

import re
import unicodedata

ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c|$)|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
"""What a terminal takes for an order: sequences that begin with CSI, OSC, DCS and their kind, and short ones (ECMA-48)."""

DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of what follows, and the mark of byte order, of which nothing is seen."""

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def plain(text: object) -> str:
    """Return a text as one line in which nothing orders a terminal about, hides, or runs backwards."""
    letters = (_letter(one) for one in ESCAPES.sub("", str(text)))
    return re.sub(r" {2,}", " ", "".join(letters)).strip()


def _letter(one: str) -> str:
    if one in DIRECTIONS:
        return ""
    kind = unicodedata.category(one)
    if kind in ("Zl", "Zp") or one in "\n\r\t\v\f\x85":
        return " "
    return {"Cc": "", "Cs": "\ufffd"}.get(kind, one)  # half of a surrogate pair cannot even be printed


def csv_cell(value: object) -> str:
    """Return a value as a cell of a CSV file that no spreadsheet takes for a formula. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if (
        isinstance(value, int | float)
        or not text.lstrip(" ").startswith(FORMULAS)
        or re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
    ):
        return text
    return f"'{text}"

"""The report of a check: a table of tensors, and a sentence on each that seems wrong or could not be judged."""

from dataclasses import dataclass, field

import numpy as np

from mlpkit.diagnosis import diagnose, relative_error

MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass
class Row:
    """One line of a report: a tensor, its norm-relative error and, when that is too large, what seems wrong.

    `passed` is None for what could not be judged, and `note` says why. What is not about a tensor has neither shape nor
    error.
    """

    name: str
    shape: tuple[int, ...] | None
    error: float | None
    passed: bool | None
    note: str | None = None


@dataclass
class Report:
    """The rows of a check. Prints as a table. True in a condition when there is a row and every row passed."""

    rows: list[Row] = field(default_factory=list)

    def compare(self, name: str, given: object, expected: np.ndarray, sizes: dict[str, int], tolerance: float) -> None:
        """Add the row for an array that should equal `expected`."""
        if (what := what_else(given)) is not None:
            self.rows.append(Row(name, None, None, False, f"is {what}"))
            return
        array = np.asarray(given)
        error = relative_error(array, expected)
        note = None if error <= tolerance else diagnose(array, expected, sizes, tolerance)
        self.rows.append(Row(name, array.shape, error, error <= tolerance, note))

    @property
    def failed(self) -> list[str]:
        """The names of what is wrong. What could not be judged is not among them."""
        return [row.name for row in self.rows if row.passed is False]

    def __bool__(self) -> bool:
        return bool(self.rows) and all(row.passed for row in self.rows)

    def __str__(self) -> str:
        width = max([len("tensor"), *(len(row.name) for row in self.rows)])
        lines = [f"{'tensor':<{width}}  {'shape':<12} relative error"]
        for row in self.rows:
            shape = "" if row.shape is None else str(row.shape)
            error = "" if row.error is None else f"{row.error:.1e}"
            lines.append(f"{row.name:<{width}}  {shape:<12} {error:>8}  {MARKS[row.passed]}")
        lines += [
            f"{row.name} {row.note}".rstrip(".?") + ("?" if row.note.endswith("?") else ".")
            for row in self.rows
            if row.note
        ]
        return "\n".join(lines)


def what_else(given: object) -> str | None:
    """Say what `given` is if it is no array of numbers, else return None."""
    if given is None:
        return "None: is a return missing?"
    if isinstance(given, np.ndarray | np.generic | float | int) and np.asarray(given).dtype.kind in "fiub":
        return None
    return f"{type(given).__name__}, expected an array of numbers"

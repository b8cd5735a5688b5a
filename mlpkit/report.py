"""The report of a check: a table of tensors, and a sentence on each that seems wrong."""

from dataclasses import dataclass, field

import numpy as np

from mlpkit.diagnosis import diagnose, relative_error


@dataclass
class Row:
    """One line of a report: a tensor, its norm-relative error and, when that is too large, what seems wrong.

    What is not about a tensor has neither shape nor error.
    """

    name: str
    shape: tuple[int, ...] | None
    error: float | None
    passed: bool
    note: str | None = None


@dataclass
class Report:
    """The rows of a check. Prints as a table; true in a condition when every row passed."""

    rows: list[Row] = field(default_factory=list)

    def compare(self, name: str, given: object, expected: np.ndarray, sizes: dict[str, int], tolerance: float) -> None:
        """Add the row for an array that should equal `expected`."""
        if not (isinstance(given, np.ndarray | np.generic | float | int) and np.asarray(given).dtype.kind in "fiub"):
            what = (
                "None: is a return missing?"
                if given is None
                else f"{type(given).__name__}, expected an array of numbers"
            )
            self.rows.append(Row(name, None, None, False, f"is {what}"))
            return
        array = np.asarray(given)
        error = relative_error(array, expected)
        note = None if error <= tolerance else diagnose(array, expected, sizes, tolerance)
        self.rows.append(Row(name, array.shape, error, error <= tolerance, note))

    def __bool__(self) -> bool:
        return all(row.passed for row in self.rows)

    def __str__(self) -> str:
        width = max([len("tensor"), *(len(row.name) for row in self.rows)])
        lines = [f"{'tensor':<{width}}  {'shape':<12} relative error"]
        for row in self.rows:
            shape = "" if row.shape is None else str(row.shape)
            error = "" if row.error is None else f"{row.error:.1e}"
            lines.append(f"{row.name:<{width}}  {shape:<12} {error:>8}  {'✓' if row.passed else '✗'}")
        lines += [
            f"{row.name} {row.note}".rstrip(".?") + ("?" if row.note.endswith("?") else ".")
            for row in self.rows
            if row.note
        ]
        return "\n".join(lines)

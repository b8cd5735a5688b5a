"""The tests that students see: a table of what was compared, and a sentence on what seems wrong::

    with visible("Layers as objects, section “The forward pass”") as check:
        check.equal("forward(X)", layer.forward(X), expected)

The words in quotation marks are where to read again.
"""

from __future__ import annotations

from types import TracebackType

import numpy as np

from mlpkit.diagnosis import EXACT
from mlpkit.gradcheck import check_layer
from mlpkit.report import Report


class NotYet(Exception):
    """Says that a visible test failed. Jupyter shows its message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class visible:
    """Collects comparisons and, at the end of the block, prints them; raises NotYet if one failed."""

    def __init__(self, read_again: str):
        self.read_again = read_again
        self.report = Report()

    def __enter__(self) -> visible:
        return self

    def equal(self, name: str, given: object, expected: object, **sizes: int) -> None:
        """Compare an array with what it should be, to nine digits. `sizes`, such as N=4, help to name a wrong factor."""
        reference = np.asarray(expected, float)
        self.report.compare(name, given, reference, sizes, EXACT)
        row = self.report.rows[-1]
        if not row.passed and row.note is None and reference.size <= 12:
            row.note = f"is {np.asarray(given).tolist()}, expected {reference.tolist()}"

    def gradients(self, layer: object, X: np.ndarray) -> None:
        """Compare what `layer.backward` stores and returns with central differences of `layer.forward`."""
        self.report.rows += check_layer(layer, X, np.random.default_rng(4)).rows

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            if "matmul" in str(error):
                print("The factors of a product do not fit. Write down their shapes: which one has to be transposed?")
            return
        print(self.report)
        if not self.report:
            wrong = ", ".join(row.name for row in self.report.rows if not row.passed)
            raise NotYet(f"Not yet: {wrong}. See the lines below the table. Read again: {self.read_again}.")

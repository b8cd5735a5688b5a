"""The tests that students see: a table of what was compared, and a sentence on what seems wrong::

    with visible("Layers as objects, section “The forward pass”") as check:
        check.equal("forward(X)", layer.forward(X), expected)

The words in quotation marks are where to read again.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

import numpy as np

from mlpkit.diagnosis import EXACT
from mlpkit.gradcheck import check_layer, check_loss
from mlpkit.report import Report, Row

FULL = 2e-9
"""Norm-relative error up to which a gradient was computed in float64 throughout. Rounded to float32 it is 2e-8 off."""


class NotYet(Exception):
    """Says that a visible test failed. Jupyter shows its message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def in_full(rows: list[Row]) -> list[Row]:
    """Fail what agrees with the slopes to the digits of float32 only: the assignments ask for float64."""
    for row in rows:
        if row.passed is not False and row.error is not None and row.error > FULL:
            row.passed, row.note = False, "is right to seven digits at best: was something computed in float32?"
    return rows


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
        if row.passed is False and row.note is None and reference.size <= 12:
            row.note = f"is {np.asarray(given).tolist()}, expected {reference.tolist()}"

    def that(self, name: str, condition: bool, otherwise: str) -> None:
        """Note whether a condition holds; `otherwise` is the rest of the sentence that begins with the name."""
        self.report.rows.append(Row(name, None, None, bool(condition), None if condition else otherwise))

    def raises(self, name: str, kind: type[Exception], function: Callable, *args: object) -> None:
        """Note whether calling the function raises this exception."""
        try:
            function(*args)
        except kind:
            self.that(name, True, "")
        else:
            self.that(name, False, f"passed without a word, expected a {kind.__name__}")

    def loss(self, loss: object, prediction: np.ndarray, target: np.ndarray) -> None:
        """Compare what `loss.backward` returns with central differences of `loss.forward`."""
        self.report.rows += in_full(check_loss(loss, prediction, target, np.random.default_rng(4)).rows)

    def gradients(self, layer: object, X: np.ndarray) -> None:
        """Compare what `layer.backward` stores and returns with central differences of `layer.forward`."""
        self.report.rows += in_full(check_layer(layer, X, np.random.default_rng(4)).rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            if "matmul" in str(error):
                print("The factors of a product do not fit. Write down their shapes: which one has to be transposed?")
            return
        print(self.report)
        if self.report.failed:
            raise NotYet(
                f"Not yet: {', '.join(self.report.failed)}. See the lines below the table. Read again: {self.read_again}."
            )

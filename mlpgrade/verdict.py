"""A verdict on one task, and its form as a cell's outputs, from which nbgrader takes the score."""

from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output


@dataclass(frozen=True)
class Verdict:
    """`share` of the points, from 0 to 1, and the reasons for what was lost, one sentence each."""

    task: str
    share: float
    reasons: tuple[str, ...] = ()
    section: str = ""

    def text(self, points: float) -> str:
        """What the student reads."""
        heading = f"{self.task}: {self.share * points:g} of {points:g} points."
        reading = [f"Read again: {self.section}."] if self.section and self.reasons else []
        return "\n".join([heading, *(f"  · {reason}" for reason in self.reasons), *reading])

    def outputs(self, points: float) -> list[NotebookNode]:
        """Return the outputs that earn `share` of the points in nbgrader's `determine_grade`.

        nbgrader reads an error as 0, a number as that many points, and neither of the two as full points.
        """
        text = self.text(points)
        if self.share >= 1:
            return [new_output("stream", name="stdout", text=text + "\n")]
        if self.share <= 0:
            return [new_output("error", ename="LostPoints", evalue=f"see below ({self.task})", traceback=[text])]
        number = new_output("execute_result", data={"text/plain": repr(self.share * points)}, execution_count=None)
        return [new_output("stream", name="stdout", text=text + "\n"), number]

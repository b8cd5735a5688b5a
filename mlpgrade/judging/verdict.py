"""A verdict on one task, and its form as a cell's outputs, from which nbgrader takes the score."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """`share` of the points, from 0 to 1, and the reasons for what was lost, one sentence each.

    `named` are the ids of the mistakes that were recognised, `parts` the points that each part of the task earned. `remarks`
    are about what is right and could be better; they cost nothing.
    """

    task: str
    share: float
    reasons: tuple[str, ...] = ()
    section: str = ""
    named: tuple[str, ...] = ()
    parts: dict[str, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def text(self, points: float, title: str = "") -> str:
        """What the student reads, who knows the task by its title."""
        heading = f"{title or self.task}: {round(self.share * points, 2):g} of {points:g} points."
        reading = [f"Read again: {self.section}."] if self.section and self.reasons else []
        right = [name.replace("`", "") for name, earned in self.parts.items() if earned] if self.reasons else []
        rest = [f"Right as it is: {', '.join(right)}."] if right else []
        told = [*(f"  · {reason}" for reason in self.reasons), *(f"  + Right, but {text}" for text in self.remarks)]
        return "\n".join([heading, *told, *rest, *reading])

    def notes(self) -> dict[str, Any]:
        """Return what reports read of it."""
        return {
            "reasons": list(self.reasons),
            "named": list(self.named),
            "parts": dict(self.parts),
            "remarks": list(self.remarks),
        }

    def outputs(self, points: float, title: str = "") -> list[dict[str, Any]]:
        """Return the outputs that earn `share` of the points in nbgrader's `determine_grade`.

        nbgrader reads an error as 0, a number as that many points, and neither of the two as full points.
        """
        text = self.text(points, title)
        if self.share <= 0:
            error = {"ename": "LostPoints", "evalue": f"see below ({title or self.task})", "traceback": [text]}
            return [{"output_type": "error"} | error]
        said = {"output_type": "stream", "name": "stdout", "text": text + "\n"}
        if self.share >= 1:
            return [said]
        number = {"data": {"text/plain": repr(round(self.share * points, 6))}, "metadata": {}, "execution_count": None}
        return [said, {"output_type": "execute_result"} | number]

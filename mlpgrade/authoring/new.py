"""Begins an assignment: a small one that works, to be changed piece by piece."""

import re
from pathlib import Path

from mlpgrade.course import Course, CourseError

TEMPLATE = Path(__file__).with_name("template")


def new(course: Course, name: str) -> list[Path]:
    """Write the pieces of a new assignment and return where they are. Raises CourseError where the name does not serve."""
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name):
        raise CourseError(f"{name!r} is no name for an assignment; use small letters, digits and _, such as 01_newton.")
    folder = course.solutions / name
    if folder.exists():
        raise CourseError(f"{folder} is there already; choose another name.")
    written = []
    for source in sorted(path for path in TEMPLATE.rglob("*.py") if path.is_file()):
        target = folder / source.relative_to(TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace("ASSIGNMENT", name.replace("_", "-"))
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written

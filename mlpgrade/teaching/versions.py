"""By which versions marks were given, and whether the course has changed since."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import mlpgrade
from mlpgrade.course import Course
from mlpgrade.marking.notebook import NOTES


def versions_in(path: Path) -> tuple[str, str] | None:
    """Return the versions of engine and assignment by which a notebook was marked, or None where it does not say."""
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))["metadata"][NOTES]
        return notes["engine"], notes["assignment"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def other_versions(course: Course) -> Iterator[str]:
    """Yield a line for each assignment of which marks were given by another version than the present one."""
    for name in course.assignments():
        now = mlpgrade.__version__, course.assignment(name).version
        marked = Counter(map(versions_in, sorted(course.step("autograded").glob(f"*/{name}/{name}.ipynb"))))
        for version, count in marked.items():
            if version is not None and version != now:
                what = "the engine" if version[1] == now[1] else "its judge or notebook"
                again = f"mlpgrade grade {name} --again"
                yield f"{name}: {count} graded before {what} changed ({'/'.join(version)}, now {'/'.join(now)}); to renew: {again}"

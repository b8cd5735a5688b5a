"""Marking one submission, as a job that can be done anywhere: it carries all that is needed, and no secret."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import nbformat

from mlpgrade.course import CourseError
from mlpgrade.judging.declared import Assignment
from mlpgrade.marking import notebook as marking


@dataclass(frozen=True)
class Job:
    """What a worker needs to mark one submission."""

    student: str
    assignment: Assignment
    notebook: str
    seeds: dict[str, int]
    require_sandbox: bool


@dataclass(frozen=True)
class Marked:
    """What a worker gives back: the marked notebook, or how marking it failed. `seconds` is by phase."""

    student: str
    notebook: str
    failure: str | None
    seconds: dict[str, float]


Mapper = Callable[[Callable[[Job], Marked], Iterable[Job]], Iterator[Marked]]
"""Applies a function to jobs, here or on other machines, and yields the results in any order."""


def mark(job: Job) -> Marked:
    """Mark one submission. A failure is told, not raised: it concerns this submission alone."""
    began = time.perf_counter()
    try:
        notebook = nbformat.from_dict(json.loads(job.notebook))
        problem = marking.run(notebook, job.assignment, job.seeds, job.require_sandbox)
        ran = time.perf_counter()
        marking.put_verdicts(notebook, job.assignment, job.seeds, problem)
        seconds = {"run": ran - began, "judge": time.perf_counter() - ran}
        return Marked(job.student, json.dumps(notebook), None, seconds)
    except CourseError:
        raise
    except Exception as error:
        return Marked(job.student, "", f"{type(error).__name__}: {error}", {})

"""Says whether an assignment is fit for a class: what must hold of its notebook, its judge and its answers."""

import json
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from mlpgrade.authoring.answers import Answer, read_answers
from mlpgrade.authoring.trial import Trial, silence
from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.sources import release, to_notebook
from mlpgrade.judging.declared import DeclarationError
from mlpgrade.marking import notebook as marking
from mlpgrade.marking.job import Job, mark
from mlpgrade.sandbox import bubblewrap


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and what was found against it."""

    claim: str
    problems: list[str]


SEEDS = {"right": 20, "wrong": 3, "mistakes": 3}
"""On how many seeds right answers, wrong ones and the mistakes themselves are judged."""


def check(course: Course, name: str, seeds: dict[str, int] | None = None) -> Iterator[Check]:
    """Check one assignment, one claim after the other. Raises CourseError if it is not there or cannot be used."""
    trial, seeds = Trial(course, name), SEEDS | (seeds or {})
    answers = read_answers(trial.folder / "answers")
    released = nbformat.read(release(course, name), as_version=4)
    limited = trial.declared.limits.get("seeds", {})
    count = lambda kind, task: min(seeds[kind], limited.get(task, seeds[kind]))  # noqa: E731
    agree = Check("notebook and judge name the same tasks, and their points agree", list(tasks_agree(trial)))
    yield agree
    if agree.problems:
        return  # the rest needs each task and its cell
    claims: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("the released notebook holds no solution and no hidden line", lambda: leaks(trial, released)),
        ("the empty notebook earns nothing", lambda: empty_earns_nothing(trial, released)),
        ("constants, zeros and what was handed in earn nothing", lambda: cheap_answers_earn_nothing(trial)),
        ("the solution earns everything, and its visible tests pass", lambda: solution_is_right(trial, count)),
        ("each answer earns its points, and its mistakes are named, no others", lambda: answers_earn(trial, answers, count)),
        ("visible tests agree with hidden ones, or the answer says where they do not", lambda: visible_agrees(trial, answers)),
        ("each mistake is recognised, and taken for no other", lambda: mistakes_are_told_apart(trial, count)),
    ]  # fmt: skip
    for claim, problems in claims:
        with silence():  # what the answers print; whoever is told of the claim prints outside
            found = list(problems())
        yield Check(claim, found)


Count = Callable[[str, str], int]
"""On how many seeds answers of a kind are judged in a task."""


def tasks_agree(trial: Trial) -> Iterator[str]:
    """Each task has a graded cell, each hidden line a task, and parts make up the points."""
    tasks, text = trial.declared.tasks, (trial.folder / "notebook.py").read_text(encoding="utf-8")
    for missing in tasks.keys() - trial.targets.keys():
        yield f"judge.py declares {missing}, which no hidden line of notebook.py grades"
    for missing in trial.targets.keys() - tasks.keys():
        yield f"notebook.py grades {missing}, which judge.py does not declare"
    for name in sorted(tasks.keys() & trial.targets.keys()):
        parts = sum(part.points for part in tasks[name].parts)
        if name not in trial.points:
            yield f"{name}: the cell with its hidden line must have it as grade_id, and points"
        elif tasks[name].parts and parts != trial.points[name]:
            yield f"{name}: its parts make {parts:g} points, its cell says {trial.points[name]:g}"
        elif tasks[name].parts and f"{{{{points of {name}}}}}" not in text:
            yield f"{name}: notebook.py does not say how its points divide; write {{{{points of {name}}}}}"


def leaks(trial: Trial, released: NotebookNode) -> Iterator[str]:
    """No line of a solution, and nothing of the judge, reaches the students' notebook."""
    text = "\n".join(cell.source for cell in released.cells)
    for sign in ("mlpgrade", "HIDDEN TESTS", "BEGIN SOLUTION", "END SOLUTION"):
        if sign in text:
            yield f"the released notebook contains “{sign}”"
    source = (trial.folder / "notebook.py").read_text(encoding="utf-8")
    for region in re.findall(r"BEGIN SOLUTION[^\n]*\n(.*?)\n[^\n]*END SOLUTION", source, re.DOTALL):
        if region.strip() in text:
            yield f"the released notebook contains a solution: {region.strip().splitlines()[0]}"


def empty_earns_nothing(trial: Trial, released: NotebookNode) -> Iterator[str]:
    """Run the released notebook as it is."""
    namespace, failure = trial.run(stubs=released)
    for task in trial.declared.tasks:
        if share := trial.verdict(task, namespace, 0, failure).share:
            yield f"{task}: the empty notebook earns {share:.0%}"


class Cheap:
    """Stands for any class or function: whatever is called gives the same, and whatever is looked up is there."""

    def __init__(self, answer: Callable[..., Any]):
        self.__dict__["answer"] = answer

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Give another of the kind when it is made, and the answer when it is asked about arrays."""
        return Cheap(self.answer) if not any(hasattr(one, "dtype") for one in given) else self.answer(*given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.answer


def _zeros_like(*given: Any) -> Any:
    return 0.0 * given[0] if given and hasattr(given[0], "dtype") else 0.0


CHEAP: dict[str, Callable[..., Any]] = {
    "None": lambda *given: None,
    "0": lambda *given: 0.0,
    "1": lambda *given: 1.0,
    "zeros": _zeros_like,
    "its first argument": lambda *given: given[0] if given else None,
    "its last argument": lambda *given: given[-1] if given else None,
}


def _refuses(*given: Any) -> Any:
    raise ValueError("refused")


def cheap_answers_earn_nothing(trial: Trial) -> Iterator[str]:
    """Try functions and objects that compute nothing, and one that refuses everything."""
    for task in trial.declared.tasks:
        for what, answer in (CHEAP | {"a ValueError": _refuses}).items():
            for target in (Cheap(answer), answer):
                if share := trial.verdict_on(task, target, 0).share:
                    yield f"{task}: an answer that only ever gives {what} earns {share:.0%}"


def solution_is_right(trial: Trial, count: Count) -> Iterator[str]:
    """The solution in notebook.py, on many seeds and by its visible tests."""
    namespace, failure = trial.run()
    if failure:
        yield f"a cell of notebook.py fails: {failure}"
    for task in trial.declared.tasks:
        for seed in range(count("right", task)):
            verdict = trial.verdict(task, namespace, seed, failure)
            if verdict.share < 1:
                yield f"{task}: the solution earns {verdict.share:.0%} on seed {seed}: {'; '.join(verdict.reasons)}"
                break
        if seen := trial.sees(task, namespace):
            yield f"{task}: the visible test fails on the solution: {seen}"


def answers_earn(trial: Trial, answers: list[Answer], count: Count) -> Iterator[str]:
    """Each answer's points and names on its seeds."""
    for answer in answers:
        yield from (f"{answer.name}: {problem}" for problem in answer_earns(trial, answer, count))


Ran = tuple[dict[str, Any], str | None]
"""What `Trial.run` has returned, where several things are asked of one run."""


def answer_earns(trial: Trial, answer: Answer, count: Count, ran: Ran | None = None) -> Iterator[str]:
    """What one answer earns against what it says it does."""
    namespace, failure = ran or trial.run(answer)
    for task in answer.earns.keys() - trial.declared.tasks.keys():
        yield f"{task} is no task of this assignment"
    said, named = "", set()
    for task in trial.declared.tasks:
        low, high = answer.earns.get(task, (trial.points[task],) * 2)
        for seed in range(count("wrong" if task in answer.earns else "right", task)):
            verdict = trial.verdict(task, namespace, seed, failure)
            points = round(verdict.share * trial.points[task], 2)
            said += "\n".join(verdict.reasons) + "\n"
            named |= set(verdict.named)
            if not low <= points <= high:
                expected = f"{low:g}" if low == high else f"{low:g} to {high:g}"
                yield f"{task} earns {points:g} on seed {seed}, not {expected}. {' '.join(verdict.reasons)}"
                break
    if missing := set(answer.named) - named:
        yield f"not named: {', '.join(sorted(missing))}. It was told: {' '.join(said.split())}"
    if false := named - set(answer.named):
        yield f"named, but not its mistake: {', '.join(sorted(false))}"
    for part in answer.says:
        if part not in said:
            yield f"not told “{part}”, but: {' '.join(said.split())}"


def visible_agrees(trial: Trial, answers: list[Answer]) -> Iterator[str]:
    """What the visible tests say of each answer, against what it says they do."""
    for answer in answers:
        yield from (f"{answer.name}: {problem}" for problem in visible_agrees_on(trial, answer))


def visible_agrees_on(trial: Trial, answer: Answer, ran: Ran | None = None) -> Iterator[str]:
    """One answer in all visible tests. Where it loses elsewhere, a visible test may well fail for that: they build on each other."""
    namespace, _ = ran or trial.run(answer)
    for task in trial.declared.tasks:
        seen = trial.sees(task, namespace)
        if seen and answer.right:
            yield f"{task} earns all its points, but the visible test fails: {seen}"
        elif not seen and task in answer.earns and task not in answer.unseen:
            yield f"the visible test of {task} passes although points are lost; if that is meant, say “# unseen: {task}”"
        elif task in answer.unseen and (seen or task not in answer.earns):
            yield f"“# unseen: {task}” does not hold: {'the visible test fails' if seen else 'no points are lost'}"


def mistakes_are_told_apart(trial: Trial, count: Count) -> Iterator[str]:
    """Each wrong implementation loses points on every seed, and is named, by its own name and no other."""
    for task in trial.declared.tasks.values():
        for mistake in task.mistakes:
            for number, wrong in enumerate(mistake.wrong):
                verdicts = [trial.verdict_on(task.name, wrong, seed) for seed in range(count("mistakes", task.name))]
                named = [verdict.named for verdict in verdicts]
                which = f"{task.full_id(mistake.id)}{f' ({number + 1})' if len(mistake.wrong) > 1 else ''}"
                failures = [answer["failed"] for answer in trial.answers_of(task.name, wrong, 0) if "failed" in answer]
                if slip := next((one["message"] for one in failures if one["error"] == "NameError"), None):
                    yield f"{which} makes another mistake than it is to: {slip}"
                if any(verdict.share == 1 for verdict in verdicts):
                    yield f"{which} loses nothing"
                elif any(ids != (task.full_id(mistake.id),) for ids in named):
                    yield f"{which} is told as {', '.join(sorted({id for ids in named for id in ids})) or 'nothing'}"


def met_by_answers(trial: Trial, answers: list[Answer]) -> tuple[int, list[str]]:
    """Return how many mistakes there are, and the ids of those that no answer makes."""
    known = [id for task in trial.declared.tasks.values() for id in task.known()]
    met = {id for answer in answers for id in answer.named}
    return len(set(known)), [id for id in dict.fromkeys(known) if id not in met]


def report_on(course: Course, name: str, seeds: dict[str, int] | None = None) -> bool:
    """Check an assignment and print what was found. Return whether it is fit for a class.

    Raises CourseError where it cannot be checked, with the line of judge.py where that is known.
    """
    try:
        return _report_on(course, name, seeds)
    except CourseError:
        raise
    except DeclarationError as error:
        raise CourseError(str(error)) from error
    except Exception as error:  # of the author's own text, which has a line to be shown
        lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<judge_of")]
        where = f"{name}/judge.py, line {lines[-1].lineno}" if lines else name
        raise CourseError(f"{where}: {type(error).__name__}: {error}") from error


def _report_on(course: Course, name: str, seeds: dict[str, int] | None) -> bool:
    print(name, flush=True)
    fit = True
    for found in check(course, name, seeds):
        print(f"  {'no' if found.problems else 'ok':<4}{found.claim}", flush=True)
        for problem in found.problems:
            print(f"      {problem}")
        fit &= not found.problems
    answers = read_answers(course.solutions / name / "answers")
    known, unmet = met_by_answers(Trial(course, name), answers)
    right = sum(answer.right for answer in answers)
    print(
        f"      {right} right and {len(answers) - right} wrong answers, which make {known - len(unmet)} of {known} mistakes"
    )
    seconds, where = seconds_a_submission(course, name)
    print(f"      {seconds:.2f} s a submission, {where}", flush=True)
    return fit


def seconds_a_submission(course: Course, name: str) -> tuple[float, str]:
    """Return how long the solution takes to mark once the sandbox is warm, and where it ran."""
    notebook, assignment = to_notebook(course.solutions / name / "notebook.py"), course.assignment(name)
    seeds = dict.fromkeys(marking.graded_tasks(notebook, assignment), 0)
    job = Job("check", assignment, json.dumps(notebook), seeds, require_sandbox=False)
    for _ in range(2):
        marked = mark(job)
        if marked.failure:
            raise CourseError(f"{name}: the solution could not be marked: {marked.failure}")
    where = "in the sandbox" if bubblewrap.problem() is None else "in a kernel, since there is no sandbox"
    return sum(marked.seconds.values()), where

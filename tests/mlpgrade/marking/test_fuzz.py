"""A thousand notebooks and as many answers, damaged at random: each ends in a mark or a named reason, and none stops the rest."""

import json
import random

import nbformat
import numpy as np
import pytest
from nbgrader.utils import determine_grade, is_grade

from mlpgrade.authoring.answers import fill_in
from mlpgrade.gradebook.sources import to_notebook
from mlpgrade.intake.receive import receive
from mlpgrade.judging import probe, wire
from mlpgrade.judging.judge import Judge, to_json
from mlpgrade.marking import notebook as marking
from mlpkit import Linear
from tests_support import ASSIGNMENT, COURSE, ROOT, TASKS, class_answers

RELEASED = nbformat.read(ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
SOLVED = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
RIGHT = json.dumps(fill_in(RELEASED, class_answers(ASSIGNMENT)[0], SOLVED))
ODD = (
    None,
    True,
    -1,
    0,
    1e308,
    float("nan"),
    "",
    "\0",
    "🙂",
    "\ud800",
    "linear-forward",
    [],
    {},
    [[]],
    {"a": {}},
    "x" * 5000,
)
pytestmark = pytest.mark.usefixtures("quiet_logs")
SEEDS = dict.fromkeys(("linear-forward", "linear-backward", "linear-update"), 3)


def damage(value, draw):
    """Change, drop, double or exchange things at random places of a JSON value."""
    places = list(walk(value))
    for _ in range(draw.randint(1, 6)):
        owner, key = draw.choice(places)
        try:
            act = draw.randint(0, 4)
            if act == 0:
                owner[key] = draw.choice(ODD)
            elif act == 1:
                del owner[key]
            elif act == 2 and isinstance(owner, list):
                owner.insert(draw.randint(0, len(owner)), owner[key])
            elif act == 3:
                other, other_key = draw.choice(places)
                owner[key] = json.loads(json.dumps(other[other_key]))
            elif isinstance(owner[key], str):
                cut = draw.randint(0, len(owner[key]))
                owner[key] = owner[key][cut:] + draw.choice(("", "\n", "](", "'''", "<script>")) + owner[key][:cut]
        except (IndexError, KeyError):
            continue  # an earlier change took the place away
    return value


def walk(value):
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from walk(inner)


def damage_text(text, draw):
    """Cut, repeat or overwrite bytes."""
    content = bytearray(text.encode())
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(content) or 1)
        end = start + draw.randint(0, 200)
        content[start:end] = draw.choice((b"", b"\xff", b'"', b"}", b"\0", content[start:end] * 2))
    return bytes(content)


@pytest.mark.parametrize("block", range(10))
def test_damaged_notebooks_end_in_a_whole_notebook_or_a_named_reason(tmp_path, block):
    draw = random.Random(block)
    folder = tmp_path / "submitted" / "ada" / ASSIGNMENT
    folder.mkdir(parents=True)
    for _ in range(100):
        if draw.random() < 0.7:
            content = json.dumps(damage(json.loads(RIGHT), draw)).encode("utf-8", "surrogatepass")
        else:
            content = damage_text(RIGHT, draw)
        (folder / f"{ASSIGNMENT}.ipynb").write_bytes(content)
        received = receive(folder, ASSIGNMENT, RELEASED)
        notebook = nbformat.from_dict(json.loads(json.dumps(received.notebook)))
        nbformat.validate(notebook)
        if received.refused:
            assert received.refused.startswith(ASSIGNMENT)
            assert "\n" not in received.refused
            marking.note_intake(notebook, refused=received.refused)
        marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, "")
        graded = [cell for cell in notebook.cells if is_grade(cell)]
        assert [cell.metadata.nbgrader.grade_id for cell in graded] == list(SEEDS)
        assert [determine_grade(cell)[0] for cell in graded] == [0, 0, 0]
        assert all("  · " in str(cell.outputs) for cell in graded)


@pytest.mark.parametrize("task", SEEDS)
def test_damaged_answers_end_in_a_verdict_with_reasons(task):
    draw = random.Random(task)
    cases = TASKS[task].challenge(np.random.default_rng(3))
    judge, answers = Judge(TASKS[task], cases), probe.run(to_json(cases), Linear)
    assert judge.verdict(answers).share == 1
    for _ in range(400):
        damaged = damage(json.loads(json.dumps(answers)), draw)
        verdict = judge.verdict(damaged)
        if verdict.share == 1:  # what was changed was of no consequence, or back to what it was
            assert [same(one) for one in damaged[: len(cases)]] == [same(one) for one in answers]
        else:
            assert verdict.share == sum(verdict.parts.values()) / max(1, sum(p.points for p in TASKS[task].parts))
            assert verdict.reasons
            assert all(isinstance(reason, str) and reason for reason in verdict.reasons)


def same(answer):
    """The numbers in an answer, whatever else there is."""
    return {label: repr(wire.decode(message)) for label, message in answer["published"].items() if "array" in message}

"""What the authoring kit says of the small assignment that it writes, whole and broken in one place at a time."""

import pytest

from mlpgrade import cli
from mlpgrade.authoring import check
from mlpgrade.authoring.new import new
from mlpgrade.course import Course, CourseError

CONFIG = """
from pathlib import Path
from mlpgrade.gradebook.pipeline import configure
configure(get_config(), Path(__file__).resolve().parent, "numerics", libraries=[])
"""
NAME = "01_rescale"
SPOILT = '''import numpy as np
HINT = """
    lowest = X.min(axis=0)
    ranges = X.max(axis=0) - lowest
    return (X - lowest) / ranges, ranges
"""
'''
FEW = dict.fromkeys(check.SEEDS, 2)


@pytest.fixture
def course(tmp_path, monkeypatch):
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    for variable in ("MLP_CLASSROOM", "MLP_SOLUTIONS", "MLP_RELEASE", "MLP_GRADEBOOK"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    new(Course.here(), NAME)
    return Course.here()


def change(course, name, old, by):
    path = course.solutions / NAME / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, by), encoding="utf-8")


def problems(course):
    """What is found, by claim."""
    again = Course.here()  # which makes the source notebook anew
    return {found.claim: found.problems for found in check.check(again, NAME, FEW) if found.problems}


def test_what_new_writes_is_fit_for_a_class(course):
    assert problems(course) == {}


@pytest.mark.parametrize(
    ("name", "old", "by", "claim", "problem"),
    [
        ("judge.py", 'Part("the scaled array", 2)', 'Part("the scaled array", 3)', "the same tasks", "make 4 points, its cell says 3"),
        ("notebook.py", "({{points of 01-rescale-rescale}})", "(3 points)", "the same tasks", "does not say how its points divide"),
        ("judge.py", "TASKS = (\n", 'TASKS = (\n    Task("more", "", cases, right),\n', "the same tasks", "declares more, which no hidden line"),
        ("notebook.py", "column moved and stretched", "column (mlpgrade) moved", "holds no solution", "contains “mlpgrade”"),
        ("notebook.py", "import numpy as np\n", SPOILT, "holds no solution", "contains a solution: lowest = X.min(axis=0)"),
        ("notebook.py", "ranges = X.max(axis=0) - lowest", "ranges = X.max(axis=0)", "the solution earns everything", "the solution earns"),
        ("notebook.py", "[[0, 0], [1, 1], [0.5, 0.25]]", "[[0, 0], [1, 1], [0.5, 0.5]]", "the solution earns everything", "the visible test fails on the solution"),
        ("answers/wrong.py", "# earns: 01-rescale-rescale 1\n# named: 01-rescale-rescale.by-largest", "# earns: 01-rescale-rescale 2\n# named: 01-rescale-rescale.by-largest", "each answer earns", "earns 1 on seed 0, not 2"),
        ("answers/wrong.py", "# named: 01-rescale-rescale.rows\n", "# named: 01-rescale-rescale.one-range\n", "each answer earns", "named, but not its mistake: 01-rescale-rescale.rows"),
        ("notebook.py", "assert np.allclose(ranges, [2, 20])", "assert np.shape(ranges) == (2,)", "", ""),
        ("judge.py", "lambda X: tuple(part.T for part in right(X.T))", "lambda X: right(X)", "each mistake is recognised", "rows loses nothing"),
        ("judge.py", "lambda X: tuple(part.T for part in right(X.T))", "lambda X: tuple(port.T for part in right(X.T))", "each mistake is recognised", "makes another mistake than it is to: name 'port'"),
    ],
    ids=["parts", "text", "tasks", "grader", "leak", "solution", "visible", "points", "name", "nothing", "toothless", "typo"],
)  # fmt: skip
def test_what_is_broken_is_told_under_its_claim(course, name, old, by, claim, problem):
    change(course, name, old, by)
    found = problems(course)
    assert any(claim in one and problem in " ".join(told) for one, told in found.items()) or not claim, found
    assert bool(found) == bool(claim)


def test_a_visible_test_that_sees_nothing_must_be_meant(course):
    change(course, "notebook.py", 'assert np.allclose(ranges, [2, 20]), f"ranges is {ranges}"', "")
    change(course, "notebook.py", "assert np.allclose(scaled,", "assert True or np.allclose(scaled,")
    found = problems(course)["visible tests agree with hidden ones, or the answer says where they do not"]
    assert any("rows: the visible test of 01-rescale-rescale passes although points are lost" in one for one in found)


def test_an_empty_answer_that_earns_is_told(course):
    change(
        course,
        "judge.py",
        'case.parts["what rescale returns"] = (SCALED, RANGES)',
        "case.judged_by(lambda found: {SCALED: True, RANGES: True})",
    )
    told = problems(course)["constants, zeros and what was handed in earn nothing"]
    assert any("an answer that only ever gives None earns 100%" in one for one in told)


@pytest.mark.parametrize(
    ("name", "old", "by", "said"),
    [
        ("judge.py", "TASKS = (", "TASKS = (oops", "judge.py: SyntaxError"),
        ("judge.py", "found = RESCALE.cases", "found = RESCAL.cases", "judge.py, line 20: NameError: name 'RESCAL' is not defined"),
        ("judge.py", 'Mistake("one-range"', 'Mistake("One range"', "'One range' of 01-rescale-rescale is no id"),
        ("answers/wrong.py", "# earns: 01-rescale-rescale 0\n# named: 01-rescale-rescale.rows", "# earns: all\n", "earns"),
        ("answers/wrong.py", "# %% largest", "# %% rows", "rows is there more than once"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_line(course, capsys, name, old, by, said):
    change(course, name, old, by)
    assert cli.main(["check", NAME]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_an_assignment_that_cannot_be_read_does_not_keep_the_others_from_being_used(course, capsys):
    new(course, "02_broken")
    change(course, "../02_broken/judge.py", "TASKS = (", "TASKS = (oops")
    assert cli.main(["exercises"]) == 2
    assert cli.main(["check", NAME, "--seeds=1"]) == 0
    assert "02_broken/judge.py: SyntaxError" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "said"), [("Newton!", "is no name"), (NAME, "is there already")])
def test_new_refuses_what_would_not_serve(course, name, said):
    with pytest.raises(CourseError, match=said):
        new(course, name)

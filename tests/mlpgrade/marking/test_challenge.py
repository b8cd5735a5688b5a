import os
import stat

import numpy as np
import pytest

from mlpgrade.judging.judge import to_json
from mlpgrade.marking import secret as secrets
from tests_support import TASKS

KEYS = {
    "do", "name", "object", "method", "args", "kwargs", "attribute", "value", "label", "path", "limit", "global", "error", "says", "from", "than"
}  # fmt: skip


def draw(secret, *names):
    return secrets.seed(secret, *names)


def test_a_challenge_repeats_for_the_same_names_and_secret():
    assert draw(b"s", "ada", "04", "t") == draw(b"s", "ada", "04", "t")


@pytest.mark.parametrize("other", [(b"r", "ada", "04", "t"), (b"s", "bob", "04", "t"), (b"s", "ad", "a04", "t")])
def test_a_challenge_differs_for_another_secret_or_student(other):
    assert draw(b"s", "ada", "04", "t") != draw(*other)


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "classroom" / "secret"
    secret = secrets.course_secret(path)
    assert len(secret) == 32
    assert secrets.course_secret(path) == secret
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_challenge_tells_the_probe_nothing_but_steps(task):
    """What the student's process receives holds no expected value, no hint and no name of a mistake."""
    for case in to_json(task.challenge(np.random.default_rng(0))):
        assert set(case) == {"steps"}
        for step in case["steps"]:
            assert set(step) <= KEYS

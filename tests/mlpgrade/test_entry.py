import subprocess
import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import mlpgrade
from mlpgrade.judging import handed, wire
from mlpgrade.judging.judge import judge, to_json
from mlpgrade.marking.here import LostPoints
from mlpkit import Linear
from tests_support import ROOT, TASKS


class NoBias(Linear):
    def forward(self, X):
        return super().forward(X) - self.b


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw=False: shown.append(data))
    return shown


def test_with_a_challenge_the_answers_are_published_and_no_verdict_is_reached(monkeypatch, displayed, capsys):
    task = TASKS["linear-forward"]
    cases = task.challenge(np.random.default_rng(0))
    monkeypatch.setattr(handed, "_challenges", {})
    handed.hand_in({task.name: to_json(cases)})
    mlpgrade.grade(task.name, NoBias)
    assert capsys.readouterr().out == ""
    (message,) = displayed
    assert message[wire.MIME]["task"] == task.name
    assert "The bias is missing" in judge(task, cases, message[wire.MIME]["answers"]).reasons[0]


def test_without_a_challenge_a_wrong_answer_raises_its_verdict_without_a_traceback(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(LostPoints, match="The bias is missing") as raised:
        mlpgrade.grade("linear-forward", NoBias)
    assert raised.value._render_traceback_() == [str(raised.value)]
    InteractiveShell().showtraceback((type(raised.value), raised.value, raised.tb))
    assert "mlpgrade.grade" not in capsys.readouterr().out


def test_without_a_challenge_a_right_answer_is_told_so(capsys, monkeypatch):
    monkeypatch.chdir(ROOT / "exercises" / "04_linear_layer")  # a kernel runs below the course
    mlpgrade.grade("linear-update", type("Mine", (Linear,), {}))
    assert "update of the linear layer: 1 of 1 points" in capsys.readouterr().out


def test_what_the_library_has_earns_nothing_where_it_is_to_be_written(monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(LostPoints, match="the library's own earns nothing"):
        mlpgrade.grade("linear-update", Linear)


def test_judging_in_a_kernel_does_not_wait_for_the_notebook_format():
    """nbformat takes more than a second to import, in every student's kernel anew."""
    code = "import sys, mlpgrade.marking.here, mlpgrade.judging.declared; print('nbformat' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_outside_a_course_a_line_says_that_nothing_can_be_judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LostPoints, match=r"cannot be judged here: .* lies in no course"):
        mlpgrade.grade("linear-forward", NoBias)

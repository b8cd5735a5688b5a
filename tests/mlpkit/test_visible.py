import numpy as np
import pytest

from mlpkit import Linear, MeanSquaredError
from mlpkit.visible import NotYet, visible


class Negated(Linear):
    def backward(self, upstream):
        return -super().backward(upstream)


def test_what_is_right_prints_its_table_and_raises_nothing(capsys, rng):
    with visible("a section") as check:
        check.equal("forward(X)", np.ones((2, 3)), np.ones((2, 3)))
        check.gradients(Linear(3, 2, rng), rng.normal(size=(4, 3)))
    lines = capsys.readouterr().out.splitlines()
    assert [(line.split()[0], line[-1]) for line in lines[1:]] == [
        ("forward(X)", "✓"),
        ("dX", "✓"),
        ("dW", "✓"),
        ("db", "✓"),
    ]


def test_what_is_wrong_prints_everything_and_then_raises_with_the_place_to_read_again(capsys, rng):
    def block():
        with visible("section 2") as check:
            check.gradients(Negated(3, 2, rng), rng.normal(size=(4, 3)))
            check.equal("later", np.ones(1), [1.0])

    with pytest.raises(NotYet, match=r"\ANot yet: dX\. .*Read again: section 2\.\Z"):
        block()
    output = capsys.readouterr().out
    assert "dX has the wrong sign everywhere." in output
    assert "later" in output


def test_equality_is_judged_to_nine_digits():
    for error, passed in ((1e-10, True), (1e-8, False)):
        check = visible("a section")
        check.equal("x", np.full(3, 1 + error), np.ones(3))
        assert bool(check.report) is passed


def test_sizes_name_a_wrong_factor():
    check = visible("a section")
    check.equal("x", 4 * np.arange(3.0), np.arange(3.0), N=4)
    assert check.report.rows[0].note == "is exactly N = 4 times too large: was the mean over the batch forgotten?"


@pytest.mark.parametrize(("size", "shown"), [(12, True), (13, False)])
def test_a_few_unrelated_numbers_are_shown_beside_those_expected(size, shown, rng):
    check = visible("a section")
    wrong, right = rng.normal(size=size), np.arange(float(size))
    check.equal("x", wrong, right)
    assert check.report.rows[0].note == (f"is {wrong.tolist()}, expected {right.tolist()}" if shown else None)


def test_an_error_inside_the_block_is_not_hidden_by_the_table(capsys):
    def block():
        with visible("a section") as check:
            check.equal("x", np.zeros(1), np.ones(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        block()
    assert capsys.readouterr().out == ""


def test_factors_that_do_not_fit_get_a_hint_beside_the_error(capsys):
    with pytest.raises(ValueError, match="matmul"), visible("a section"):
        np.ones((2, 3)) @ np.ones((2, 3))
    assert "which one has to be transposed?" in capsys.readouterr().out


def test_jupyter_shows_the_message_without_a_traceback():
    assert NotYet("Not yet: x.")._render_traceback_() == ["Not yet: x."]


def test_checks_of_gradients_are_the_same_each_time(rng):
    X, layer = rng.normal(size=(4, 3)), Negated(3, 2, rng)
    first, second = visible("a section"), visible("a section")
    for check in (first, second):
        check.gradients(layer, X)
    assert first.report == second.report


def test_what_was_computed_in_float32_is_not_yet_right(capsys, rng):
    """The assignments ask for float64, and the hidden tests hold them to it."""

    class Single(Linear):
        def backward(self, upstream):
            dX = super().backward(upstream)
            self.dW = self.dW.astype(np.float32)
            return dX

    class SingleLoss(MeanSquaredError):
        def forward(self, prediction, target):
            return super().forward(np.float32(prediction), np.float32(target))

    with pytest.raises(NotYet, match=r"\ANot yet: dW\."), visible("section 5") as check:
        check.gradients(Single(3, 2, rng), rng.normal(size=(4, 3)))
    with pytest.raises(NotYet), visible("section 5") as check:
        check.loss(SingleLoss(), rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    assert "was something computed in float32?" in capsys.readouterr().out


def test_a_condition_that_fails_says_how(capsys):
    def block():
        with visible("section 3") as check:
            check.that("the rows", True, "are missing")
            check.that("the batches", False, "leave rows out")

    with pytest.raises(NotYet, match="the batches"):
        block()
    assert "the batches leave rows out." in capsys.readouterr().out


def test_an_error_asked_for_must_be_raised(capsys):
    with visible("section 4") as check:
        check.raises("int('x')", ValueError, int, "x")
    with pytest.raises(NotYet), visible("section 4") as check:
        check.raises("int('1')", ValueError, int, "1")
    assert "int('1') passed without a word, expected a ValueError." in capsys.readouterr().out


def test_a_loss_is_compared_with_slopes_of_its_forward(capsys, rng):
    class Doubled(MeanSquaredError):
        def backward(self):
            return 2 * super().backward()

    with visible("section 5") as check:
        check.loss(MeanSquaredError(), rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    with pytest.raises(NotYet), visible("section 5") as check:
        check.loss(Doubled(), rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    assert "is exactly 2 times too large" in capsys.readouterr().out

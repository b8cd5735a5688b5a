import signal
import time
import types
import warnings

import numpy as np
import pytest

from mlpgrade.judging import probe, wire
from mlpgrade.judging.case import Case, rng


class Counter:
    def __init__(self, start, generator):
        self.value = np.array([float(start)])
        self.drawn = generator.integers(10**6)

    def add(self, amount):
        self.value += amount
        return self.value


def run(case, target=Counter, props=None):
    return probe.run([{"steps": case.steps}], target, props)[0]


def published(answer):
    return {label: wire.decode(message) for label, message in answer["published"].items()}


def test_steps_are_carried_out_in_order():
    case = Case("").make("c", wire.encode(1), rng(3)).call("sum", "c", "add", wire.encode(2.0)).publish("sum", "sum")
    assert published(run(case))["sum"] == 3


def test_the_generator_handed_in_is_seeded_as_the_challenge_says():
    case = Case("").make("c", wire.encode(1), rng(3)).get("drawn", "c", "drawn").publish("drawn", "drawn")
    assert published(run(case))["drawn"] == np.random.default_rng(3).integers(10**6)


def test_publish_reports_the_value_at_that_moment():
    case = Case("").make("c", wire.encode(1), rng(3)).get("alias", "c", "value").publish("before", "alias")
    case.call("_", "c", "add", wire.encode(5.0)).publish("after", "alias")
    answers = published(run(case))
    assert (answers["before"], answers["after"]) == (1, 6)


def test_put_writes_into_an_array_that_fits_and_replaces_one_that_does_not():
    case = Case("").make("c", wire.encode(1), rng(3)).get("alias", "c", "value").put("c", value=np.array([8.0]))
    case.publish("in place", "alias").put("c", value=np.array([1.0, 2.0])).publish("still", "alias")
    case.publish_attributes("c", "value")
    answers = published(run(case))
    assert answers["in place"] == 8
    assert answers["still"] == 8
    assert answers["value"].tolist() == [1, 2]


def test_an_exception_ends_the_case_and_is_reported_with_what_came_before():
    case = (
        Case("")
        .make("c", wire.encode(1), rng(3))
        .publish_attributes("c", "value")
        .call("x", "c", "missing")
        .publish("x", "x")
    )
    answer = run(case)
    assert set(answer["published"]) == {"value"}
    assert answer["failed"]["error"] == "AttributeError"
    assert "missing" in answer["failed"]["message"]


def test_an_attempt_that_raises_changes_nothing():
    case = Case("").make("c", wire.encode(1), rng(3)).attempt("c", "missing").publish_attributes("c", "value")
    assert published(run(case))["value"] == 1


def test_an_exception_that_cannot_be_printed_is_reported_all_the_same():
    class Unprintable(Exception):
        def __str__(self):
            raise ValueError

    def raises():
        raise Unprintable

    assert run(Case("").make("c"), raises)["failed"] == {"step": 0, "error": "Unprintable", "message": ""}


def test_a_failing_case_does_not_stop_the_next():
    bad, good = (
        Case("").call("x", "target", "nothing"),
        Case("").make("c", wire.encode(1), rng(0)).publish_attributes("c", "value"),
    )
    answers = probe.run([{"steps": bad.steps}, {"steps": good.steps}], Counter)
    assert "failed" in answers[0]
    assert "value" in answers[1]["published"]


def test_a_library_call_makes_what_an_answer_needs_of_any_package():
    case = Case("").library("layer", "mlpkit.Linear", 2, 3, rng(0)).get("W", "layer", "W").publish_shape("shape", "W")
    assert published(run(case))["shape"] == [2, 3]
    root = Case("").library("root", "numpy.linalg.norm", np.array([3.0, 4.0])).publish("root", "root")
    assert published(run(root)) == {"root": 5}


def test_a_library_call_finds_what_the_assignment_and_the_engine_keep_for_it():
    props = types.ModuleType("props")
    props.half = lambda x: x / 2
    case = Case("").library("half", "props.half", 3.0).publish("half", "half").generator("rng", 3)
    case.call("drawn", "rng", "normal").publish("drawn", "drawn")
    assert published(run(case, props=props)) == {"half": 1.5, "drawn": np.random.default_rng(3).normal()}


def test_keywords_and_lists_of_named_things_reach_the_call():
    def collect(*lists, scale):
        return [scale * item for names in lists for item in names]

    case = Case("").bind("a", 1.0).bind("b", 2.0)
    case.call("r", "target", None, ("a", "b"), ("b",), scale=10).publish("r", "r")
    assert published(run(case, collect))["r"] == [10, 20, 20]


def refuse(kind):
    raise {1: ValueError, 2: UnicodeError, 3: KeyError}[kind]("no")


@pytest.mark.parametrize(("kind", "told"), [(1, "ValueError"), (2, "ValueError"), (3, "KeyError")])
def test_an_error_asked_for_is_reported_under_its_name_also_when_a_subclass_is_raised(kind, told):
    case = Case("").raises("error", "ValueError", "target", None, kind).bind("x", 1).publish("after", "x")
    assert published(run(case, refuse)) == {"error": told, "after": 1}


def test_where_no_error_comes_that_is_said():
    assert published(run(Case("").raises("error", "ValueError", "target", None, 1.0), float)) == {"error": "nothing"}


def test_what_a_generator_yields_is_collected_up_to_a_limit():
    def count():
        yield from range(1000)

    case = Case("").make("g").collect("first", "g", limit=3).publish("first", "first")
    assert published(run(case, count))["first"] == [0, 1, 2]


def helper():
    return "the student's own"


def uses_helper():
    return helper()


def test_a_patch_lasts_for_its_case_alone():
    case = Case("").library("layer", "mlpkit.ReLU").get("repr", "layer", "__repr__").patch("target", helper="repr")
    case.make("said").publish("said", "said")
    assert published(run(case, uses_helper)) == {"said": "ReLU()"}
    assert uses_helper() == "the student's own"


def test_an_attribute_that_is_not_there_is_told_and_the_case_goes_on():
    case = Case("").make("it").publish_attributes("it", "dW", "db")
    found = published(run(case, lambda: type("Half", (), {"db": 1.0})()))
    assert found["db"] == 1.0
    assert found["dW"].name == probe.NOT_THERE


def test_what_a_library_path_names_is_found_in_props_tools_and_packages():
    import types

    props = types.SimpleNamespace(three=lambda: 3)
    case = Case("").library("three", "props.three").library("rng", "tools.generator", 5)
    case.library("layer", "mlpkit.ReLU").publish("three", "three").call("drawn", "rng", "random").publish(
        "drawn", "drawn"
    )
    answers = probe.run([{"steps": case.steps}], None, props)
    found = {label: wire.decode(message) for label, message in answers[0]["published"].items()}
    assert found == {"three": 3, "drawn": np.random.default_rng(5).random()}


class Overlapping:
    """Two attributes in one memory, as a class may have them before they are worked out."""

    def __init__(self):
        self.one = np.zeros(4)
        self.other = self.one[:2]


def test_attributes_that_share_memory_are_set_without_loss_all_the_same():
    case = Case("about").make("it").put("it", one=np.arange(4.0)).put("it", other=np.array([7.0, 8.0]))
    case.put("it", one=np.arange(4.0)).publish_attributes("it", "one", "other")
    found = probe.run([{"steps": case.steps}], Overlapping)[0]["published"]
    assert wire.decode(found["one"]).tolist() == [0, 1, 2, 3]
    assert wire.decode(found["other"]).tolist() == [7, 8]


class Folded:
    """Weights and bias as parts of one array, which share no memory with each other."""

    def __init__(self):
        self.all = np.zeros((3, 2))
        self.W, self.b = self.all[:, :1], self.all[:, 1]


def test_parts_of_one_array_are_set_in_place():
    case = Case("about").make("it").put("it", W=np.ones((3, 1)), b=np.full(3, 2.0)).publish_attributes("it", "all")
    found = probe.run([{"steps": case.steps}], Folded)[0]["published"]
    assert wire.decode(found["all"]).tolist() == [[1, 2]] * 3


class Endless:
    def spin(self):
        while True:
            pass


def test_an_attempt_that_never_ends_is_given_up_and_not_made_again(monkeypatch):
    monkeypatch.setattr(probe, "PATIENCE", 0.2)
    case = Case("about").make("it").attempt("it", "spin").bind("x", 1.0).publish("x", "x")
    began = time.monotonic()
    found = probe.run([{"steps": case.steps}] * 50, Endless)
    assert [one["published"]["x"] for one in found] == [wire.encode(1.0)] * 50
    assert time.monotonic() - began < 5  # fifty attempts would take ten


def test_a_timer_that_was_running_goes_on_after_an_attempt():
    left = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 50)
    try:
        case = Case("about").make("it").attempt("it", "copy")
        probe.run([{"steps": case.steps}], dict)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, left)


def test_what_numpy_warns_of_is_reported_once_each():
    case = Case("about").bind("x", np.array([-1000.0, 1000.0])).call("y", "target", None, "x").publish("y", "y")
    with warnings.catch_warnings(), np.errstate(over="warn"):
        warnings.simplefilter("default")
        (quiet,) = probe.run([{"steps": case.steps}], np.tanh)
        (loud,) = probe.run([{"steps": case.steps}], lambda x: np.exp(x) + np.exp(x))
    assert "warned" not in quiet
    assert loud["warned"] == ["overflow encountered in exp"]

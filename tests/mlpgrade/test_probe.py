import numpy as np

from mlpgrade import probe, wire
from mlpgrade.challenge import Case, rng


class Counter:
    def __init__(self, start, generator):
        self.value = np.array([float(start)])
        self.drawn = generator.integers(10**6)

    def add(self, amount):
        self.value += amount
        return self.value


def run(case, target=Counter):
    return probe.run([{"steps": case.steps}], target)[0]


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

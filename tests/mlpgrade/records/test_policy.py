"""What policy.toml means, to the second, in its zone, for whoever has more time."""

from datetime import UTC, datetime, timedelta

import pytest

from mlpgrade.records import policy
from mlpgrade.records.policy import PolicyError

RULES = """
zone = "Europe/Berlin"
grace_minutes = 10
percent_a_day = 10
cap = 40
latest_days = 7

[assignment.a]
due = 2026-11-20T23:59:00

[assignment.b]
due = 2026-11-27T23:59:00
percent_a_day = 25
counts = "best"

[[extension]]
assignment = "a"
student = "ada"
days = 2

[[extension]]
section = "B"
due = 2026-11-23T12:00:00
"""
DUE = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)


@pytest.fixture
def rules(tmp_path):
    return loaded(tmp_path, RULES)


def loaded(tmp_path, text):
    (tmp_path / "policy.toml").write_text(text)
    return policy.load(tmp_path)


@pytest.mark.parametrize(
    ("after", "days", "percent"),
    [
        (timedelta(days=-3), 0, 0),
        (timedelta(), 0, 0),
        (timedelta(minutes=10), 0, 0),
        (timedelta(minutes=10, seconds=1), 1, 10),
        (timedelta(days=1), 1, 10),
        (timedelta(days=1, seconds=1), 2, 20),
        (timedelta(days=6), 6, 40),
        (timedelta(days=7), 7, 40),
        (timedelta(days=7, seconds=1), 8, 100),
    ],
)
def test_each_day_that_has_begun_costs_after_the_grace_up_to_the_cap_and_the_latest_day(rules, after, days, percent):
    late = rules.terms("a").lateness(DUE + after)
    assert (late.days, late.percent) == (days, percent)


def test_a_day_ends_at_the_same_time_on_the_next_day_also_when_clocks_change(tmp_path):
    rules = loaded(tmp_path, 'zone = "Europe/Berlin"\npercent_a_day = 10\n[assignment.a]\ndue = 2026-10-24T12:00:00\n')
    due = datetime(2026, 10, 24, 10, tzinfo=UTC)  # the night that follows has 25 hours
    assert rules.terms("a").lateness(due + timedelta(hours=25)).days == 1
    assert rules.terms("a").lateness(due + timedelta(hours=25, seconds=1)).days == 2


def test_the_penalty_is_of_the_points_that_can_be_earned_and_never_more_than_were_earned(rules):
    late = rules.terms("a").lateness(DUE + timedelta(days=2))
    assert late.penalty(10, 8) == 2
    assert late.penalty(10, 1) == 1
    assert rules.terms("a").lateness(DUE + timedelta(days=9)).penalty(10, 8) == 8


def test_extensions_by_student_and_by_section_the_last_one_counts(rules):
    assert rules.terms("a", "ada").due == DUE + timedelta(days=2)
    assert rules.terms("a", "ada", ["B"]).due == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert rules.terms("a", "ben", ["A"]).due == DUE
    assert rules.terms("b", "ben", ["B"]).due == datetime(2026, 11, 27, 22, 59, tzinfo=UTC), "none takes time away"
    assert rules.terms("a", "ada").extended == "extended for ada"


def test_an_assignment_has_rules_of_its_own_and_without_a_date_nothing_is_late(rules):
    assert rules.terms("b").counts == "best"
    assert rules.terms("b").lateness(datetime(2026, 11, 29, tzinfo=UTC)).percent == 40
    assert rules.terms("c").lateness(datetime(2036, 1, 1, tzinfo=UTC)).days == 0


def test_what_is_called_late_at_an_unknown_time_is_late_by_a_day_and_the_rest_is_not(rules):
    assert rules.terms("a").lateness(None, called_late=True).percent == 10
    assert rules.terms("a").lateness(None).percent == 0


def test_where_there_is_no_file_there_is_no_policy(tmp_path):
    assert policy.load(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("percent = 10", "percent is not known here; known are zone, grace_minutes"),
        ("percent_a_day = 150", "makes no sense"),
        ("percent_a_day = -1", "makes no sense"),
        ("percent_a_day = true", "a number was expected"),
        ("percent_a_day = '10'", "a number was expected"),
        ("zone = 'Mars'", "no time zone 'Mars'"),
        ("counts = 'worst'", "known are newest and best"),
        ("[assignment.a]\ndue = 2026-11-20", "a date with a time"),
        ("[assignment]\na = 1", "a table was expected"),
        ("assignment = 1", "write an assignment as"),
        ("[[extension]]\ndays = 2", "a student or a section"),
        ("[[extension]]\nstudent = 'a'", "days or due"),
        ("due = ", "policy.toml"),
    ],
)
def test_mistakes_are_named_with_what_was_expected(tmp_path, text, says):
    with pytest.raises(PolicyError, match=says):
        loaded(tmp_path, text)

"""Prints the audit's table at the end of a run, and keeps logs out of reports."""

import logging
from collections import defaultdict

import pytest


@pytest.fixture
def quiet_logs():
    """For tests on damaged and foolish input: logs quote it, also characters that no report of a test can carry."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(level)


def pytest_terminal_summary(terminalreporter):
    """Show, for each task, wrong answers caught, right answers passed and mistakes named."""
    counts = defaultdict(lambda: [0, 0, 0, 0, 0])
    for report in terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", []):
        for name, value in getattr(report, "user_properties", []):
            if name == "audit" and report.when == "call":
                task, must_lose, caught, passed, named = value
                row = counts[task]
                row[0] += must_lose
                row[1] += must_lose and caught
                row[2] += must_lose and named
                row[3] += not must_lose
                row[4] += (not must_lose) and passed
    if counts:
        terminalreporter.section("audit of the judges")
        terminalreporter.write_line(
            f"{'task':<24} {'wrong answers caught':>22} {'mistakes named':>16} {'kept where right':>22}"
        )
        for task, row in [
            *sorted(counts.items()),
            ("all", [sum(column) for column in zip(*counts.values(), strict=True)]),
        ]:
            wrong, caught, named, right, passed = row
            terminalreporter.write_line(
                f"{task:<24} {f'{caught} of {wrong}':>22} {f'{named} of {wrong}':>16} {f'{passed} of {right}':>22}"
            )

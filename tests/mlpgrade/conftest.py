"""Keeps logs out of reports."""

import logging

import pytest


@pytest.fixture
def quiet_logs():
    """For tests on damaged and foolish input: logs quote it, also characters that no report of a test can carry."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(level)

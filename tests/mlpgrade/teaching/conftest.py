"""A small course for each test."""

import pytest


@pytest.fixture
def course(small_course):
    return small_course

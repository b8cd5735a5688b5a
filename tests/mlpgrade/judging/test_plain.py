"""Text of students on a screen, in a log, in a sheet: it orders nobody about."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpgrade.judging.plain import csv_cell, plain

TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("as it is: Σ dW ≠ 0, “quoted”", "as it is: Σ dW ≠ 0, “quoted”"),
        ("one\ntwo\r\nthree\u2028four\x85five", "one two three four five"),
        ("\x1b[2K\x1b[1A\x1b[31madmin: 10 / 10\x1b[0m", "admin: 10 / 10"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\a link\x1b]8;;\x1b\\", "a link"),
        ("\x1bPq#0\x1b\\picture", "picture"),
        ("\x1bcreset", "reset"),
        ("over\rwritten\b\b\b", "over written"),
        ("01\u202efdp.exe\u2066", "01fdp.exe"),
        ("zero\u200dwidth joiners belong to names", "zero\u200dwidth joiners belong to names"),
        ("half of a pair: \ud83d", "half of a pair: \ufffd"),
        ("\x00nothing\x7f", "nothing"),
        (ValueError("an\nerror"), "an error"),
    ],
)
def test_what_is_shown(text, shown):
    assert plain(text) == shown


@given(st.text(st.characters(codec=None)))
def test_no_text_leaves_an_order_or_a_second_line(text):
    shown = plain(text)
    assert not any(
        unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(one) in TURNING
        for one in shown
    )
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")
    assert plain(shown) == shown


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("-3.5", "-3.5"),
        ("+4", "+4"),
        (-3.5, "-3.5"),
        (None, ""),
        ("O'Neill-Smith", "O'Neill-Smith"),
    ],
)
def test_a_cell_is_no_formula(value, written):
    assert csv_cell(value) == written

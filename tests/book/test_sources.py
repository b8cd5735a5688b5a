"""The chapters as text."""

import re
from itertools import pairwise

import pytest
import yaml

from tests_support import ROOT

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PARTS = [[chapter["file"] for chapter in part["chapters"]] for part in TOC["parts"]]
CHAPTERS = PARTS[0]
FILES = [TOC["root"], *CHAPTERS, *PARTS[1], *PARTS[2]]
TEXTS = {name: (ROOT / f"{name}.md").read_text(encoding="utf-8") for name in FILES}
KEYS = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "book" / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))


def cited():
    return {
        key.strip()
        for text in TEXTS.values()
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", text)
        for key in keys.split(",")
    }


def test_every_citation_is_in_the_bibliography_and_every_entry_is_cited():
    assert cited() == KEYS


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_what_every_chapter_has(name):
    text = TEXTS[name]
    for part in (
        "By the end of this chapter you can",
        "## A question",
        "## What goes wrong",
        "## Questions",
        "## Where to go from here",
    ):
        assert part in text
    assert len(re.findall(r"^:::\{dropdown\}", text, re.MULTILINE)) >= 5


@pytest.mark.parametrize("name", FILES)
def test_a_page_has_one_title_and_no_heading_skips_a_level(name):
    prose = re.sub(r"^(`{3,})[^`].*?^\1$", "", TEXTS[name], flags=re.MULTILINE | re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", FILES)
def test_a_page_shows_no_interact_and_no_raster_picture(name):
    assert not re.search(r"\binteract\b|!\[|\.png|\.jpg", TEXTS[name])


def test_the_sections_that_verdicts_point_to_exist():
    from tests_support import TASKS

    for task in TASKS.values():
        chapter, section = re.fullmatch(r"(.+), section “(.+)”", task.section).groups()
        (text,) = [text for text in TEXTS.values() if re.search(rf"^# {chapter}$", text, re.MULTILINE)]
        assert re.search(rf"^## {section}$", text, re.MULTILINE), task.section


def test_every_glossary_term_is_used_and_every_link_to_one_exists():
    glossary = TEXTS["book/glossary"].partition("```{glossary}")[2].partition("```")[0]
    terms = {term.lower() for term in re.findall(r"^(\S.*)$", glossary, re.MULTILINE)}
    links = {link for name in CHAPTERS for link in re.findall(r"\{term\}`([^`]+)`", TEXTS[name])}
    used = {(re.search(r"<(.+)>", link) or re.match(r"(.+)", link))[1].lower() for link in links}
    assert terms == used

"""For readers: how long a chapter takes, which question comes next, what a term means where it stands, and search for symbols.

reading.js remembers where a reader was, tips.js shows the terms; both work on what is written into the pages here.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from typing import Any

import sphinx.search
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.transforms import SphinxTransform

WORDS, CODE_LINES, EQUATIONS = 180, 20, 4
"""What is read in a minute, about: of prose, of programs, of displayed formulas. Nobody's reading was measured; to compare chapters it does."""


def greek(name: str) -> str:
    """Return the Greek letter of this LaTeX name, σ for sigma, or the name if there is none."""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.removeprefix('var').replace('lambda', 'lamda')}")
    except KeyError:
        return name


def in_fold(node: nodes.Node) -> bool:
    """Whether the node is in a fold, or in the code of a cell whose code is hidden."""
    while node.parent is not None:
        inner, node = node, node.parent
        if node.get("design_component") == "dropdown" or "dropdown" in node["classes"]:
            return True
        if (
            "tag_hide-input" in node["classes"]
            and isinstance(inner, nodes.Element)
            and "cell_input" in inner["classes"]
        ):
            return True
    return False


def minutes(doctree: nodes.document) -> int:
    """Return about how many minutes the page takes, the folds not counted."""
    words = lines = equations = 0
    for node in doctree.findall(lambda node: isinstance(node, (nodes.Text, nodes.literal_block, nodes.math_block))):
        if in_fold(node):
            continue
        if isinstance(node, nodes.literal_block):
            lines += sum(bool(line.strip()) for line in node.astext().splitlines())
        elif isinstance(node, nodes.math_block):
            equations += 1
        elif not isinstance(node.parent, (nodes.literal_block, nodes.math_block, nodes.raw)):
            words += len(node.astext().split())
    return math.ceil(words / WORDS + lines / CODE_LINES + equations / EQUATIONS)


def measure(app: Sphinx, doctree: nodes.document) -> None:
    """Say under a chapter's title how long it takes, to the nearest five minutes."""
    about = app.env.metadata[app.env.docname]
    if "question" not in about:
        return
    time = max(5, 5 * round(minutes(doctree) / 5))
    title = next(doctree.findall(nodes.title))
    said = f"About {time} minutes, without what is folded away."
    title.parent.insert(title.parent.index(title) + 1, nodes.paragraph("", said, classes=["chapter-time"]))


class EnterSymbols(SphinxTransform):
    """Enter the symbols of the notation into the index, which the search asks first."""

    default_priority = 840  # just before Sphinx reads the entries of the index

    def apply(self) -> None:
        """Go through the rows of the page's tables."""
        if self.env.docname.endswith("notation"):
            enter_symbols(self.document)


def enter_symbols(doctree: nodes.document) -> None:
    """Give each row its place in the index, under each of its symbols."""
    for row in doctree.findall(nodes.row):
        cell = row[0]
        names = symbols(cell)
        if names and isinstance(row.parent, nodes.tbody):
            target = f"symbol-{'-'.join(f'{ord(one):x}' for one in names[0])}"
            row["ids"].append(target)
            doctree.note_explicit_target(row)
            cell.insert(0, addnodes.index(entries=[("single", name, target, "main", None) for name in names]))


def symbols(cell: nodes.Element) -> list[str]:
    """Return the symbols of a table's cell, as they are typed: σ for sigma."""
    found = []
    for node in cell.findall(lambda node: isinstance(node, (nodes.math, nodes.literal))):
        name = re.sub(r"\\operatorname|\\math\w+|[{}\s]", "", node.astext())
        name = re.sub(r"\\([A-Za-z]+)", lambda match: greek(match[1]), name)
        found.append(name)
    return list(dict.fromkeys(found))


class SearchWithSymbols(SearchEnglish):
    """English, but a formula's Greek letters are found as they are typed."""

    def split(self, text: str) -> list[str]:
        """Return the words of the text, and σ for each sigma that follows a backslash."""
        return super().split(text) + [greek(name) for name in re.findall(r"\\([A-Za-z]+)", text)]


def ask(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell the template the questions of the pages before and after."""
    _, before, after = (
        (app.builder.relations.get(page) or (None, None, None)) if hasattr(app.builder, "relations") else (None,) * 3
    )
    about = app.env.metadata
    context["prev_question"], context["next_question"] = (
        about[one].get("question") if one else None for one in (before, after)
    )
    if "question" in about[page]:
        context["reading_page"] = page


TERM = re.compile(r'<a class="reference internal" href="[^"#]*#(term-[^"]+)"')


def explain(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the meaning of each glossary term that a page links to at its end, hidden, for tips.js to show."""
    used = dict.fromkeys(TERM.findall(context.get("body", "")))
    if not used or page.endswith("glossary") or app.builder.name != "html":
        return
    meanings = _meanings(app)
    tips = "".join(
        f'<div class="course-tip" id="tip-{term}" role="tooltip" hidden>{meanings[term]}</div>\n'
        for term in used
        if term in meanings
    )
    context["body"] = f"{context['body']}\n{tips}"


def _meanings(app: Sphinx) -> dict[str, str]:
    """Return the HTML of each definition of the glossary, without links and ids: it stands in a tip."""
    if not hasattr(app, "course_meanings"):
        page = next((one for one in app.env.found_docs if one.endswith("glossary")), None)
        found = {}
        if page:
            for item in app.env.get_and_resolve_doctree(page, app.builder).findall(nodes.definition_list_item):
                definition = app.builder.render_partial(item[-1])["fragment"]
                text = re.sub(r"</?(?:a|dd|dl|p)\b[^>]*>", "", definition)
                text = re.sub(r' id="[^"]*"', "", text).strip()
                for term in item.findall(nodes.term):
                    found |= {one: f"<b>{html.escape(term.astext())}</b> {text}" for one in term["ids"]}
        app.course_meanings = found  # type: ignore[attr-defined]
    return app.course_meanings  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the steps and the scripts."""
    sphinx.search.languages["en"] = SearchWithSymbols
    app.connect("doctree-read", measure)
    app.add_transform(EnterSymbols)
    app.connect("html-page-context", ask)
    app.connect("html-page-context", explain, priority=900)  # when the body is complete
    app.add_js_file("reading.js", loading_method="defer")
    app.add_js_file("tips.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

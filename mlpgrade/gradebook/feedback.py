"""The pages that students get back: the marked notebook as HTML that runs nothing and asks no other host for anything."""

import functools
import html
import re
import shutil
from pathlib import Path

import nbformat
from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from mlpgrade.course import Course
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.gradebook.settle import settle
from mlpgrade.marking.notebook import NOTES

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What the page allows a browser to load: nothing but what is in it. Scripts are not allowed at all."""

STYLE = """
.output_area pre, .jp-OutputArea pre, .output pre {white-space: pre-wrap; word-break: normal; overflow-wrap: break-word}
@media (max-width: 700px) {
  .container {padding-left: 4px; padding-right: 4px}
  div.cell, div.input, div.output_area {display: block}
  div.prompt {display: none}
  .highlight pre {white-space: pre-wrap; overflow-wrap: anywhere}
  div.nbgrader_cell .panel-heading {height: auto; overflow: auto}
  .panel-heading .pull-right {float: none !important; display: block}
}
"""
"""A verdict is a sentence: on a phone it goes on in the next line. There code has the whole width, and marks a line of their own."""

FONT_FACE = re.compile(r"@font-face\s*{[^}]*}")
"""Fonts that the template would fetch. The page may not, and needs none of their signs."""

HARMLESS = re.compile(r"&lt;(/?(?:details|summary|b|i|em|strong|sub|sup|br))&gt;")
"""Tags in a student's text that keep their meaning; all others are shown as they were typed."""

FOR_RELEASE = ("timestamp.txt", "submission_secret.txt")
"""What `nbgrader release_feedback` asks for beside a page."""

UNDESCRIBED = re.compile(r"<img (?![^>]*\balt=)")
"""Pictures without words for those who do not see them. A program's picture says nothing of itself."""


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback page, without scripts. Formulas become MathML, which browsers draw by themselves."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.register_filter("highlight_code", lambda source, **_: coloured(source))

    def from_notebook_node(self, nb: NotebookNode, resources=None, **kw):
        """Return the page."""
        # HTMLExporter's own would parse the whole page once more, which takes as long as making it, to describe the pictures.
        page, resources = super(HTMLExporter, self).from_notebook_node(nb, self._init_resources(resources), **kw)
        notes = nb.metadata.get(NOTES, {})
        if notes:
            marked = f"Marked by mlpgrade {notes.get('engine')}, assignment version {notes.get('assignment')}."
            page = page.replace("</body>", f"<footer><p>{html.escape(marked)}</p></footer>\n</body>", 1)
        page = UNDESCRIBED.sub('<img alt="A picture drawn by the cell above" ', page)
        page = re.sub(r"<script\b.*?</script\s*>", "", page, flags=re.DOTALL | re.IGNORECASE)
        page = FONT_FACE.sub("", page.replace("</head>", f"<style>{STYLE}</style>\n</head>", 1))
        page = with_titles(nb, page)
        head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
        return page.replace("<head>", head, 1), resources

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        """Return a text cell's HTML. HTML of the student's own is shown as text."""
        return text_as_html(source)


def with_titles(nb: NotebookNode, page: str) -> str:
    """Return the page with tasks called as students know them, where nbgrader's template gives ids, or no name at all."""
    for cell in nb.cells:
        if title := html.escape(cell.metadata.get(NOTES, {}).get("title", "")):
            id = html.escape(cell.metadata.nbgrader.grade_id)
            page = page.replace(f'<a href="#{id}">Test cell</a>', f'<a href="#{id}">{title}</a>')
            page = page.replace(f"Grade cell: <code>{id}</code>", title)
    return page


@functools.lru_cache(maxsize=1000)
def coloured(source: str) -> str:
    """Return the HTML of a cell's code. Most cells of a class are the released ones."""
    return Highlight2HTML(pygments_lexer="python")(source)


@functools.lru_cache(maxsize=1000)
def text_as_html(source: str) -> str:
    """Return the HTML of a text cell."""
    renderer = Renderer(escape=True, allow_harmful_protocols=False, anchor_link_text="", exclude_anchor_links=True)
    return HARMLESS.sub(r"<\1>", MarkdownWithMath(renderer=renderer).render(source))


class Renderer(IPythonRenderer):
    """Renders Markdown with formulas as MathML."""

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return mathml(body, "block")

    def inline_math(self, body: str) -> str:
        """Return a formula within a line."""
        return mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Return an environment, such as align."""
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")

    def block_mermaidjs(self, code: str) -> str:
        """Return a diagram's source: drawing it would need a script."""
        return f"<pre>{html.escape(code)}</pre>"


def mathml(formula: str, display: str) -> str:
    """Return the formula as MathML, or its source where it is not understood."""
    try:
        return convert(formula, display=display)
    except Exception:  # the converter fails in many ways on what students type between dollars
        return f"<code>{html.escape(formula)}</code>"


class PutMarks(Preprocessor):
    """Writes marks and comments into the notebook, as nbgrader's step does, from a gradebook that is opened once."""

    def __init__(self, gradebook: Gradebook, **settings):
        super().__init__(**settings)
        self.gradebook = gradebook

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Return the notebook with its marks in the cells' metadata, and the totals in `resources`."""
        names = resources["nbgrader"]
        found = self.gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
        grades, comments = ({one.name: one for one in ones} for ones in (found.grades, found.comments))
        for note in (cell.metadata.nbgrader for cell in nb.cells if "nbgrader" in cell.metadata):
            if (grade := grades.get(note.get("grade_id"))) is not None:
                note.score, note.points = grade.score, grade.max_score
            if (comment := comments.get(note.get("grade_id"))) is not None:
                note.comment = comment.comment
        penalty = found.late_submission_penalty or 0
        names |= {"score": found.score - penalty, "max_score": found.max_score, "late_penalty": penalty}
        return nb, resources


class Pages:
    """Writes the feedback pages of an assignment. What is dear to set up is set up once."""

    def __init__(self, course: Course, assignment: str):
        self.course, self.assignment = course, assignment
        directory = CourseDirectory(config=course.config, assignment_id=assignment)
        converter = GenerateFeedback(coursedir=directory, config=course.config)
        self._gradebook = open_gradebook(course.db_url)
        self._exporter = FeedbackPage(config=converter.config)
        settle(course, assignment)
        for step in converter.preprocessors:
            if str(step).endswith(".Settle"):
                continue  # done, for all pages at once
            ours = PutMarks(self._gradebook) if step == "nbgrader.preprocessors.GetGrades" else step
            self._exporter.register_preprocessor(ours, enabled=True)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        self._gradebook.close()

    def write(self, student: str) -> Path:
        """Write a student's page and return where it is."""
        names = {"student": student, "assignment": self.assignment, "notebook": self.assignment}
        resources = {"nbgrader": names | {"db_url": self.course.db_url}, "metadata": {"name": self.assignment}}
        notebook = nbformat.read(self.course.autograded(self.assignment, student), as_version=4)
        page, _ = self._exporter.from_notebook_node(notebook, resources)
        path = self.course.step("feedback") / student / self.assignment / f"{self.assignment}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", errors="replace")
        marked = self.course.autograded(self.assignment, student).parent
        for name in FOR_RELEASE:
            if (marked / name).is_file():
                shutil.copyfile(marked / name, path.with_name(name))
        return path

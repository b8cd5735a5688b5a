"""The pages that students get back: the marked notebook as HTML that runs nothing and asks no other host for anything."""

import html
import re
from pathlib import Path

import nbformat
from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from mlpgrade.course import Course

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What the page allows a browser to load: nothing but what is in it. Scripts are not allowed at all."""

HARMLESS = re.compile(r"&lt;(/?(?:details|summary|b|i|em|strong|sub|sup|br))&gt;")
"""Tags in a student's text that keep their meaning; all others are shown as they were typed."""


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback page, without scripts. Formulas become MathML, which browsers draw by themselves."""

    def from_notebook_node(self, nb: NotebookNode, resources=None, **kw):
        """Return the page."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        page = re.sub(r"<script\b.*?</script\s*>", "", page, flags=re.DOTALL | re.IGNORECASE)
        head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
        return page.replace("<head>", head, 1), resources

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        """Return a text cell's HTML. HTML of the student's own is shown as text."""
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


class Pages:
    """Writes the feedback pages of an assignment. What is dear to set up is set up once."""

    def __init__(self, course: Course, assignment: str):
        self.course, self.assignment = course, assignment
        directory = CourseDirectory(config=course.config, assignment_id=assignment)
        converter = GenerateFeedback(coursedir=directory, config=course.config)
        self._exporter = FeedbackPage(config=converter.config)
        for step in converter.preprocessors:
            self._exporter.register_preprocessor(step, enabled=True)

    def write(self, student: str) -> Path:
        """Write a student's page and return where it is."""
        names = {"student": student, "assignment": self.assignment, "notebook": self.assignment}
        resources = {"nbgrader": names | {"db_url": self.course.db_url}, "metadata": {"name": self.assignment}}
        notebook = nbformat.read(self.course.autograded(self.assignment, student), as_version=4)
        page, _ = self._exporter.from_notebook_node(notebook, resources)
        path = self.course.step("feedback") / student / self.assignment / f"{self.assignment}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", errors="replace")
        return path

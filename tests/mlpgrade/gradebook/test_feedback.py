import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mlpgrade.gradebook.feedback import POLICY, FeedbackPage


@pytest.fixture(scope="module")
def page():
    """Make a page of one cell as nbgrader's template would have it, without a gradebook."""
    exporter = FeedbackPage(template_name="classic")
    return lambda *cells: exporter.from_notebook_node(new_notebook(cells=list(cells)))[0]


@pytest.mark.parametrize(
    "typed",
    [
        "<script>document.title = 1</script>",
        "text <script src='//example.org/x.js'></script> text",
        '<img src="x" onerror="alert(1)">',
        "<iframe src='javascript:alert(1)'></iframe>",
        "<details ontoggle=alert(1) open>",
        "<svg onload=alert(1)>",
        "<style>@import 'x'</style>",
        "<SCRIPT\n>alert(1)</SCRIPT >",
        "[link](javascript:alert(1))",
        "```mermaid\ngraph TD\n```",
        "$<script>alert(1)</script>$",
    ],
)
def test_what_a_student_types_runs_nothing(page, typed):
    made = page(new_markdown_cell(typed)).lower()
    assert "<script" not in made
    assert 'href="javascript' not in made
    for tag in ('<img src="x"', "<iframe", "<svg on", "<details on", "<style>@import"):
        assert tag not in made


def test_printed_markup_is_shown_as_text(page):
    output = new_output("stream", name="stdout", text="<script>alert(1)</script>")
    error = new_output(
        "error", ename="<script>", evalue="<img src=x onerror=1>", traceback=["<script>alert(1)</script>"]
    )
    made = page(new_code_cell("'<script>alert(1)</script>'", outputs=[output, error]))
    assert "<script" not in made.lower()
    assert "<img src=x" not in made
    assert "alert(1)" in made


def test_harmless_tags_keep_their_meaning(page):
    made = page(new_markdown_cell("<details><summary>more</summary>\n\n**text**\n\n</details>"))
    assert "<details><summary>more</summary>" in made.replace("\n", "")


def test_formulas_become_mathml(page):
    made = page(new_markdown_cell("The sum $a_1 + b$ and\n\n$$\\sum_n x_n$$"))
    assert made.count("<math ") == 2
    assert "<msub>" in made


def test_a_formula_that_is_not_understood_is_shown_as_it_was_typed(page):
    assert "<code>" in page(new_markdown_cell("$\\frac{$ and $\\left( x$"))


def test_the_page_may_load_nothing(page):
    made = page(new_markdown_cell("text"))
    assert POLICY in made
    assert 'src="http' not in made


def test_a_picture_that_a_program_drew_has_a_text_alternative(page):
    picture = new_output("display_data", data={"image/png": "aGVsbG8=", "text/plain": "<Figure>"})
    made = page(new_code_cell("plt.show()", outputs=[picture]))
    (tag,) = re.findall(r"<img [^>]*>", made)
    assert re.search(r'alt="\w', tag)

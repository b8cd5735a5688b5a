"""Formulas are set while the book is built."""

import re
from xml.etree import ElementTree

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from web.maths import Typesetter


@pytest.fixture(scope="module")
def typesetter():
    typesetter = Typesetter()
    yield typesetter
    typesetter.close()


def build(directory, text):
    """Build a page of one text with the project's formulas; return its HTML."""
    (directory / "conf.py").write_text(
        "extensions = ['myst_parser', 'web.maths']\nhtml_math_renderer = 'katex'\nnumfig = math_numfig = True\n"
        "myst_enable_extensions = ['amsmath', 'dollarmath']\n"
    )
    (directory / "index.md").write_text(text, encoding="utf-8")
    where = [str(directory), str(directory), str(directory / "html"), str(directory / "trees")]
    with docutils_namespace():
        Sphinx(*where, "html", status=None, warning=None).build()
    return (directory / "html" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("display", [False, True])
def test_a_formula_becomes_html_for_the_eye_and_mathml_for_screen_readers(typesetter, display):
    html = ElementTree.fromstring(typesetter.set(" \\frac{a}{b}\n", display=display))
    math = html.find(".//{http://www.w3.org/1998/Math/MathML}math")
    assert [element.text for element in math.iter() if element.text] == ["a", "b"]
    assert (math.get("display") == "block") is display
    assert html.find(".//*[@class='katex-html']").get("aria-hidden") == "true"


def test_the_source_of_a_formula_is_not_copied_with_it(typesetter):
    html = typesetter.set("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", display=True)
    assert "annotation" not in html
    assert "aligned" not in html
    assert "semantics" not in html


@pytest.mark.parametrize("tex", ["\\frac{1}", "\\unknown", "a_b_c", "\\begin{aligned} a", "x^2 % note"])
def test_what_katex_cannot_set_is_an_error_and_the_next_formula_is_set_all_the_same(typesetter, tex):
    with pytest.raises(ExtensionError):
        typesetter.set(tex, display=True)
    assert "katex" in typesetter.set("a", display=False)


def test_a_formula_that_cannot_be_set_fails_the_build_and_is_named_with_its_file(tmp_path):
    with pytest.raises(ExtensionError, match=r"index\.md:3: this formula cannot be set: [^\n]+\n\\unknown\{x\}$"):
        build(tmp_path, "# Title\n\nA formula, $\\unknown{x}$.\n")


def test_labelled_equations_are_numbered_and_referred_to(tmp_path):
    html = build(tmp_path, "# Title\n\n$$\na = b\n$$ (first)\n\n$$ c $$ (second)\n\n{eq}`second`, {eq}`first`\n")
    numbers = re.findall(r'id="equation-(\w+)"><span class="eqno">\((\d)\)', html)
    assert numbers == [("first", "1"), ("second", "2")]
    assert re.findall(r'href="#equation-(\w+)">\((\d)\)', html) == [("second", "2"), ("first", "1")]


def test_a_formula_and_what_closes_it_stay_on_one_line(tmp_path):
    html = build(tmp_path, "# Title\n\nFirst $a$, then $b$ and ($c$).\n")
    page = ElementTree.fromstring(re.search(r"<p>First.*?</p>", html)[0])
    glued = page.findall("span[@class='glued']")
    assert [(one[-1].tail, one.tail) for one in glued] == [(",", " then "), (")", ".")]
    assert [one[0].get("class").split()[0] for one in glued] == ["math", "math"]


def test_without_node_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(ExtensionError, match="make setup"):
        Typesetter().set("a", display=False)


def test_an_interpreter_that_ends_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("web.node.HERE", tmp_path)
    with pytest.raises(ExtensionError, match="node_modules"):
        Typesetter().set("a", display=False)

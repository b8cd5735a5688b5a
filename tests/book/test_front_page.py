"""The front page: what moves on it was trained, what the grader says was said, and its colours can be read."""

import json
import re

import numpy as np
import pytest

from mlpgrade.authoring.trial import Trial
from mlpkit import plotting
from tests_support import ASSIGNMENT, COURSE, ROOT, class_answers
from web import front_page, pictures, spiral

INDEX = (ROOT / "book" / "index.md").read_text(encoding="utf-8")
STYLE = (ROOT / "web" / "static" / "course.css").read_text(encoding="utf-8")
CHAPTERS = list(pictures.PICTURES)


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```", INDEX, re.DOTALL | re.MULTILINE)[1]


@pytest.fixture(scope="module")
def frames():
    return list(spiral.frames())


def test_the_verdict_is_what_the_grader_says_to_the_code_above_it():
    answer = next(one for one in class_answers(ASSIGNMENT) if one.name == "farah")
    trial = Trial(COURSE, ASSIGNMENT)
    namespace, failure = trial.run(answer)
    assert failure is None
    assert "".join(f"    {line}".rstrip() + "\n" for line in block("python").splitlines()) in answer.source + "\n"
    title = trial.declared.tasks["linear-backward"].title
    said = trial.verdict("linear-backward", namespace, 1).text(trial.points["linear-backward"], title)
    assert block("text") == said + "\n"


def test_the_numbers_in_the_text_are_those_of_the_picture(frames):
    sizes = [(2, 32), (32, 32), (32, 3)]
    assert f"{sum((a + 1) * b for a, b in sizes):,} numbers" in INDEX
    assert len(frames) == spiral.EPOCHS + 1 == 81
    assert len(spiral.data()[0]) == 300
    assert re.search(r"eighty\s+times through three hundred points", INDEX)


@pytest.mark.parametrize("epoch", [0, 20, 80])
def test_the_painted_regions_hold_as_many_points_as_the_caption_says(frames, epoch):
    """Read the outlines back as a browser does, by the even-odd rule, and classify the points with them."""
    X, y = spiral.data()
    places = spiral.to_picture(X)
    painted = np.zeros(len(X), int)
    for k, outline in enumerate(frames[epoch]["outlines"], 1):
        painted[inside(outline, places)] = k
    assert abs(np.mean(painted == y) - frames[epoch]["right"]) < 0.02


def inside(path, places):
    """Whether each place lies within the rings of an SVG path of one absolute start and relative steps each."""
    crossings = np.zeros(len(places), int)
    for ring in re.findall(r"M([^z]+)z", path):
        start, steps = ring.split("l")
        numbers = [np.array(re.findall(r"-?\d+", part), float).reshape(-1, 2) for part in (start, steps)]
        corners = np.cumsum(np.vstack(numbers), axis=0)
        for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            over = (y0 > places[:, 1]) != (y1 > places[:, 1])
            with np.errstate(divide="ignore", invalid="ignore"):
                crossings += over & (places[:, 0] < x0 + (places[:, 1] - y0) * (x1 - x0) / (y1 - y0))
    return crossings % 2 == 1


def test_training_is_seen_to_succeed(frames):
    assert frames[0]["right"] < 0.5
    assert frames[0]["loss"] > np.log(3)
    assert frames[-1]["right"] > 0.97


def test_the_lead_picture_weighs_at_most_60_kilobytes_with_its_script(frames):
    script = (ROOT / "web" / "static" / "lead_picture.js").read_bytes()
    assert len(front_page.lead_picture(frames).encode()) + len(script) <= 60_000


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_picture_follows_the_pages_ink_says_what_it_shows_and_shares_no_id(chapter):
    svg = pictures.svg(chapter)
    assert len(svg) < 30_000
    assert f'aria-label="{pictures.PICTURES[chapter][1]}"' in svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert all(one.startswith(f"{chapter}-") for one in ids)
    assert set(re.findall(r'(?:href="#|url\(#)([\w-]+)', svg)) == set(ids)
    assert "#010203" not in svg


def properties(selector):
    """The custom properties of a rule of the style sheet."""
    rule = STYLE[STYLE.index(selector) :]
    return dict(re.findall(r"(--course-[\w-]+): ([^;]+);", rule[: rule.index("}")]))


def test_class_colours_are_those_of_the_figures():
    sheet = properties(":root {")
    for name in ("BLUE", "ORANGE", "GREEN", "PURPLE"):
        assert sheet[f"--course-{name.lower()}"] == getattr(plotting, name)


def luminance(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4) @ [
        0.2126,
        0.7152,
        0.0722,
    ]


def contrast(one, other):
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour, ground, share):
    parts = zip(*([int(one[i : i + 2], 16) for i in (1, 3, 5)] for one in (colour, ground)), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in parts)


@pytest.mark.parametrize("theme", ['html[data-theme="light"],', 'html[data-theme="dark"] {'])
def test_text_can_be_read_and_figures_be_told_from_the_paper(theme):
    colours = properties(theme)
    for ground in ("paper", "raised", "sunk"):
        for ink in ("ink", "soft", "accent", "accent-strong"):
            assert contrast(colours[f"--course-{ink}"], colours[f"--course-{ground}"]) >= 4.5, (ink, ground)
    assert contrast(colours["--course-on-accent"], colours["--course-accent"]) >= 4.5
    tint = int(colours["--course-tint"][:-1]) / 100
    for name in ("BLUE", "ORANGE", "GREEN", "PURPLE"):
        dot, paper = getattr(plotting, name), colours["--course-paper"]
        assert contrast(dot, paper) >= 3
        assert contrast(dot, mixed(dot, paper, tint)) >= 2.4  # dots differ in shape as well


@pytest.fixture
def front(browser, site):
    """Open the front page; nothing may be logged as an error."""
    contexts, troubles = [], []

    def open_page(**options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto((site / "book" / "index.html").as_uri(), wait_until="domcontentloaded")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def epoch(page):
    return int(page.locator("[data-lead=epoch]").text_content())


@pytest.mark.slow
def test_the_picture_moves_pauses_and_follows_the_slider(front):
    page = front()
    page.wait_for_function("Number(document.querySelector('[data-lead=epoch]').textContent) > 2")
    button, slider = page.locator("[data-lead=button]"), page.locator("[data-lead=epochs]")
    outline = "document.querySelectorAll('.lead-grounds path')[1].getAttribute('d')"
    button.click()
    stopped, seen = epoch(page), page.evaluate(outline)
    page.wait_for_timeout(400)
    assert (epoch(page), page.evaluate(outline)) == (stopped, seen)
    assert button.text_content() == "Go on"
    slider.focus()
    page.keyboard.press("End")
    assert epoch(page) == spiral.EPOCHS
    assert slider.get_attribute("aria-valuetext").startswith("epoch 80: loss 0.0")
    assert page.evaluate(outline) != seen
    button.click()
    assert epoch(page) < spiral.EPOCHS


@pytest.mark.slow
def test_who_prefers_less_motion_sees_none_until_asking_for_it(front):
    page = front(reduced_motion="reduce")
    page.wait_for_timeout(1500)
    assert epoch(page) == spiral.EPOCHS
    page.locator("[data-lead=button]").click()
    page.wait_for_function("Number(document.querySelector('[data-lead=epoch]').textContent) > 0")
    assert epoch(page) < spiral.EPOCHS


@pytest.mark.slow
def test_without_javascript_the_trained_network_stands_and_each_card_leads_to_its_chapter(front, site):
    page = front(java_script_enabled=False)
    assert epoch(page) == spiral.EPOCHS
    assert not page.locator(".lead-control").is_visible()
    links = page.locator(".chapter-cards a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == [f"{chapter}.html" for chapter in CHAPTERS]
    questions = page.locator(".card-question").all_text_contents()
    assert len(set(questions)) == 9
    assert all(one.endswith("?") for one in questions)
    assert page.locator(".lead-doors a").get_attribute("href") == "perceptron.html"
    assert page.locator(".bd-sidebar-primary .bd-links").count() == 0  # the cards are the way in
    assert len(json.loads(page.locator("[data-lead=frames]").text_content())) == 81

import json
import re
import sys

import IPython.display
import ipywidgets
import numpy as np
import pytest

from mlpkit.figures import draw, frame
from mlpkit.widgets import VIEW, slider, sliders

pytestmark = pytest.mark.usefixtures("figures_are_closed_and_settings_restored")

SLOPES = (0.5, 1.0, 20)
STYLES = {"slope": SLOPES, "colour": ("red", "green")}


def paint(ax, slope, colour="black"):
    ax.plot([0, 1], [0, slope], color=colour)


def paint_nothing(ax, value):
    pass


def describe(slope, colour="black"):
    return f"A {colour} line of slope {slope}"


def picture(*values):
    return frame(draw(lambda ax: paint(ax, *values), describe(*values)))


@pytest.fixture
def page(monkeypatch):
    """The bundles displayed, and the boxes of widgets made, in order."""
    shown, boxes, box = [], [], ipywidgets.VBox

    def display(bundle, raw):
        assert raw
        shown.append(bundle)

    def make(*given):
        boxes.append(box(*given))
        return boxes[-1]

    monkeypatch.setattr(IPython.display, "display", display)
    monkeypatch.setattr(ipywidgets, "VBox", make)
    return shown, boxes


def data(bundle):
    """What the HTML carries for the script of the built book."""
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', bundle["text/html"], re.DOTALL)[1])


def texts(control):
    return control["texts"]


# --- as HTML ----------------------------------------------------------------------------------------------------------


def test_the_html_shows_the_first_frame_and_carries_all_with_name_and_values(page):
    assert slider(paint, SLOPES, "slope", describe, start=1) is None
    [bundle] = page[0]
    shown = bundle["text/html"].partition("<script")[0]
    assert shown == '<div class="mlpkit-figures">' + picture(1.0)
    assert data(bundle) == {
        "controls": [{"label": "slope", "texts": ["0.5", "1", "20"], "start": 1}],
        "frames": [picture(slope) for slope in SLOPES],
    }
    assert bundle["text/plain"] == describe(1.0)


def test_several_sliders_carry_a_frame_for_each_combination_the_last_turning_fastest(page):
    sliders(paint, STYLES, describe, start=(2, 1))
    [bundle] = page[0]
    assert data(bundle)["frames"] == [picture(slope, colour) for slope in SLOPES for colour in STYLES["colour"]]
    assert [(control["label"], control["start"]) for control in data(bundle)["controls"]] == [
        ("slope", 2),
        ("colour", 1),
    ]
    assert picture(20, "green") in bundle["text/html"].partition("<script")[0]


def test_nothing_in_a_text_ends_the_script_early(page):
    slider(paint_nothing, ["</script><b>"], "</script>", lambda value: f"shows {value}")
    html = page[0][0]["text/html"]
    assert html.count("</script>") == 1
    assert data(page[0][0])["controls"][0] == {"label": "</script>", "texts": ["</script><b>"], "start": 0}


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ((-1, -0.5), ["−1", "−0.5"]),
        (("no-op", "", "σ & <τ>"), ["no-op", "", "σ & <τ>"]),
        (np.array([0.1, 1e-5], dtype=np.float32), ["0.1", "1e−05"]),
        ((float("nan"), float("inf")), ["nan", "inf"]),
        ((True, None, (2, 3)), ["True", "None", "(2, 3)"]),
        (range(3), ["0", "1", "2"]),
        ((1, 1), ["1", "1"]),
        (([1], {"a": 2}), ["[1]", "{'a': 2}"]),
    ],
    ids=str,
)
def test_values_of_any_kind_are_read_out(page, values, read):
    slider(paint_nothing, values, "value", lambda value: f"shows {value}")
    assert texts(data(page[0][0])["controls"][0]) == read
    assert len(data(page[0][0])["frames"]) == len(read)


def test_the_size_of_the_frames_is_the_callers(page):
    slider(paint, SLOPES[:1], "slope", describe, size=(3, 1))
    assert data(page[0][0])["frames"] == [frame(draw(lambda ax: paint(ax, 0.5), describe(0.5), size=(3, 1)))]


# --- as a widget ------------------------------------------------------------------------------------------------------


def test_the_widget_starts_where_the_html_does_and_turns_with_its_handles(page):
    sliders(paint, STYLES, describe, start=(1, 1))
    [bundle], [box] = page
    assert bundle[VIEW]["model_id"] == box.model_id
    slopes, colours, shown = box.children
    assert (slopes.description, colours.description) == ("slope", "colour")
    assert (slopes.label, colours.label, shown.value) == ("1", "green", picture(1.0, "green"))
    slopes.value = 2
    assert (slopes.label, shown.value) == ("20", picture(20, "green"))
    colours.value = 0
    assert shown.value == picture(20, "red")


def test_where_there_are_no_widgets_the_html_is_displayed_alone(page, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    slider(paint, SLOPES, "slope", describe)
    assert set(page[0][0]) == {"text/html", "text/plain"}


def test_the_widget_is_made_of_what_version_7_has(page):
    sliders(paint, STYLES, describe)
    assert {type(child).__name__ for child in page[1][0].children} == {"SelectionSlider", "HTML"}


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [(), [], np.array([]), iter(())])
def test_a_slider_without_values_is_refused(page, raises_naming, values):
    with raises_naming(ValueError, "slider: 'slope' has no values"):
        slider(paint, values, "slope", describe)


@pytest.mark.parametrize("start", [-1, 3])
def test_a_start_that_is_no_index_of_the_values_is_refused(page, raises_naming, start):
    with raises_naming(ValueError, f"start for 'slope' must be from 0 to 2, but is {start}"):
        slider(paint, SLOPES, "slope", describe, start=start)


@pytest.mark.parametrize(("choices", "start"), [(STYLES, (1,)), (STYLES, (1, 0, 0)), ({}, None)])
def test_there_is_one_start_for_each_name_and_a_name_at_least(page, raises_naming, choices, start):
    with raises_naming(ValueError, "sliders:"):
        sliders(paint, choices, describe, start=start)

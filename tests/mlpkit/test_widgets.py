import re

import IPython.display
import ipywidgets
import pytest

from mlpkit.figures import draw, frame
from mlpkit.widgets import slider, sliders

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
    """What is displayed, and the links between widgets that are made, in order."""
    shown, links, link = [], [], ipywidgets.jslink
    monkeypatch.setattr(IPython.display, "display", lambda *things: shown.extend(things))
    monkeypatch.setattr(ipywidgets, "jslink", lambda *ends: links.append(link(*ends)))
    return shown, links


def parts(shown):
    """The (readout, handle) of each slider, the stack of frames, and the HTML for a page without JavaScript."""
    box, fallback = shown
    *controls, stack = box.children
    return [control.children for control in controls], stack, fallback


def texts(readout):
    return [label.value for label in readout.children]


# --- one slider -------------------------------------------------------------------------------------------------------


def test_a_slider_shows_a_readout_a_handle_and_one_frame_a_value(page):
    assert slider(paint, SLOPES, "slope", describe, start=1) is None
    [(readout, handle)], stack, _ = parts(page[0])
    assert texts(readout) == ["slope: 0.5", "slope: 1", "slope: 20"]
    assert isinstance(handle, ipywidgets.IntSlider)
    assert (handle.min, handle.max, handle.value, handle.readout) == (0, 2, 1, False)
    assert [child.value for child in stack.children] == [picture(slope) for slope in SLOPES]
    assert [re.search('aria-label="(.*?)"', child.value)[1] for child in stack.children] == list(map(describe, SLOPES))


def test_negative_numbers_are_read_out_with_a_minus_sign_and_words_as_they_are(page):
    for values in [(-1, -0.5), ("no-op", "sine")]:
        slider(paint_nothing, values, "start", str)
    assert texts(parts(page[0][:2])[0][0][0]) == ["start: −1", "start: −0.5"]
    assert texts(parts(page[0][2:])[0][0][0]) == ["start: no-op", "start: sine"]


def test_the_handle_turns_frame_and_readout_in_the_browser_without_python(page):
    shown, links = page
    slider(paint, SLOPES, "slope", describe)
    [(readout, handle)], stack, _ = parts(shown)
    # A jslink lives in the page; `observe` or `link` would need a kernel behind it.
    assert [type(link) for link in links] == [ipywidgets.widgets.widget_link.Link] * 2
    assert {link.source for link in links} == {(handle, "value")}
    assert {link.target for link in links} == {(stack, "selected_index"), (readout, "selected_index")}


@pytest.mark.parametrize("start", [0, 2])
def test_the_slider_starts_at_the_frame_asked_for(page, start):
    slider(paint, SLOPES, "slope", describe, start=start)
    [(readout, handle)], stack, fallback = parts(page[0])
    assert (handle.value, stack.selected_index, readout.selected_index) == (start, start, start)
    assert isinstance(fallback, IPython.display.HTML)
    assert fallback.data == f"<noscript>{picture(SLOPES[start])}</noscript>"


def test_a_slider_starts_with_its_first_value_unless_told(page):
    slider(paint, SLOPES, "slope", describe)
    [(readout, handle)], stack, _ = parts(page[0])
    assert (handle.value, stack.selected_index, readout.selected_index) == (0, 0, 0)


def test_the_size_of_the_frames_is_the_callers(page):
    slider(paint, SLOPES[:1], "slope", describe, size=(3, 1))
    _, stack, _ = parts(page[0])
    assert stack.children[0].value == frame(draw(lambda ax: paint(ax, 0.5), describe(0.5), size=(3, 1)))


# --- several sliders --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [None, (2, 1)])
def test_several_sliders_show_the_frame_of_their_combination(page, start):
    sliders(paint, STYLES, describe, start=start)
    ((slopes, first), (colours, second)), stack, fallback = parts(page[0])
    i, j = start or (0, 0)
    assert (texts(slopes)[i], texts(colours)[j]) == (f"slope: {SLOPES[i]}", f"colour: {STYLES['colour'][j]}")
    assert (first.max, second.max) == (2, 1)
    assert (first.value, slopes.selected_index, stack.selected_index) == (i, i, i)
    assert {second.value, colours.selected_index, *(inner.selected_index for inner in stack.children)} == {j}
    for inner, slope in zip(stack.children, SLOPES, strict=True):
        assert [child.value for child in inner.children] == [picture(slope, colour) for colour in STYLES["colour"]]
    assert fallback.data == f"<noscript>{picture(SLOPES[i], STYLES['colour'][j])}</noscript>"


def test_each_of_several_handles_turns_what_belongs_to_it(page):
    shown, links = page
    sliders(paint, STYLES, describe)
    ((slopes, first), (colours, second)), stack, _ = parts(shown)
    turned = {
        handle: {link.target[0] for link in links if link.source == (handle, "value")} for handle in (first, second)
    }
    assert turned == {first: {slopes, stack}, second: {colours, *stack.children}}
    assert {link.target[1] for link in links} == {"selected_index"}

import re
from xml.etree import ElementTree

import IPython.display
import ipywidgets
import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from mlpkit.widgets import INK, draw, show, slider

mpl.use("Agg")


def line(ax, slope=1.0):
    ax.plot([0, 1], [0, slope], color=INK, label="a line")
    ax.set_title("title")
    ax.legend()


@pytest.fixture(autouse=True)
def figures_are_closed_and_settings_restored():
    before = dict(mpl.rcParams)
    yield
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before


@pytest.fixture(scope="module")
def svg():
    return draw(line, "A line from (0, 0) to (1, 1)")


def test_the_drawing_is_one_svg_element_with_a_role_and_a_description(svg):
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "A line from (0, 0) to (1, 1)"
    assert svg.startswith("<svg ")


@pytest.mark.parametrize("alt", ["<b> & \"quoted\" 'twice'", "x ↦ σ(x) \\1 \\g<0>", "two\nlines", "<svg width='1'>"])
def test_the_description_is_escaped(alt):
    found = draw(line, alt)
    assert ElementTree.fromstring(found).attrib["aria-label"] == alt.replace("\n", " ")
    assert found.count("<svg") == 1


def test_ink_becomes_the_current_colour_and_text_stays_text(svg):
    assert "currentColor" in svg
    assert INK not in svg
    assert INK.upper() not in svg.upper()
    texts = [element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"title", "a line"} <= set(texts)


def test_the_size_is_left_to_the_page_and_the_shape_to_the_view_box():
    root = ElementTree.fromstring(draw(line, "A line", size=(4, 2)))
    assert not {"width", "height"} & set(root.attrib)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert width == 2 * height


def test_there_is_neither_metadata_nor_a_background(svg):
    assert "<metadata" not in svg
    assert "<?xml" not in svg
    assert "#ffffff" not in svg.split('<g id="legend')[0]


def test_drawing_twice_gives_identical_svg(svg):
    assert draw(line, "A line from (0, 0) to (1, 1)") == svg


def test_another_setting_of_the_caller_makes_no_difference(svg):
    with mpl.rc_context({"svg.hashsalt": "other", "font.size": 30, "svg.fonttype": "path"}):
        assert draw(line, "A line from (0, 0) to (1, 1)") == svg


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_a_description_is_refused(raises_naming, alt):
    with raises_naming(ValueError, "draw: alt must say in words what the figure shows"):
        draw(line, alt)
    with raises_naming(ValueError, "draw: alt must say in words what the figure shows"):
        show(line, alt)


def test_a_painter_that_fails_leaves_no_figure_open():
    def fail(ax):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        draw(fail, "nothing")
    assert plt.get_fignums() == []


def test_show_returns_the_drawing_as_html():
    shown = show(line, "A line", size=(4, 2))
    assert isinstance(shown, IPython.display.HTML)
    assert shown.data == f'<div class="mlpkit-figure">{draw(line, "A line", size=(4, 2))}</div>'


# --- slider -----------------------------------------------------------------------------------------------------------

SLOPES = (0.5, 1.0, 20)


def titled_line(ax, slope):
    line(ax, slope)


@pytest.fixture
def displayed(monkeypatch):
    """What a slider displays, and the links it makes, in order."""
    shown, links, link = [], [], ipywidgets.jslink
    monkeypatch.setattr(IPython.display, "display", lambda *things: shown.extend(things))
    monkeypatch.setattr(ipywidgets, "jslink", lambda *ends: links.append(link(*ends)))
    assert slider(titled_line, SLOPES, "slope", lambda slope: f"A line of slope {slope}", start=1) is None
    return shown, links


def test_a_slider_shows_a_readout_a_handle_and_one_frame_a_value(displayed):
    (box, _), _ = displayed
    readout, handle, stack = box.children
    assert [child.value for child in readout.children] == ["slope: 0.5", "slope: 1", "slope: 20"]
    assert isinstance(handle, ipywidgets.IntSlider)
    assert (handle.min, handle.max, handle.value, handle.readout) == (0, 2, 1, False)
    assert [re.search('aria-label="(.*?)"', frame.value)[1] for frame in stack.children] == [
        f"A line of slope {slope}" for slope in SLOPES
    ]
    assert len({frame.value for frame in stack.children}) == 3
    assert stack.children[2].value == (
        f'<div class="mlpkit-figure">{draw(lambda ax: line(ax, 20), "A line of slope 20")}</div>'
    )


def test_the_handle_turns_frame_and_readout_in_the_browser_without_python(displayed):
    (box, _), links = displayed
    readout, handle, stack = box.children
    assert [type(link).__name__ for link in links] == ["Link", "Link"]
    assert {link.source for link in links} == {(handle, "value")}
    assert [link.target for link in links] == [(stack, "selected_index"), (readout, "selected_index")]


def test_the_slider_starts_at_the_frame_asked_for(displayed):
    (box, _), _ = displayed
    readout, handle, stack = box.children
    assert (handle.value, stack.selected_index, readout.selected_index) == (1, 1, 1)


def test_a_page_without_javascript_shows_the_first_frame_alone(displayed):
    (box, fallback), _ = displayed
    assert isinstance(fallback, IPython.display.HTML)
    assert fallback.data == f"<noscript>{box.children[2].children[1].value}</noscript>"


def test_a_slider_starts_with_its_first_value_unless_told(monkeypatch):
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *things: shown.extend(things))
    slider(titled_line, SLOPES[:2], "slope", str)
    readout, handle, stack = shown[0].children
    assert (handle.value, stack.selected_index, readout.selected_index) == (0, 0, 0)

import re
from xml.etree import ElementTree

import IPython.display
import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from mlpkit.figures import INK, draw, frame, show

pytestmark = pytest.mark.usefixtures("figures_are_closed_and_settings_restored")


def line(ax, slope=1.0):
    ax.plot([0, 1], [0, slope], color=INK, label="a line")
    ax.set_title("title")
    ax.legend()


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


def test_nothing_is_named_but_what_is_referred_to_and_names_differ_from_drawing_to_drawing(svg):
    names = re.findall(r' id="([^"]*)"', svg)
    assert names
    assert len(set(names)) == len(names)
    assert set(names) == set(re.findall(r"#([\w-]+)", svg.replace("#cccccc", "")))
    other = draw(lambda ax: line(ax, slope=2.0), "Another line")
    assert not set(names) & set(re.findall(r' id="([^"]*)"', other))


def test_numbers_have_at_most_two_digits_after_the_point_and_texts_keep_theirs():
    def paint(ax):
        ax.plot([0, 1 / 3], [0, 1 / 7])
        ax.set_title("0.123456")

    svg = draw(paint, "0.654321")
    assert re.findall(r"\d+\.\d{3,}", svg) == ["0.654321", "0.123456"]


def test_what_is_not_seen_is_left_out(svg):
    for unseen in ("<style", "<!--", "xlink", 'fill: none"/>', "rotate(-0"):
        assert unseen not in svg
    assert 'stroke-linejoin="round"' in svg.split(">")[0]


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
    assert shown.data == frame(draw(line, "A line", size=(4, 2)))


def test_a_frame_is_a_division_that_the_style_sheet_knows():
    assert frame("<svg></svg>") == '<div class="mlpkit-figure"><svg></svg></div>'

from unittest.mock import Mock

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgba

from mlpkit import History, ReLU, Tanh
from mlpkit.plotting import (
    CLASS_COLOURS,
    CLASS_MARKERS,
    activation_and_derivative,
    decision_boundary,
    look,
    loss_curves,
    points,
    scales_by_depth,
)

pytestmark = pytest.mark.usefixtures("figures_are_closed_and_settings_restored")


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    figure.canvas.draw()  # whatever was put on the axes can also be drawn, without a warning
    plt.close(figure)


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(colour)[:3]]
    return float(np.dot([0.2126, 0.7152, 0.0722], channels))


def test_points_draws_each_class_in_its_own_shape_and_colour(ax, rng):
    X, y = rng.normal(size=(12, 2)), np.array([-1, 1, 4] * 4)
    points(ax, X, y)
    assert len(ax.collections) == 3
    for drawn, label, colour in zip(ax.collections, (-1, 1, 4), CLASS_COLOURS, strict=False):
        np.testing.assert_array_equal(drawn.get_offsets(), X[y == label])
        np.testing.assert_allclose(drawn.get_facecolor()[0], to_rgba(colour))
        assert drawn.get_label() == f"class {label}"
    shapes = {drawn.get_paths()[0].vertices.tobytes() for drawn in ax.collections}
    assert len(shapes) == 3


def test_more_classes_than_colours_can_be_drawn(ax, rng):
    points(ax, rng.normal(size=(10, 2)), np.arange(10))
    assert len(ax.collections) == 10


def test_class_colours_have_contrast_on_white_and_differ_in_grey():
    shades = sorted(luminance(colour) for colour in CLASS_COLOURS)
    assert all(1.05 / (shade + 0.05) >= 3 for shade in shades)
    assert len(CLASS_COLOURS) == len(set(CLASS_MARKERS)) == 4
    assert len({round(shade, 3) for shade in shades}) == 4


def test_sixteen_classes_all_look_different(ax, rng):
    assert len({look(k) for k in range(16)}) == len({look(k)[:2] for k in range(16)}) == 16
    points(ax, rng.normal(size=(10, 2)), np.arange(10))
    looks = {(drawn.get_facecolor().tobytes(), drawn.get_paths()[0].vertices.tobytes()) for drawn in ax.collections}
    assert len(looks) == 10


def test_ten_regions_are_shaded_like_their_points(ax):
    X, y = np.column_stack([np.arange(10.0), np.zeros(10)]), np.arange(10)
    decision_boundary(ax, lambda grid: -np.abs(grid[:, :1] - np.arange(10)), X, y)
    for k in range(10):
        assert shade(ax, (k, 0.0)) == [to_rgba(look(k)[0])[:3]]
    hatches = [tuple(area.hatches) for area in ax.collections if hasattr(area, "levels")]
    assert hatches == [(look(k)[2],) for k in range(10)]


def test_a_class_that_is_missing_among_the_points_leaves_the_others_their_colours(ax):
    points(ax, np.eye(2), np.array([1, 3]))
    for drawn, k in zip(ax.collections, (1, 3), strict=True):
        np.testing.assert_allclose(drawn.get_facecolor()[0], to_rgba(CLASS_COLOURS[k]))


@pytest.mark.parametrize("coat", [lambda y: y[:, None], lambda y: y.tolist(), lambda y: np.array(["no", "yes"])[y]])
def test_labels_in_a_column_a_list_or_by_name_are_drawn_alike(ax, coat, rng):
    X, y = rng.normal(size=(8, 2)), np.arange(8) % 2
    decision_boundary(ax, lambda grid: grid[:, 0].tolist(), X.tolist(), coat(y))
    drawn = [collection for collection in ax.collections if not hasattr(collection, "levels")]
    np.testing.assert_array_equal(drawn[1].get_offsets(), X[y == 1])


def test_probabilities_are_drawn_right_or_asked_about(ax, raises_naming):
    X = np.array([[-1.0, 0], [1, 1]])

    def probability(grid):
        return 1 / (1 + np.exp(-5 * grid[:, 0]))

    with raises_naming(ValueError, "decision_boundary: every score lies between 0 and 1", "threshold=0.5"):
        decision_boundary(ax, probability, X, [0, 1])
    decision_boundary(ax, probability, X, [0, 1], threshold=0.5)
    assert shade(ax, (-0.8, 0.5)) == [to_rgba(CLASS_COLOURS[0])[:3]]
    assert shade(ax, (0.8, 0.5)) == [to_rgba(CLASS_COLOURS[1])[:3]]


def test_where_scores_are_nan_the_plane_stays_blank_and_it_is_said(ax):
    X = np.array([[-1.0, 0], [1, 1]])

    def scores(grid):
        return np.where(grid[:, :1] < 0, np.nan, np.column_stack([grid[:, 1], -grid[:, 1]]))

    with pytest.warns(RuntimeWarning, match=r"\Adecision_boundary: scores are NaN at 3200 of 6400 places"):
        decision_boundary(ax, scores, X, [0, 1])
    assert shade(ax, (-0.8, 0.5)) == []
    assert shade(ax, (0.8, 0.5)) == [to_rgba(CLASS_COLOURS[0])[:3]]


@pytest.mark.parametrize(
    ("scores", "X", "parts"),
    [
        (lambda grid: grid[:5], np.eye(2), ("scores must return a row for each of 6400 places", "(5, 2)")),
        (lambda grid: 3.0, np.eye(2), ("scores must return a row", "()")),
        (lambda grid: np.arange(len(grid)) % 3, np.eye(2), ("whole numbers up to 2", "not class numbers")),
        (lambda grid: grid, np.eye(3)[:2], ("X must have shape (N, 2)", "(2, 3)")),
        (lambda grid: grid, np.array([[0, np.nan], [1, 1]]), ("X must hold finite numbers", "row 0")),
        (lambda grid: grid, np.ones((3, 2)), ("X and y must have equally many rows", "3 and 2")),
    ],
)
def test_what_cannot_be_drawn_is_said_by_name(ax, raises_naming, scores, X, parts):
    with raises_naming(ValueError, "decision_boundary: ", *parts):
        decision_boundary(ax, scores, X, [0, 1])


SCORES = {
    "two logits": (lambda grid: np.column_stack([-grid[:, 0], grid[:, 0]]), lambda grid: (grid[:, 0] > 0).astype(int)),
    "one score a row": (lambda grid: grid[:, 0], lambda grid: (grid[:, 0] > 0).astype(int)),
    "one score in a column": (lambda grid: grid[:, 1:], lambda grid: (grid[:, 1] > 0).astype(int)),
    "three logits": (
        lambda grid: grid @ np.array([[1.0, 0, -1], [0, 1, -1]]),
        lambda grid: (grid @ np.array([[1.0, 0, -1], [0, 1, -1]])).argmax(axis=1),
    ),
}


def shade(ax, place):
    """The colours whose area covers the place, given in data coordinates."""
    return [
        tuple(area.get_facecolor()[0][:3])
        for area in ax.collections
        if hasattr(area, "levels") and any(path.contains_point(place) for path in area.get_paths())
    ]


@pytest.mark.parametrize("name", SCORES)
def test_the_plane_is_shaded_by_the_predicted_class(ax, name, rng):
    scores, winner = SCORES[name]
    X = rng.uniform(-1, 1, size=(20, 2))
    decision_boundary(ax, scores, X, rng.integers(2, size=20))
    places = np.array([[0.71, 0.33], [-0.64, 0.52], [-0.61, -0.73], [0.58, -0.27], [0.15, 0.83]])
    for place, k in zip(places, winner(places), strict=True):
        assert shade(ax, place) == [to_rgba(CLASS_COLOURS[k])[:3]]


def test_the_shading_reaches_a_margin_beyond_the_points_and_the_points_are_drawn(rng):
    X, y = rng.uniform(-1, 1, size=(20, 2)), np.arange(20) % 2
    seen, ax = [], Mock()
    decision_boundary(ax, lambda grid: seen.append(grid) or grid[:, 0], X, y, cells=7)
    assert seen[0].shape == (49, 2)
    np.testing.assert_allclose(seen[0].min(axis=0), X.min(axis=0) - 0.3)
    np.testing.assert_allclose(seen[0].max(axis=0), X.max(axis=0) + 0.3)
    assert ax.scatter.call_count == 2


def test_a_classifier_that_always_says_the_same_shades_everything_alike(ax, rng):
    decision_boundary(ax, lambda grid: np.ones(len(grid)), rng.uniform(-1, 1, size=(5, 2)), np.arange(5) % 2)
    assert shade(ax, (0.1, 0.2)) == [to_rgba(CLASS_COLOURS[1])[:3]]


def test_an_activation_is_drawn_beside_its_derivative(ax):
    activation_and_derivative(ax, Tanh(), -2, 3)
    value, slope = ax.lines[:2]
    z = np.linspace(-2, 3, 201)
    np.testing.assert_array_equal(value.get_xdata(), z)
    np.testing.assert_allclose(value.get_ydata(), np.tanh(z), rtol=1e-12)
    np.testing.assert_allclose(slope.get_ydata(), 1 / np.cosh(z) ** 2, rtol=1e-9)
    assert labels(ax) == ["f(z)", "f′(z)"]
    assert ax.get_title() == "Tanh"
    assert value.get_linestyle() != slope.get_linestyle()


def test_activations_are_drawn_from_minus_five_to_five_unless_told(ax):
    activation_and_derivative(ax, ReLU())
    assert (ax.lines[0].get_xdata()[[0, -1]] == [-5, 5]).all()


@pytest.mark.parametrize(
    ("history", "expected"),
    [(History([3.0, 2.0]), ["training"]), (History([3.0, 2.0], [4.0, 5.0]), ["training", "held out"])],
)
def test_loss_curves_start_at_epoch_one(ax, history, expected):
    loss_curves(ax, history)
    assert labels(ax) == expected
    for line, values in zip(ax.lines, (history.loss, history.held_out_loss), strict=False):
        np.testing.assert_array_equal(line.get_xydata(), [[1, values[0]], [2, values[1]]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")


def test_scales_are_drawn_by_layer_on_a_logarithmic_axis(ax):
    scales = {"He": [1.0, 1.1, 0.9], "too small": [1.0, 1e-3, 1e-6]}
    scales_by_depth(ax, scales, "deviation")
    assert ax.get_yscale() == "log"
    assert labels(ax) == list(scales)
    for line, values in zip(ax.lines, scales.values(), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), [1, 2, 3])
        np.testing.assert_array_equal(line.get_ydata(), values)
    assert len({line.get_marker() for line in ax.lines}) == 2
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("layer", "deviation")

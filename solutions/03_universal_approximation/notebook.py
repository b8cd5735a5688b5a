# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3 · Universal approximation
#
# The theorem says that good weights exist. For a function of one variable you can do better and write them down, without
# any training, and say beforehand how many units a given accuracy takes. You will write three functions:
#
# | function | what it does | points |
# |---|---|---|
# | `bump(left, right, height, steepness)` | returns the weights of two sigmoid units that make a bump | 4 |
# | `relu_interpolant(knots, values)` | returns the weights of a ReLU network that joins given points by straight lines | {{points of relu-interpolant}} |
# | `width_for_error(curvature, length, tolerance)` | says how many pieces keep the error below a tolerance | 3 |
#
# Read the chapter “Universal approximation” first, close it, and allow 60 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit import ReLU, Sigmoid
from mlpkit.visible import visible

# %% [markdown]
# ## A network as four arrays
#
# All networks here have one input, one hidden layer of $H$ units with the activation function $\varphi$, and one output
# without any:
#
# $$g(x) = \sum_{j=1}^{H} W^{(2)}_j\, \varphi\bigl(x\, W^{(1)}_j + b^{(1)}_j\bigr) + b^{(2)} .$$
#
# | array | is | shape |
# |---|---|---|
# | `W1`, `b1` | weights $W^{(1)}$ and biases $b^{(1)}$ of the hidden layer | $(1, H)$, $(H,)$ |
# | `W2`, `b2` | weights $W^{(2)}$ and bias $b^{(2)}$ of the output | $(H, 1)$, $(1,)$ |
#
# The next function is written for you. It computes $g$ at each number of an array, and complains when a shape is wrong.


# %%
def evaluate(weights, activation, x):
    """Return g(x) for each number in the array x, given weights = (W1, b1, W2, b2)."""
    W1, b1, W2, b2 = weights
    H, shapes = np.size(b1), [np.shape(array) for array in weights]
    if shapes != [(1, H), (H,), (H, 1), (1,)]:
        raise ValueError(f"W1, b1, W2, b2 have the shapes {shapes}, expected (1, H), (H,), (H, 1), (1,).")
    return (activation.forward(x[:, None] @ W1 + b1) @ W2 + b2)[:, 0]


# %% [markdown]
# ## A bump from two steps
#
# A sigmoid unit that is steep enough is nearly a step: 0 on the left, 1 on the right. Its *centre* is the $x$ at which
# its output is $\tfrac12$, where its pre-activation is zero. Switch one unit on at the left edge $l$, take another away
# from the right edge $r$ on, and what remains is a bump:
#
# $$g(x) = v\,\bigl(\sigma(\kappa(x - l)) - \sigma(\kappa(x - r))\bigr), \qquad l < r,$$
#
# where $\sigma$ is the sigmoid, $v$ the height and $\kappa > 0$ the steepness. Read the four arrays off this formula, and
# multiply out $\kappa(x - l)$ before you write down the bias.

# %% nbgrader={"grade": false, "grade_id": "bump", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bump(left, right, height, steepness):
    """Return W1, b1, W2, b2, NumPy arrays of shapes (1, 2), (2,), (2, 1), (1,): a bump from left to right.

    Both hidden units are sigmoids with `steepness` as their input weight; the centre of one is `left`, that of the other
    `right`. Which of them comes first is up to you. The output is about `height`, which may be negative, between the
    edges and about 0 outside. The four numbers may be ints or floats. Each call returns arrays of its own.

    With bump(1, 3, 2, 100) the network puts out 0, 1, 2, 1, 0 at x = 0, 1, 2, 3, 4, to more digits than are printed.
    """
    ### BEGIN SOLUTION bump: return W1, b1, W2, b2 of shapes (1, 2), (2,), (2, 1), (1,), one sigmoid unit for each edge.
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)
    ### END SOLUTION


# %% [markdown]
# ## Test 1 · bump (4 points)
#
# The first bump is the one of the docstring, so steep that nine digits are those of a perfect box, except at the edges,
# where it has half its height. The second is so gentle that it falls short: in the middle it reaches
# $v\tanh(\kappa(r - l)/4)$. Your work is graded on other edges, heights and steepnesses, and by the arrays themselves,
# in either order of the units.

# %% nbgrader={"grade": true, "grade_id": "step-bump", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("step-bump", bump)
### END HIDDEN TESTS
with visible("Universal approximation, section “First construction: bumps”") as check:
    box, hill = bump(1, 3, 2, 100), bump(-1.0, 1.0, 5.0, 2.0)
    check.equal("input weights of the box", np.asarray(box[0]), [[100, 100]])
    check.equal("box", evaluate(box, Sigmoid(), np.array([0.0, 1.0, 2.0, 3.0, 4.0])), [0, 1, 2, 1, 0])
    check.equal("input weights of the hill", np.asarray(hill[0]), [[2, 2]])
    check.equal("top of the hill", evaluate(hill, Sigmoid(), np.array([0.0])), [5 * np.tanh(1)])

# %% [markdown]
# ## A broken line from ReLU units
#
# A unit $(x - t)_+ = \max(0, x - t)$ is zero up to its kink $t$ and rises with slope 1 from there on. Given are *knots*
# $t_0 < t_1 < \dots < t_P$ with values $v_0, \dots, v_P$. The piecewise-linear *interpolant* joins the points
# $(t_i, v_i)$ by straight lines: on the piece from $t_i$ to $t_{i+1}$ its slope is
#
# $$q_i = \frac{v_{i+1} - v_i}{t_{i+1} - t_i}, \qquad i = 0, \dots, P - 1 .$$
#
# Walk from left to right. You start at height $v_0$, with slope $q_0$ from $t_0$ on. At each later knot the slope must
# change, and the units that are on already go on contributing what they did. So what must a unit with its kink at $t_i$
# add? Write it down as a formula and check it on the second piece before you write any code.
#
# | array | shape | holds |
# |---|---|---|
# | `knots`, `values` | $(P + 1,)$ | $t_0, \dots, t_P$ and $v_0, \dots, v_P$ |
# | slopes | $(P,)$ | $q_0, \dots, q_{P-1}$ |
# | `W1`, `b1`, `W2`, `b2` | $(1, H)$, $(H,)$, $(H, 1)$, $(1,)$ | the network; $H = P$ units suffice, one more is allowed |
#
# Two equal knots would ask for two values in one place, and knots out of order make the walk meaningless. Refuse both.

# %% nbgrader={"grade": false, "grade_id": "interpolant", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_interpolant(knots, values):
    """Return W1, b1, W2, b2, NumPy arrays of shapes (1, H), (H,), (H, 1), (1,): a ReLU network through the given points.

    `knots` and `values` are lists or arrays, of ints or floats, equally long, with two entries or more; they stay as they
    are. From knots[0] to knots[-1] the network equals the piecewise-linear interpolant; what it does outside is up to
    you, and so is the choice of the units. H is at most len(knots). Each call returns arrays of its own.

    Raises ValueError unless each knot is larger than the one before.

    With relu_interpolant([1, 2, 4], [3, 5, 1]) the network puts out 3, 4, 5, 3, 1 at x = 1, 1.5, 2, 3, 4.
    """
    ### BEGIN SOLUTION relu_interpolant: raise ValueError unless the knots strictly increase, else return W1, b1, W2, b2 of a network that changes its slope at each knot.
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    W1 = np.ones((1, len(slopes)))
    W2 = np.diff(slopes, prepend=0.0)[:, None]
    return W1, -knots[:-1], W2, values[:1].copy()
    ### END SOLUTION


# %% [markdown]
# ## Test 2 · relu_interpolant ({{points of relu-interpolant}})
#
# The first network follows the parabola $x^2$ through 0, 1 and 2; the second is the one of the docstring, whose knots
# are not equally far apart and whose first value is not 0. Any weights that make the right function are right: your work
# is graded by the network's output between the first and the last knot.

# %% nbgrader={"grade": true, "grade_id": "relu-interpolant", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("relu-interpolant", relu_interpolant)
### END HIDDEN TESTS
with visible("Universal approximation, section “Second construction: kinks”") as check:
    parabola = relu_interpolant([0, 1, 2], [0, 1, 4])
    check.equal("parabola", evaluate(parabola, ReLU(), np.array([0.0, 0.5, 1.0, 1.5, 2.0])), [0, 0.5, 1, 2.5, 4])
    uneven = relu_interpolant(np.array([1.0, 2.0, 4.0]), np.array([3.0, 5.0, 1.0]))
    check.equal("uneven knots", evaluate(uneven, ReLU(), np.array([1.0, 1.5, 2.0, 3.0, 4.0])), [3, 4, 5, 3, 1])
    H = np.size(uneven[1])
    check.that("number of units", H <= 3, f"is {H} for three knots, expected at most 3")
    check.raises("equal knots", ValueError, relu_interpolant, [0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 2.0, 3.0])

# %% [markdown]
# ## The width that a tolerance needs
#
# How good is the broken line? Cut $[0, T]$ into $P$ equal pieces of width $h = T/P$, and let the target $f$ have the
# values of the network at the knots. If $|f''| \le B$ everywhere, the two are never further apart than
#
# $$\frac{h^2 B}{8} .$$
#
# $B$ is called a bound on the curvature. Turn this round: given a tolerance $\varepsilon$, what is the smallest whole
# $P$ for which the bound is at most $\varepsilon$? Solve for $P$, then think about the way to round, and about a
# function without curvature: it, too, takes one piece.

# %% nbgrader={"grade": false, "grade_id": "width", "locked": false, "schema_version": 3, "solution": true, "task": false}
def width_for_error(curvature, length, tolerance):
    """Return the smallest number of equal pieces of [0, length], at least 1, for which h² · curvature / 8 <= tolerance.

    h is the width of a piece. `curvature` is 0 or positive, `length` and `tolerance` are positive, ints or floats. The
    result is an int, Python's or NumPy's, not a float.

    width_for_error(2, 3, 0.1) is 5: five pieces have the bound 0.6² · 2 / 8 = 0.09, four 0.75² · 2 / 8 ≈ 0.14. A bound
    that equals the tolerance is small enough: width_for_error(8, 1, 0.25) is 2.
    """
    ### BEGIN SOLUTION width_for_error: solve (length / P)² · curvature / 8 <= tolerance for P, and return the smallest such whole number, at least 1.
    needed = length * np.sqrt(curvature / (8 * tolerance))
    return max(1, int(np.ceil(needed * (1 - 1e-12))))  # rounding may have lifted a whole number a little
    ### END SOLUTION


# %% [markdown]
# ## Test 3 · width_for_error (3 points)
#
# The sine on $[0, 2\pi]$ has $B = 1$. The chapter says how many pieces keep its error below 0.01.

# %% nbgrader={"grade": true, "grade_id": "width-for-error", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("width-for-error", width_for_error)
### END HIDDEN TESTS
with visible("Universal approximation, section “Second construction: kinks”") as check:
    pieces = width_for_error(1.0, 2 * np.pi, 0.01)
    check.equal("pieces for the sine", pieces, 23)
    check.that("type", isinstance(pieces, int | np.integer), f"is {type(pieces).__name__}, expected int")
    check.equal("bound equal to the tolerance", width_for_error(8, 1, 0.25), 2)
    check.equal("pieces for a straight line", width_for_error(0, 3, 0.1), 1)

# %% [markdown]
# ## Put it to work
#
# Choose a function, and approximate it twice: by a staircase of your bumps, each as high as $f$ in the middle of its
# piece, and by your broken line. If you change `f`, change `T` and `B` with it: $B$ has to bound $|f''|$ on all of
# $[0, T]$. Here $f(x) = \sin x + \tfrac13 \sin 3x$, so $|f''(x)| = |\sin x + 3 \sin 3x| \le 4$.
#
# Two sums of units are a sum of units: networks are added by putting their hidden layers side by side. The staircase
# does that with $P$ bumps, and its outermost edges stand one piece further out, since a bump has only half its height at
# its own edge.


# %%
def f(x):
    return np.sin(x) + np.sin(3 * x) / 3


T, B = 2 * np.pi, 4


def staircase(P):
    h = T / P
    edges = h * np.arange(P + 1)
    edges[0], edges[-1] = -h, T + h
    heights = f(h * (np.arange(P) + 0.5))
    W1, b1, W2, b2 = zip(*(bump(*sizes, 40 / h) for sizes in zip(edges[:-1], edges[1:], heights)))
    return np.hstack(W1), np.hstack(b1), np.vstack(W2), np.sum(b2, axis=0)


def broken_line(P):
    knots = np.linspace(0, T, P + 1)
    return relu_interpolant(knots, f(knots))


x = np.linspace(0, T, 10001)


def largest_error(weights, activation):
    return np.abs(evaluate(weights, activation, x) - f(x)).max()


P = width_for_error(B, T, 0.01)
print(f"promised: at most 0.01 with {P} pieces; measured: {largest_error(broken_line(P), ReLU()):.5f}")

# %% [markdown]
# The bound makes a second promise: twice as many pieces, a quarter of the error. On axes that are both logarithmic that
# is a straight line with slope $-2$. For the bumps the chapter promises $-1$.

# %%
from mlpkit.plotting import BLUE, GREEN, ORANGE

widths = np.array([16, 32, 64, 128, 256])
methods = [("bumps", staircase, Sigmoid(), ORANGE, "s"), ("broken line", broken_line, ReLU(), GREEN, "o")]

figure, (left_ax, right_ax) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
left_ax.plot(x, f(x), color=BLUE, linestyle="--", label="f")
for name, build, activation, colour, marker in methods:
    left_ax.plot(x, evaluate(build(16), activation, x), color=colour, label=name)
    errors = [largest_error(build(P), activation) for P in widths]
    slope = np.polyfit(np.log(widths), np.log(errors), 1)[0]
    right_ax.loglog(widths, errors, color=colour, marker=marker, label=f"{name}: slope {slope:.2f}")
right_ax.loglog(widths, (T / widths) ** 2 * B / 8, color="grey", linestyle=":", label="bound for the broken line")
left_ax.set(xlabel="x", title="16 pieces")
right_ax.set(xlabel="pieces", ylabel="largest error", title="Error against width", xticks=widths, xticklabels=widths)
right_ax.minorticks_off()
for ax in (left_ax, right_ax):
    ax.legend(frameon=False)

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. `np.sqrt(x)` for `f`, with `T = 1`. Which $B$ is true for it, and what becomes of the slope $-2$?
# 2. Bumps with the same steepness, 40, for every width, instead of `40 / h`.
# 3. The same plot on the left, drawn from $-2$ to $T + 2$ instead of $0$ to $T$.
#
# <details><summary>What you will see</summary>
#
# 1. No $B$ is: $|f''|$ grows beyond all bounds towards 0, and so the theorem promises nothing. The slope of the broken
#    line is $-\tfrac12$: on the first piece the error is $\sqrt h/4$, and a quarter of the width halves it.
# 2. At first hardly anything changes. Then the error of the bumps falls more and more slowly: once a piece is shorter
#    than the rise of a step, more pieces no longer make the network sharper.
# 3. The bumps fall to 0 about one piece beyond the ends. The broken line goes on straight for ever. Neither has anything
#    to do with $f$ there: the bound is about the interval and says nothing about the rest.
#
# </details>

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
# # 1 · The perceptron
#
# One unit that learns from its mistakes, a proof that it will stop, and a problem that it cannot solve: everything later
# in the course grows out of these three. You will write four functions:
#
# | function | what it does | points |
# |---|---|---|
# | `predict(w, b, X)` | answers +1 or −1 for each row | 2 |
# | `fit(X, y, max_epochs=100)` | learns `w` and `b` by Rosenblatt's rule | {{points of fit}} |
# | `mistake_bound(X, y, w, b)` | says how many mistakes the rule can make at most | {{points of mistake-bound}} |
# | `xor_network()` | returns weights that you have chosen by hand | 3 |
#
# Read the chapter “The perceptron and its limits” first, close it, and allow 60 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit.data import logic_gate
from mlpkit.visible import visible

# %% [markdown]
# ## One threshold unit
#
# A unit with weights $w$ and bias $b$ computes the score $z = x \cdot w + b$ of an example $x$. It answers $a = +1$ if
# $z \ge 0$ and $a = -1$ if not. For $N$ examples with $D$ inputs each, the rows of a matrix $X$, all scores come from one
# product:
#
# $$z = Xw + b, \qquad z_n = \sum_{d} X_{nd}\, w_d + b .$$
#
# | array | is | shape |
# |---|---|---|
# | `X` | examples, one in each row | $(N, D)$ |
# | `w`, `b` | weights, bias | $(D,)$, a number |
# | what `predict` returns | the answers, $\pm 1$ | $(N,)$ |
#
# Mind the score 0. It is no rare accident: `fit` will begin with $w = 0$ and $b = 0$, where every score is 0.

# %% nbgrader={"grade": false, "grade_id": "unit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(w, b, X):
    """Return +1 for each row of X whose score X w + b is at least 0, else −1: an integer array of shape (N,).

    X has shape (N, D) and may hold whole numbers; X, w and b stay as they are.

    With w = [1, -2] and b = 1, the scores of [[3, 1], [1, 1], [0, 1]] are 2, 0 and -1,
    and predict returns [1, 1, -1].
    """
    ### BEGIN SOLUTION predict: compute the scores X w + b, then return 1 where they are at least 0 and -1 elsewhere.
    return np.where(X @ w + b >= 0, 1, -1)
    ### END SOLUTION


# %% [markdown]
# ## Test 1 · predict (2 points)
#
# Your work is graded on other inputs: other numbers of rows and of columns, and scores of exactly 0 among them.

# %% nbgrader={"grade": true, "grade_id": "predict", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("predict", predict)
### END HIDDEN TESTS
w, b = np.array([1.0, -2.0]), 1.0
X = np.array([[3.0, 1.0], [1.0, 1.0], [0.0, 1.0], [-1.0, 0.0]])  # the scores are 2, 0, -1 and 0

with visible("The perceptron and its limits, section “One threshold unit”") as check:
    check.equal("predict(w, b, X)", predict(w, b, X), [1, 1, -1, 1])
    check.equal("predict(w, b, one row)", predict(w, b, X[2:3]), [-1])
    check.that("its dtype", np.asarray(predict(w, b, X)).dtype.kind in "iu", "is not an integer dtype")

# %% [markdown]
# ## Learning from mistakes
#
# Rosenblatt's rule begins with $w = 0$ and $b = 0$ and shows the unit one example after the other, in the order of the
# rows. Let $y$ be the right answer, $+1$ or $-1$. If the unit's answer $a$ is right, nothing happens. If $a \ne y$,
#
# $$w \leftarrow w + y\,x, \qquad b \leftarrow b + y .$$
#
# The change takes place at once: the next example meets the new weights. It moves the score of $x$ towards the side of
# $y$, by $\lVert x\rVert^2 + 1$.
#
# One pass through all rows is an *epoch*. The rule stops after an epoch without a mistake, since nothing would change from
# then on. If the classes cannot be separated there is no such epoch, and so `max_epochs` says when to give up.
#
# | array | is | shape |
# |---|---|---|
# | `X`, `y` | examples, right answers $\pm 1$ | $(N, D)$, $(N,)$ |
# | `w`, `b` | weights, bias | $(D,)$, a number |
# | `mistakes` | how many mistakes were made in each epoch | one number an epoch |
#
# You may call your `predict` in `fit`. It wants a matrix: row `n` alone, as a matrix, is `X[n:n + 1]`.

# %% nbgrader={"grade": false, "grade_id": "rule", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit(X, y, max_epochs=100):
    """Train a unit by Rosenblatt's rule, from w = 0 and b = 0, and return (w, b, mistakes).

    w is an array of shape (D,) and b is a number, as the last epoch has left them. mistakes is a list (or an array)
    with the number of mistakes made in each epoch. Training stops after an epoch without mistakes, whose 0 is the
    last in the list, or after max_epochs (1 or more), whichever comes first.

    X may hold whole numbers; X and y stay as they are.

    With X = [[1], [-1]] and y = [-1, 1] the only mistake is on the first row:
    w = [-1], b = -1 and mistakes = [1, 0].
    """
    ### BEGIN SOLUTION fit: go through the rows, epoch by epoch, add y x to w and y to b on each mistake, and return (w, b, mistakes).
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        wrong = 0
        for n in range(len(X)):
            if predict(w, b, X[n : n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
                wrong += 1
        mistakes.append(wrong)
    return w, b, mistakes
    ### END SOLUTION


# %% [markdown]
# ## Test 2 · fit ({{points of fit}})
#
# The first test is the run on OR that the chapter writes out step by step. If your numbers differ, compare your run
# with its table, row by row. XOR cannot be learnt: there the rule has to give up when it is told to.

# %% nbgrader={"grade": true, "grade_id": "fit", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("fit", fit)
### END HIDDEN TESTS
with visible("The perceptron and its limits, section “Learning from mistakes”") as check:
    X, bits = logic_gate("or")
    w, b, mistakes = fit(X, 2 * bits - 1)
    check.equal("w for OR", w, [1, 1])
    check.equal("b for OR", b, -1)
    check.equal("mistakes for OR", np.array(mistakes), [2, 2, 1, 0])

    X, bits = logic_gate("xor")
    w, b, mistakes = fit(X, 2 * bits - 1, max_epochs=6)
    check.equal("mistakes for XOR", np.array(mistakes), [3, 3, 4, 4, 4, 4])

# %% [markdown]
# ## The rule must stop
#
# Suppose you know weights $w$ and a bias $b$ that separate the two classes strictly: $y\,z > 0$ for every example. Then you
# can tell how many mistakes the rule makes at most, before it has begun. Novikoff's theorem wants the bias as one more
# weight, whose input is always 1, and it wants weights of length 1:
#
# $$\tilde x = (x_1, \dots, x_D, 1), \qquad v^* = \frac{(w_1, \dots, w_D, b)}{\lVert (w_1, \dots, w_D, b)\rVert} .$$
#
# Let $R$ be the largest $\lVert\tilde x\rVert$ and $\gamma$ the smallest $y\,(\tilde x \cdot v^*)$ of all examples.
# The number $T$ of mistakes satisfies
#
# $$T \le \left(\frac{R}{\gamma}\right)^2 .$$
#
# | symbol | is | shape |
# |---|---|---|
# | $\tilde x$, all of them as rows | examples with a 1 behind each | $(N, D + 1)$ |
# | $v^*$ | weights and bias, scaled to length 1 | $(D + 1,)$ |
# | $R$, $\gamma$ | a length, a margin | numbers |

# %% nbgrader={"grade": false, "grade_id": "bound", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mistake_bound(X, y, w, b):
    """Return Novikoff's bound (R/γ)², a float, from weights w and a bias b that separate the classes.

    w and b may have any length; they are scaled here. X and w may hold whole numbers; X, y and w stay as they are.
    Raises ValueError unless y (x·w + b) > 0 for every row.

    With X = [[2], [-2]], y = [1, -1], w = [5] and b = 0, R² is 2² + 1 = 5, γ is 2, and the bound is 5/4 = 1.25.
    """
    ### BEGIN SOLUTION mistake_bound: raise ValueError unless every y (x·w + b) is above 0; else return (R/γ)², with a 1 behind each row and b behind w.
    rows = np.column_stack([X, np.ones(len(X))])
    separator = np.append(w, b)
    margins = y * (rows @ separator)
    if margins.min() <= 0:
        raise ValueError("w and b do not separate the classes strictly.")
    gamma = margins.min() / np.linalg.norm(separator)
    return float(((rows**2).sum(axis=1)).max() / gamma**2)
    ### END SOLUTION


# %% [markdown]
# ## Test 3 · mistake_bound ({{points of mistake-bound}})
#
# The rule made 5 mistakes on OR and makes 11 on AND. The bounds are larger, as they must be. Weights ten times as long
# answer every example in the same way, so the bound is the same.

# %% nbgrader={"grade": true, "grade_id": "mistake-bound", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("mistake-bound", mistake_bound)
### END HIDDEN TESTS
X, bits = logic_gate("or")
y, w = 2 * bits - 1, np.array([2.0, 2.0])

with visible("The perceptron and its limits, section “The rule must stop”") as check:
    check.equal("the bound for OR", mistake_bound(X, y, w, -1.0), 27)
    check.equal("with weights ten times as long", mistake_bound(X, y, 10 * w, -10.0), 27)
    check.equal("the bound for AND", mistake_bound(X, 2 * logic_gate("and")[1] - 1, w, -3.0), 51)
    check.raises("a row on the wrong side", ValueError, mistake_bound, X, y, w, -3.0)
    check.raises("two rows on the boundary", ValueError, mistake_bound, X, y, w, -2.0)

# %% [markdown]
# ## Two layers solve XOR
#
# No single unit computes XOR, and the chapter proves it twice. Three units can. Two of them look at the input $x$, the
# third looks at *their* answers. All three put out 1 if their score is **above** 0 and 0 if not. This is the chapter's
# $\operatorname{step}$: here a score of exactly 0 means no.
#
# $$
# a^{(1)} = \operatorname{step}\bigl(x\,W^{(1)} + b^{(1)}\bigr), \qquad
# a^{(2)} = \operatorname{step}\bigl(a^{(1)} \cdot w^{(2)} + b^{(2)}\bigr)
# $$
#
# | array | is | shape |
# |---|---|---|
# | `W1`, `b1` | the two hidden units: unit $h$ has column $h$ of `W1` and entry $h$ of `b1` | $(2, 2)$, $(2,)$ |
# | `w2`, `b2` | the output unit | $(2,)$, a number |
#
# Nothing is learnt here: you choose the nine numbers. Many choices are right. Draw the square of the four inputs on
# paper, decide what each hidden unit is to say, and write down the inequalities, as the chapter does for AND.

# %% nbgrader={"grade": false, "grade_id": "network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xor_network():
    """Return (W1, b1, w2, b2), the weights of a network of threshold units that computes XOR.

    W1 has shape (2, 2), b1 and w2 have shape (2,) and b2 is a number. For each row x of {0, 1}²,
    step(step(x @ W1 + b1) @ w2 + b2) is 1 if exactly one of the two inputs is 1, and else 0; step(z) is 1 if z > 0,
    and else 0.
    """
    ### BEGIN SOLUTION xor_network: choose the weights by hand and return (W1, b1, w2, b2).
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-0.5, -1.5])
    w2 = np.array([1.0, -1.0])
    b2 = -0.5
    return W1, b1, w2, b2
    ### END SOLUTION


# %% [markdown]
# ## Test 4 · xor_network (3 points)
#
# The lines printed show what your hidden units answer, which is where to look if an output is wrong. The output unit can
# tell two inputs apart only if the hidden units do.

# %% nbgrader={"grade": true, "grade_id": "xor-network", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("xor-network", xor_network)
### END HIDDEN TESTS
def step(z):
    return (z > 0).astype(int)

X, bits = logic_gate("xor")
W1, b1, w2, b2 = xor_network()
hidden = step(X @ W1 + b1)
output = step(hidden @ w2 + b2)
for x, a1, a2 in zip(X.astype(int), hidden, output):
    print(f"input {x}  hidden {a1}  output {a2}")

with visible("The perceptron and its limits, section “Two layers solve XOR”") as check:
    shapes = [np.shape(part) for part in (W1, b1, w2, b2)]
    check.that("The shapes", shapes == [(2, 2), (2,), (2,), ()], f"are {shapes}, expected (2, 2), (2,), (2,) and ()")
    check.equal("the output", output, bits)

# %% [markdown]
# ## Put it to work
#
# Sixty points, and a line that nobody tells the unit. Each panel shows how far one more epoch has brought it. The title
# counts the mistakes made *during* the epoch, the crosses mark what the line gets wrong *after* it.

# %%
from mlpkit.plotting import decision_boundary

rng = np.random.default_rng(7)
secret = np.array([1.0, -2.0, 0.3])
X = rng.uniform(-1, 1, (400, 2))
scores = X @ secret[:2] + secret[2]
far = np.abs(scores) > 0.1
X, y = X[far][:60], np.where(scores > 0, 1, -1)[far][:60]

figure, axes = plt.subplots(2, 4, figsize=(10, 5.4), sharex=True, sharey=True)
for epochs, ax in enumerate(axes.flat, start=1):
    w, b, mistakes = fit(X, y, max_epochs=epochs)
    decision_boundary(ax, lambda grid: grid @ w + b, X, y)
    wrong = predict(w, b, X) != y
    ax.scatter(*X[wrong].T, s=80, marker="x", color="black")
    ax.set_title(f"mistakes in epoch {len(mistakes)}: {mistakes[-1]}")
figure.tight_layout()

print("Mistakes in all:", sum(mistakes), " Novikoff's bound:", round(mistake_bound(X, y, secret[:2], secret[2])))

# %% [markdown]
# And this is what your XOR network answers on the whole plane, not only at the four corners that it was made for.

# %%
X, bits = logic_gate("xor")
W1, b1, w2, b2 = xor_network()
figure, ax = plt.subplots(figsize=(3.6, 3.6))
decision_boundary(ax, lambda grid: step(step(grid @ W1 + b1) @ w2 + b2) - 0.5, X, bits, cells=200)
ax.set_title("XOR by two layers");

# %% [markdown]
# Three things to try with the sixty points. Before you run each, write down what you expect.
#
# 1. Keep only points farther from the secret line: `far = np.abs(scores) > 0.5`.
# 2. Turn the label of one point round: `y[10] = -y[10]`.
# 3. Show the points in another order: `order = rng.permutation(60)`, then `X, y = X[order], y[order]`.
#
# <details><summary>What you may see</summary>
#
# 1. The margin is five times as wide, and the bound falls from 861 to 50. The rule needs 6 mistakes in place of 23, and only
#    three epochs. The later panels repeat the third.
# 2. No line is right about every point any more. The rule goes on making mistakes for as long as you let it, and your
#    `mistake_bound` refuses the secret line with its ValueError.
# 3. Another line, and most likely another number of mistakes. The bound is the same, since it does not depend on the order.
#
# </details>

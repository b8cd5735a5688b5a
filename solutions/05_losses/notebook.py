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
# # 5 · Losses
#
# A loss turns everything that a network got wrong into one number, and its gradient is where backpropagation begins.
# Whatever the loss does not pass on, no layer can learn. You will write three of them:
#
# | class | for | `forward` | `backward` |
# |---|---|---|---|
# | `MeanSquaredError` | numbers | {{points of mse-forward}} | 2 points |
# | `BinaryCrossEntropy` | two classes, one logit | {{points of bce-forward}} | 3 points |
# | `SoftmaxCrossEntropy` | any number of classes, a logit each | 3 points | 3 points |
#
# Read the section “Where the gradient begins: losses” of the chapter “Backpropagation” first, close it, and allow
# 60 minutes. If logits are new to you, begin with “What the last layer puts out” in “Neurons, layers and networks”.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit.visible import visible

# %% [markdown]
# ## What every loss does
#
# `forward(prediction, target)` returns the loss $L$ as a single float, the mean over a batch of $N$ examples, and
# remembers what `backward` needs. `backward()` returns $\partial L/\partial(\text{prediction})$. It takes no argument: the
# gradient begins here, so nothing comes from upstream.
#
# | what | is | shape |
# |---|---|---|
# | `prediction` | the network's output, always floats | each loss says which |
# | `target` | what would have been right | each loss says which |
# | what `forward` returns | $L$ | a single number |
# | what `backward` returns | $\partial L/\partial(\text{prediction})$ | the same as `prediction` |
#
# Four promises hold for all three:
#
# - The $1/N$ of the mean is in `backward` too. No layer divides again.
# - `prediction` and `target` belong to the caller. Neither method writes into them.
# - `backward` answers for the latest `forward`, whatever the size of its batch. Asked twice, it gives the same answer twice.
# - Two loss objects know nothing of each other.
#
# The activations of assignment 2 may be imported from `mlpkit`, or pasted from your own notebook.

# %% [markdown]
# ## Mean squared error
#
# Predictions $z$ and targets $y$ have the same shape, say $(N, M)$. The loss is the mean over **all** $NM$ entries:
#
# $$L = \frac{1}{NM}\sum_{n, m} (z_{nm} - y_{nm})^2 .$$
#
# Each $z_{nm}$ occurs in one term only. Differentiate that term, and keep the factor in front.
#
# Beware of NumPy's help. The difference of a `(4,)` and a `(4, 1)` is a `(4, 4)` matrix, its mean square is a number like
# any other, and a network trained on it learns nonsense. So unequal shapes must be an error.

# %% nbgrader={"grade": false, "grade_id": "mse", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MeanSquaredError:
    """The mean of (prediction − target)² over all elements."""

    def forward(self, prediction, target):
        """Return the loss, a float, for two arrays of one and the same shape, with any number of axes; targets may be integers.

        Raises ValueError when the two shapes differ, also where NumPy could broadcast them.

        forward([[1, 2]], [[1, 4]]) is (0² + 2²) / 2 = 2.
        """
        ### BEGIN SOLUTION MeanSquaredError.forward: compare the shapes, keep the difference, return the mean of its square.
        if np.shape(prediction) != np.shape(target):
            raise ValueError(f"prediction has shape {np.shape(prediction)}, target has shape {np.shape(target)}")
        self.difference = np.asarray(prediction) - target
        return float(np.mean(self.difference**2))
        ### END SOLUTION

    def backward(self):
        """Return dL/d(prediction), an array of the shape of prediction.

        After forward([[1, 2]], [[1, 4]]) it is [[0, −2]].
        """
        ### BEGIN SOLUTION MeanSquaredError.backward: return the derivative of the mean of the squares, entry by entry.
        return 2 * self.difference / self.difference.size
        ### END SOLUTION


# %% [markdown]
# ### Test 1 · the mean squared error ({{points of mse-forward}})

# %% nbgrader={"grade": true, "grade_id": "mse-forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("mse-forward", MeanSquaredError)
### END HIDDEN TESTS
loss = MeanSquaredError()
column = np.array([[1.0], [2.0], [3.0]])

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.equal("two by two", loss.forward(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1, 2], [1, 0]])), 5)
    check.equal("a column", loss.forward(column, np.array([[1.0], [2.0], [6.0]])), 3)
    check.raises("(3, 1) against (3,)", ValueError, loss.forward, column, column[:, 0])

# %% [markdown]
# ### Test 2 · its gradient (2 points)
#
# The test moves each entry of the prediction by a millionth, watches what your `forward` does, and compares the slope
# with what your `backward` says. It trusts `forward`, so make test 1 pass first.

# %% nbgrader={"grade": true, "grade_id": "mse-backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("mse-backward", MeanSquaredError)
### END HIDDEN TESTS
rng = np.random.default_rng(1)
loss = MeanSquaredError()

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.loss(loss, rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))

# %% [markdown]
# ## Cross-entropy for two classes
#
# Here the prediction is one **logit** $z$ for each example. The probability of class 1 is $p = \sigma(z) = 1/(1 + e^{-z})$,
# the target $y$ is 0 or 1, and the loss of one example is $-y\log p - (1 - y)\log(1 - p)$, with the natural logarithm.
# The class takes logits and does the sigmoid itself, because computed from $p$ the loss breaks: from about $z = 37$ on,
# $p$ is rounded to exactly 1. So write the loss in terms of $z$,
#
# $$L = \frac1N\sum_n \bigl[\log(1 + e^{z_n}) - y_n z_n\bigr],$$
#
# and find a form of $\log(1 + e^z)$ in which no exponent is ever positive. If you see a term that might overflow or a
# logarithm that might meet 0, do not patch it with a small constant or by clipping: rewrite the formula.
#
# The gradient is the reward for all that. Differentiate the bracket, and it is almost too simple.

# %% nbgrader={"grade": false, "grade_id": "bce", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BinaryCrossEntropy:
    """The mean of −y log p − (1 − y) log(1 − p), where p = σ(prediction)."""

    def forward(self, prediction, target):
        """Return the loss, a float. Logits and targets are both (N,) or both (N, 1); targets are 0 or 1, floats or integers.

        Raises ValueError for any other shapes, such as (N,) with (N, 1), or (N, 2) with (N, 2).
        Finite and right for logits up to ±10 000, whatever the targets. Where every answer is right and sure, such as the
        logit 25 with the target 1, the loss is the tiny number it should be, about e⁻²⁵: no small constant is added.

        forward([0, 2], [1, 0]) is (log 2 + log(1 + e²)) / 2 = 1.4100….
        """
        ### BEGIN SOLUTION BinaryCrossEntropy.forward: check the shapes, return the mean of log(1 + eᶻ) − y z in a form that cannot overflow.
        z, y = np.asarray(prediction), np.asarray(target)
        if z.shape != y.shape or z.shape not in [(len(z),), (len(z), 1)]:
            raise ValueError(f"logits and targets must both be (N,) or (N, 1), not {z.shape} and {y.shape}")
        self.z, self.y = z, y
        return float(np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))
        ### END SOLUTION

    def backward(self):
        """Return dL/d(prediction), an array of the shape of prediction; finite and right for logits up to ±10 000.

        After forward([0, 2], [1, 0]) it is [−0.25, 0.4403…].
        """
        ### BEGIN SOLUTION BinaryCrossEntropy.backward: return the derivative of the mean of log(1 + eᶻ) − y z, entry by entry.
        p = 0.5 * (1 + np.tanh(0.5 * self.z))
        return (p - self.y) / len(self.z)
        ### END SOLUTION


# %% [markdown]
# ### Test 3 · the loss for two classes ({{points of bce-forward}})
#
# At the logit 0 both classes have the probability $\tfrac12$, and the loss is $\log 2$ whatever the target. A logit of
# 1000 for the wrong class costs 1000.

# %% nbgrader={"grade": true, "grade_id": "bce-forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("bce-forward", BinaryCrossEntropy)
### END HIDDEN TESTS
loss = BinaryCrossEntropy()
z, y = np.array([0.0, 0.0, np.log(3), np.log(3)]), np.array([0, 1, 0, 1])
mean = (2 * np.log(2) + np.log(4) + np.log(4 / 3)) / 4
wide = np.array([1000.0, -1000.0])

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.equal("probabilities ½ and ¾", loss.forward(z, y), mean)
    check.equal("the same in a column", loss.forward(z[:, None], y[:, None]), mean)
    check.equal("sure and wrong", loss.forward(wide, np.array([0, 1])), 1000)
    check.equal("sure and right", loss.forward(wide, np.array([1, 0])), 0)
    check.raises("(4,) with (4, 1)", ValueError, loss.forward, z, y[:, None])
    check.raises("(2, 2) with (2, 2)", ValueError, loss.forward, z.reshape(2, 2), y.reshape(2, 2))

# %% [markdown]
# ### Test 4 · its gradient (3 points)

# %% nbgrader={"grade": true, "grade_id": "bce-backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("bce-backward", BinaryCrossEntropy)
### END HIDDEN TESTS
rng = np.random.default_rng(2)
loss = BinaryCrossEntropy()

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.loss(loss, rng.normal(size=5), np.array([0, 1, 1, 0, 1]))
    loss.forward(np.array([1000.0, -1000.0]), np.array([0, 1]))
    check.equal("sure and wrong", loss.backward(), [0.5, -0.5])
    check.equal("asked again", loss.backward(), [0.5, -0.5])

# %% [markdown]
# ## Cross-entropy for many classes
#
# With $C$ classes each example has a row of $C$ logits, and its label $y_n$ is a class number from 0 to $C - 1$. The softmax
# turns a row into probabilities, $s_{nc} = e^{z_{nc}} / \sum_j e^{z_{nj}}$, and the loss is
#
# $$L = -\frac1N\sum_n \log s_{n y_n} = \frac1N\sum_n \Bigl[\log\sum_j e^{z_{nj}} - z_{n y_n}\Bigr],
# \qquad \frac{\partial L}{\partial z_{nc}} = \frac1N\bigl(s_{nc} - [c = y_n]\bigr),$$
#
# where $[c = y_n]$ is 1 for the right class and 0 for the others. The index $n y_n$ picks one entry of each row. NumPy does
# it with two index arrays: `z[np.arange(N), labels]`, whereas `z[:, labels]` picks whole columns.
#
# | array | shape |
# |---|---|
# | logits $z$, probabilities $s$, the gradient | $(N, C)$ |
# | `labels` | $(N,)$, integers |
# | sums and maxima over a row | $(N,)$, or $(N, 1)$ with `keepdims=True` |
#
# Again no exponential may overflow, no logarithm may meet 0, and nothing may be added or clipped to prevent it. Shifting
# a row by its own maximum changes no probability. Work out where $z_{n y_n}$ has to go with it.

# %% nbgrader={"grade": false, "grade_id": "cross-entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SoftmaxCrossEntropy:
    """The mean of −log softmax(prediction)[label] over rows of logits."""

    def forward(self, prediction, target):
        """Return the loss, a float, for logits (N, C) and integer labels (N,) from 0 to C − 1. Not every class need occur.

        Finite and right for logits up to ±10 000, whatever the labels and however different the rows. Where every answer
        is right and sure, such as the row [0, 25] with the label 1, the loss is the tiny number it should be.

        forward([[0, log 2]], [0]) is −log(1/3) = 1.0986….
        """
        ### BEGIN SOLUTION SoftmaxCrossEntropy.forward: shift each row by its maximum, return the mean of log Σ eᶻ − z at the label.
        self.labels = target
        self.shifted = prediction - prediction.max(axis=1, keepdims=True)
        at_label = self.shifted[np.arange(len(target)), target]
        return float(np.mean(np.log(np.exp(self.shifted).sum(axis=1)) - at_label))
        ### END SOLUTION

    def backward(self):
        """Return dL/d(prediction), an array of shape (N, C); finite and right for logits up to ±10 000.

        After forward([[0, log 2]], [0]) it is [[−2/3, 2/3]].
        """
        ### BEGIN SOLUTION SoftmaxCrossEntropy.backward: return softmax minus one-hot, divided by N, and leave what forward stored as it is.
        exponentials = np.exp(self.shifted)
        gradient = exponentials / exponentials.sum(axis=1, keepdims=True)
        gradient[np.arange(len(gradient)), self.labels] -= 1
        return gradient / len(gradient)
        ### END SOLUTION


# %% [markdown]
# ### Test 5 · the loss for many classes (3 points)
#
# The logits below are logarithms of 1, 2 and 5, so that the probabilities are eighths.

# %% nbgrader={"grade": true, "grade_id": "cross-entropy-forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("cross-entropy-forward", SoftmaxCrossEntropy)
### END HIDDEN TESTS
loss = SoftmaxCrossEntropy()
eighths = np.log([[1.0, 2.0, 5.0], [5.0, 1.0, 2.0]])

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.equal("probabilities ⅛ and ¼", loss.forward(eighths, np.array([0, 2])), (np.log(8) + np.log(4)) / 2)
    check.equal("one row", loss.forward(eighths[:1], np.array([2])), np.log(8 / 5))
    check.equal("the same, moved by 1000", loss.forward(eighths[:1] + 1000, np.array([2])), np.log(8 / 5))
    check.equal("sure and wrong", loss.forward(np.array([[-500.0, 500.0]]), np.array([0])), 1000)

# %% [markdown]
# ### Test 6 · its gradient (3 points)

# %% nbgrader={"grade": true, "grade_id": "cross-entropy-backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("cross-entropy-backward", SoftmaxCrossEntropy)
### END HIDDEN TESTS
rng = np.random.default_rng(3)
loss = SoftmaxCrossEntropy()

with visible("Backpropagation, section “Where the gradient begins: losses”") as check:
    check.loss(loss, rng.normal(size=(4, 3)), np.array([2, 0, 1, 1]))
    loss.forward(np.log([[1.0, 2.0, 5.0]]), np.array([0]))
    check.equal("dL/dz", loss.backward(), [[-7 / 8, 2 / 8, 5 / 8]])
    check.equal("asked again", loss.backward(), [[-7 / 8, 2 / 8, 5 / 8]])

# %% [markdown]
# ## Put it to work: out of a deep mistake
#
# Two networks with the same weights are to tell two half moons apart. Their last bias is set to $-8$ at the start, so both
# are quite sure that every point belongs to class 0. One learns with your cross-entropy. The other puts a sigmoid at its
# end and learns with your mean squared error, which is a reasonable thing to try: $(p - y)^2$ is also 0 when all is right.
#
# On the left is what your two losses tell the logit of one point of class 1; for the squared error, the sigmoid's
# `backward` has passed it on. On the right is what comes of it.

# %%
from mlpkit import Linear, ReLU, Sequential, Sigmoid
from mlpkit.data import moons
from mlpkit.plotting import BLUE, ORANGE

X, labels = moons(200, np.random.default_rng(3))
y = labels[:, None]


def both(seed):
    """Yield for each loss its name, a network that ends in a bias of −8, the loss, and what comes between the two."""
    for name, loss, last in (("cross-entropy", BinaryCrossEntropy(), []), ("squared error", MeanSquaredError(), [Sigmoid()])):
        rng = np.random.default_rng(seed)
        network = Sequential(Linear(2, 16, rng), ReLU(), Linear(16, 1, rng))
        network.layers[-1].b[...] = -8
        yield name, network, loss, last


def learn(network, loss, last, steps=1500, learning_rate=0.5):
    """Train on all points at once and return, for each step, the share that was classified correctly."""
    whole, right = Sequential(network, *last), []
    for _ in range(steps):
        loss.forward(whole.forward(X), y)
        whole.backward(loss.backward())
        right.append(np.mean((network.forward(X) >= 0) == y))
        whole.update(learning_rate)
    return right


def slopes(loss, last, logits):
    """Return dL/dz at each logit of a single point of class 1."""
    for z in logits:
        whole = Sequential(*last)
        loss.forward(whole.forward(np.array([[z]])), np.array([[1]]))
        yield whole.backward(loss.backward()).item()


logits = np.linspace(-10, 6, 81)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
for (name, network, loss, last), colour, style in zip(both(seed=0), (BLUE, ORANGE), ("-", "--")):
    left.plot(logits, list(slopes(loss, last, logits)), color=colour, linestyle=style, label=name)
    right.plot(learn(network, loss, last), color=colour, linestyle=style, label=name)
left.set(xlabel="logit z of a point of class 1", ylabel="dL/dz")
right.set(xlabel="step", ylabel="share of points classified correctly", ylim=(0.4, 1.02))
left.legend(), right.legend();

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. A first bias of 0, then of $-20$, instead of $-8$.
# 2. Two output units and your `SoftmaxCrossEntropy` in place of one and `BinaryCrossEntropy`: class 1 where the second
#    logit is the larger. Do you need new weights to get the same loss?
# 3. Leave the $1/N$ out of `BinaryCrossEntropy.backward`.
#
# <details><summary>What you may see</summary>
#
# 1. From a bias of 0 the squared error gets there too, in about twice as many steps. From $-20$ it does not move at all:
#    its slope is about $-2e^{-20} \approx -4\cdot 10^{-9}$, while the cross-entropy still has $-1$ and is out after a few
#    steps.
# 2. No new ones. Give class 0 weights and a bias of zero, and class 1 those of the single unit: the softmax of $(0, z)$
#    gives class 1 the probability $\sigma(z)$, so the two losses agree. Training then differs a little, because both
#    columns learn.
# 3. Each step is 200 times as long. The first ones kill most of the ReLU units, and the share jumps about below 80 %. Put
#    the $1/N$ back afterwards: test 4 fails without it.
#
# </details>

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
# # 4 · The linear layer
#
# Almost every parameter of a network sits in a linear layer. Write this one class, and with the activations of
# assignment 2 you can build a network of any depth. You will write three methods:
#
# | method | what it does | points |
# |---|---|---|
# | `forward(X)` | computes the output and remembers what the next method needs | 3 |
# | `backward(upstream)` | turns the gradient of the output into gradients of `W`, `b` and `X` | {{points of linear-backward}} |
# | `update(learning_rate)` | moves `W` and `b` one step downhill | {{points of linear-update}} |
#
# Read the chapter “Layers as objects” first, close it, and allow 45 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit.visible import visible

# %% [markdown]
# ## What the layer computes
#
# A batch of $N$ examples with $D$ features each is a matrix $X$ of shape $(N, D)$: **rows are examples**. A layer of $M$
# units has a weight matrix $W$ and a bias vector $b$, and computes
#
# $$Y = XW + b, \qquad Y_{nm} = \sum_{d} X_{nd} W_{dm} + b_m .$$
#
# The same $b$ is added to every row. NumPy does that by broadcasting: `(N, M) + (M,)`.
#
# During training someone hands the layer $U = \partial L / \partial Y$, which we call *upstream*: how the loss $L$ would
# change with each number that the layer put out. From it, and from `X` and `W`, the layer makes three gradients:
#
# | array | is | shape | the same shape as |
# |---|---|---|---|
# | `X` | input | $(N, D)$ | |
# | `W`, `b` | parameters | $(D, M)$, $(M,)$ | |
# | `upstream` | $\partial L/\partial Y$ | $(N, M)$ | the output |
# | `dW`, `db` | $\partial L/\partial W$, $\partial L/\partial b$ | $(D, M)$, $(M,)$ | `W`, `b` |
# | what `backward` returns | $\partial L/\partial X$ | $(N, D)$ | `X` |
#
# If you forget a formula, the shapes leave few choices: `dW` must come out as $(D, M)$, and you have an $(N, D)$ and an
# $(N, M)$ to make it from.

# %% [markdown]
# ## Your layer
#
# `__init__` is written for you. Fill in the three methods; each docstring says what its method promises. Run this cell
# again after every change, then the test below it.

# %% nbgrader={"grade": false, "grade_id": "linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Linear:
    """An affine map of rows: forward(X) = X W + b."""

    def __init__(self, in_features, out_features, rng):
        # This scale keeps the size of the activations steady from layer to layer; chapter "Initialisation" says why.
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        """Return X W + b, shape (N, M), for X of shape (N, D); X itself stays as it is.

        Remember X: backward will be asked about the latest batch.

        With W = [[2], [3]] and b = [1], forward([[1, 10]]) is [[2·1 + 3·10 + 1]] = [[33]].
        """
        ### BEGIN SOLUTION Linear.forward: remember X, then return X W + b, of shape (N, M).
        self.X = X
        return X @ self.W + self.b
        ### END SOLUTION

    def backward(self, upstream):
        """Store self.dW and self.db and return dL/dX, given upstream = dL/d(output) of shape (N, M).

        The gradients have the shapes of W, b and X. Each call overwrites dW and db; upstream stays as it is.
        There is no 1/N here: the loss takes the mean over the batch, so upstream contains the 1/N already.

        With W = [[2], [3]] and X = [[1, 10]], backward([[5]]) stores dW = [[5], [50]] and db = [5]
        and returns [[10, 15]].
        """
        ### BEGIN SOLUTION Linear.backward: store self.dW (D, M) and self.db (M,), return dL/dX (N, D).
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
        ### END SOLUTION

    def update(self, learning_rate):
        """Take one step of gradient descent in place: W −= learning_rate · dW, b alike; dW and db stay as they are."""
        ### BEGIN SOLUTION Linear.update: subtract learning_rate times the gradient from W and b, in place.
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db
        ### END SOLUTION


# %% [markdown]
# ## Test 1 · forward (3 points)
#
# The rows of `X` below pick out single rows of `W`, so you can check the expected numbers in your head. Your work is
# graded on other inputs: batches of other sizes, and a square `W` among them.

# %% nbgrader={"grade": true, "grade_id": "linear-forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("linear-forward", Linear)
### END HIDDEN TESTS
layer = Linear(3, 2, np.random.default_rng(0))
layer.W[...] = [[1, 2], [3, 4], [5, 6]]
layer.b[...] = [100, 300]
X = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])

with visible("Layers as objects, section “The forward pass”") as check:
    check.equal("forward(X)", layer.forward(X), [[101, 302], [105, 306], [109, 312], [100, 300]])
    check.equal("forward(one row)", layer.forward(X[:1]), [[101, 302]])

# %% [markdown]
# ## Test 2 · backward ({{points of linear-backward}})
#
# The test nudges each entry of `W`, `b` and `X` by a millionth, watches what `forward` does, and compares the slope with
# what your `backward` says. This is *gradient checking*, the best friend of everyone who derives gradients by hand. It
# trusts your `forward`, so make test 1 pass first.

# %% nbgrader={"grade": true, "grade_id": "linear-backward", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("linear-backward", Linear)
### END HIDDEN TESTS
rng = np.random.default_rng(1)
layer = Linear(3, 2, rng)

with visible("Layers as objects, section “The backward pass”") as check:
    check.gradients(layer, rng.normal(size=(4, 3)))

# %% [markdown]
# ## Test 3 · update ({{points of linear-update}})
#
# `weights` and `layer.W` are two names of one array. A step *in place* shows under both.

# %% nbgrader={"grade": true, "grade_id": "linear-update", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("linear-update", Linear)
### END HIDDEN TESTS
layer = Linear(2, 1, np.random.default_rng(0))
layer.W[...] = [[1], [2]]
layer.b[...] = [3]
layer.dW, layer.db = np.array([[10.0], [-10.0]]), np.array([1.0])
weights = layer.W
layer.update(0.1)

with visible("Layers as objects, section “The update”") as check:
    check.equal("W", layer.W, [[0], [3]])
    check.equal("b", layer.b, [2.9])
    check.equal("W under its other name", weights, [[0], [3]])

# %% [markdown]
# ## Put it to work
#
# Three of your layers, with ReLU between them, learn to tell three spiral arms apart. No straight line could. The
# activation and the loss come from `mlpkit`; every number that is learnt lives in your class.

# %%
from mlpkit import ReLU, Sequential, SoftmaxCrossEntropy, accuracy, minibatches
from mlpkit.data import spirals
from mlpkit.plotting import decision_boundary

rng = np.random.default_rng(7)
X, y = spirals(300, rng)
network = Sequential(Linear(2, 32, rng), ReLU(), Linear(32, 32, rng), ReLU(), Linear(32, 3, rng))
loss = SoftmaxCrossEntropy()

for epoch in range(200):
    for X_batch, y_batch in minibatches(X, y, 30, rng):
        loss.forward(network.forward(X_batch), y_batch)
        network.backward(loss.backward())
        network.update(0.1)

figure, ax = plt.subplots(figsize=(5, 4))
decision_boundary(ax, network.forward, X, y)
ax.set_title(f"{accuracy(network, X, y):.0%} of the points classified correctly");

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. One unit in each hidden layer instead of 32.
# 2. A learning rate ten times as large.
# 3. No `ReLU()` at all.
#
# <details><summary>What you may see</summary>
#
# 1. The network can hardly bend anything, and a single ReLU unit easily dies: expect about a third of the points.
# 2. It may well work better. The best learning rate is often not far below the one at which training breaks down.
# 3. Three linear layers in a row are one linear layer. Straight lines get about half of the points right.
#
# </details>

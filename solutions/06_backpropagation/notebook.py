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
# # 6 · Backpropagation
#
# A gradient derived by hand is easily wrong, and a network with a wrong gradient often learns a little all the same, so
# nobody notices. Here you build the instrument that notices, then the container that carries gradients through a network
# of any depth, and last you compute one whole step of training line by line, with no class to help you.
#
# | task | what you write | points |
# |---|---|---|
# | 1 | `numerical_gradient(f, x, h)`: slopes measured by small steps | 4 |
# | 2 | `relative_error(a, b)`: one number that says how far two gradients are apart | 2 |
# | 3, 4, 5 | `Sequential`: `forward`, `backward` and `update` of a row of layers | 2 + 3 + 1 |
# | 6 | `worked_example(…)`: every number of one step, for one row of data | {{points of worked-example}} |
#
# Read the chapter “Backpropagation” first, close it, and allow 80 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit.visible import visible

# %% [markdown]
# ## Slopes by small steps
#
# Let $f$ turn an array $x$ into one number. To measure how $f$ changes with one entry of $x$, move that entry a little to
# either side, leave all others where they are, and divide the change of $f$ by the distance between the two points. This
# is the **central difference**
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h} ,$$
#
# where $h > 0$ is the step and $e_i$ is the array of the shape of $x$ that holds a 1 in place $i$ and 0 elsewhere. If $x$
# is a matrix, $i$ stands for a pair of indices; for an array of shape $(2, 2, 2)$, for three.
#
# | name | is | shape |
# |---|---|---|
# | `x` | where the slopes are measured | any, also `()` |
# | `f(x)` | a number | |
# | `h` | the step, a number | |
# | what is returned | one slope for each entry of `x` | that of `x` |
#
# For many entries this is far too slow to train with, but it knows nothing of your derivation, and so it can check it.

# %% nbgrader={"grade": false, "grade_id": "differences", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, h=1e-5):
    """Return the central differences (f(x + h e) − f(x − h e)) / 2h, one for each entry of x, in an array of x's shape.

    x is an array of floats of any shape, also () or (2, 2, 2), and may be a view such as A.T of another array. f accepts
    arrays of the shape of x alone, and returns a number. Whatever you do to x meanwhile, afterwards it holds bit for bit
    what it held before: note that x + h − h is rounded, and need not be x.

    With f(x) = x³, numerical_gradient(f, np.array(2.0), h=0.1) is (2.1³ − 1.9³) / 0.2 = 12.01.
    """
    ### BEGIN SOLUTION numerical_gradient: for each index of x, (f(x + h e) − f(x − h e)) / 2h, in an array of x's shape.
    x = np.array(x)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        slopes[i] = (above - f(x)) / (2 * h)
        x[i] = kept
    return slopes
    ### END SOLUTION


# %% [markdown]
# ## Test 1 · numerical_gradient (4 points)
#
# For the function `f` below, with $S = \sum_j x_j$ and $Q = \sum_j x_j^2$, the derivative is $Q + 2 x_i S$, and the
# central difference is larger by $h^2$, whatever $x$ is. That is why the expected numbers end in .01. Your work is graded
# with other functions, shapes and steps.

# %% nbgrader={"grade": true, "grade_id": "numerical-gradient", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("numerical-gradient", numerical_gradient)
### END HIDDEN TESTS
def f(x):
    return np.sum(x) * np.sum(x**2)

x = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
before = x.copy()

with visible("Backpropagation, section “Gradient checking”") as check:
    check.equal("x³ at 2", numerical_gradient(lambda x: x**3, np.array(2.0), h=0.1), 12.01)
    check.equal("f at a matrix", numerical_gradient(f, x, h=0.1), [[17.01, 7.01, 27.01], [7.01, 17.01, 17.01]])
    check.that("x afterwards", np.array_equal(x, before), "is not what it was")

# %% [markdown]
# ## How far apart are two gradients?
#
# Is a difference of $10^{-4}$ much? In a gradient of size 1000 it is next to nothing, in one of size $10^{-5}$ it is
# a mistake. So we divide by the size of what is compared. For two arrays $a$ and $b$ of the same shape let
#
# $$r(a, b) = \frac{\lVert a - b\rVert}{\max(\lVert a\rVert + \lVert b\rVert,\; 10^{-12})} ,$$
#
# where $\lVert a\rVert$ is the Euclidean norm over **all** elements, the root of the sum of their squares, whatever the
# shape of $a$. The maximum is there for two gradients that are zero: then $r$ is $0$ and not $0/0$.

# %% nbgrader={"grade": false, "grade_id": "ratio", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relative_error(a, b):
    """Return ‖a − b‖ / max(‖a‖ + ‖b‖, 1e-12), a number, for two arrays of one shape, which may be any; both stay as they are.

    relative_error(np.array([3.0, 0.0]), np.array([0.0, 4.0])) is 5 / (3 + 4).
    """
    ### BEGIN SOLUTION relative_error: the norm of a − b, divided by the sum of the norms or 1e-12, whichever is larger.
    sizes = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / max(sizes, 1e-12))
    ### END SOLUTION


# %% [markdown]
# ## Test 2 · relative_error (2 points)

# %% nbgrader={"grade": true, "grade_id": "relative-error", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("relative-error", relative_error)
### END HIDDEN TESTS
a = np.array([[1.0, 2.0], [3.0, 4.0]])

with visible("Backpropagation, section “Gradient checking”") as check:
    check.equal("(3, 0) and (0, 4)", relative_error(np.array([3.0, 0.0]), np.array([0.0, 4.0])), 5 / 7)
    check.equal("a and 2a", relative_error(a, 2 * a), 1 / 3)
    check.equal("a and −a", relative_error(a, -a), 1)
    check.equal("zeros and zeros", relative_error(np.zeros(3), np.zeros(3)), 0)

# %% [markdown]
# ## A row of layers
#
# A network is a composition: the output of each layer is the input of the next. With layers $f_1, \dots, f_K$, first to
# last,
#
# $$y = f_K(\dots f_2(f_1(X)) \dots) .$$
#
# For gradients the conversation runs the other way. What a layer's `backward` returns is $\partial L/\partial$(its input),
# and its input is the output of the layer before: so this is what the layer before wants as its `upstream`.
#
# | array | is | shape |
# |---|---|---|
# | `X` | input of the first layer | whatever that layer accepts |
# | what `forward` returns | output of the last layer | whatever that layer makes of it |
# | `upstream` | $\partial L/\partial y$ | the same as that output |
# | what `backward` returns | $\partial L/\partial X$ | that of `X` |
#
# The container then has `forward`, `backward` and `update` itself. It *is* a layer, and can stand inside another one.
#
# `__init__` is written for you. Ask nothing of a layer but its three methods: your work is graded with layers
# that have no others.

# %% nbgrader={"grade": false, "grade_id": "sequential", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Sequential:
    """The composition of its layers, first layer first. Without layers it changes nothing: forward returns X itself."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        """Return the output of the last layer. Call each layer's forward once, in order; X stays as it is.

        If the first layer adds 1 and the second multiplies by 10, forward([[0], [1]]) is [[10], [20]].
        """
        ### BEGIN SOLUTION Sequential.forward: hand X to the first layer, its output to the second, and so on; return the last.
        for layer in self.layers:
            X = layer.forward(X)
        return X
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dX, given upstream = dL/d(output), which stays as it is. Call each layer's backward once.

        Each layer stores the gradients of its own parameters meanwhile; none of them moves here. As with any layer,
        calling backward twice gives the same answer twice, and it is about the latest forward. Without layers,
        dL/dX is upstream.
        """
        ### BEGIN SOLUTION Sequential.backward: hand upstream to one end of the row and pass on what comes back; return dL/dX.
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream
        ### END SOLUTION

    def update(self, learning_rate):
        """Call update(learning_rate) of each layer once: how it moves its parameters is its own business."""
        ### BEGIN SOLUTION Sequential.update: pass learning_rate on to the update of every layer.
        for layer in self.layers:
            layer.update(learning_rate)
        ### END SOLUTION


# %% [markdown]
# ## Test 3 · Sequential.forward (2 points)
#
# The tests use `Linear` of assignment 4, with weights set by hand and biases of zero. With $X$ as below the first layer's
# output is $(1, 2)$.

# %%
from mlpkit import Linear


def two_layers():
    first, second = Linear(2, 2, np.random.default_rng(0)), Linear(2, 2, np.random.default_rng(0))
    first.W[...] = [[1, 2], [3, 4]]
    second.W[...] = [[1, 1], [0, 1]]
    return first, second


X = np.array([[1.0, 0.0]])

# %% nbgrader={"grade": true, "grade_id": "sequential-forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("sequential-forward", Sequential)
### END HIDDEN TESTS
first, second = two_layers()

with visible("Layers as objects, section “A network is a layer”") as check:
    check.equal("two layers", Sequential(first, second).forward(X), [[1, 3]])
    check.equal("in the other order", Sequential(second, first).forward(X), [[4, 6]])
    check.equal("one inside another", Sequential(Sequential(first), second).forward(X), [[1, 3]])
    check.equal("no layers", Sequential().forward(X), X)

# %% [markdown]
# ## Test 4 · Sequential.backward (3 points)
#
# `backward` answers for the latest `forward`, so the test calls `forward` first: make test 3 pass before this one.

# %% nbgrader={"grade": true, "grade_id": "sequential-backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("sequential-backward", Sequential)
### END HIDDEN TESTS
first, second = two_layers()
network = Sequential(first, second)
network.forward(X)
dX = network.backward(np.array([[1.0, 10.0]]))

with visible("Layers as objects, section “A network is a layer”") as check:
    check.equal("dX, the value that backward returns,", dX, [[31, 73]])
    check.equal("dW of the second layer", getattr(second, "dW", None), [[1, 10], [2, 20]])
    check.equal("dW of the first layer", getattr(first, "dW", None), [[11, 10], [0, 0]])

# %% [markdown]
# ## Test 5 · Sequential.update (1 point)

# %% nbgrader={"grade": true, "grade_id": "sequential-update", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("sequential-update", Sequential)
### END HIDDEN TESTS
first, second = two_layers()
for layer in (first, second):
    layer.dW, layer.db = np.array([[10.0, 0.0], [0.0, 20.0]]), np.array([0.0, 1.0])
Sequential(first, second).update(0.1)

with visible("Layers as objects, section “The update”") as check:
    check.equal("W of the first layer", first.W, [[0, 2], [3, 2]])
    check.equal("b of the first layer", first.b, [0, -0.1])
    check.equal("W of the second layer", second.W, [[0, 1], [0, -1]])

# %% [markdown]
# ## One step, every number
#
# Now without any class: one row $x$ of length $D$ with its answer $y$, which is 0 or 1, a hidden layer of $H$ units with
# sigmoids, one output with a sigmoid, and binary cross-entropy. Forwards, with $\sigma$ for the sigmoid,
#
# $$
# z^{(1)} = x W^{(1)} + b^{(1)}, \quad a = \sigma(z^{(1)}), \quad
# z^{(2)} = a \cdot W^{(2)} + b^{(2)}, \quad p = \sigma(z^{(2)}),
# $$
#
# $$L = -y \log p - (1 - y)\log(1 - p) .$$
#
# Backwards, $\partial L/\partial z^{(2)}$ comes first, and from there every line needs only what an earlier line has
# found, one local derivative at a time. Then each parameter takes one step of gradient descent, and the forward pass runs
# again with all four new ones. Work it out on paper for the indices $d$ (inputs) and $m$ (hidden units) before you type.
#
# | in code | is | shape |
# |---|---|---|
# | `x`; `y` | one row; its answer, 0 or 1 | $(D,)$; a number |
# | `W1`, `b1` | first layer | $(D, H)$, $(H,)$ |
# | `W2`, `b2` | second layer | $(H,)$, a number |
# | `z1`, `a1` | hidden layer before and after the sigmoid, $z^{(1)}$ and $a$ | $(H,)$ |
# | `z2`, `p`, `loss` | $z^{(2)}$, $p$, $L$ | numbers |
# | `dz2`, `dW2`, … | $\partial L/\partial$ of what follows the d | of what follows the d |
#
# The sigmoid is an old acquaintance from assignment 2, and here is one:

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% nbgrader={"grade": false, "grade_id": "example", "locked": false, "schema_version": 3, "solution": true, "task": false}
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    """Return a dictionary with every number of one step of gradient descent on one row.

    Its keys are z1, a1, z2, p, loss of the forward pass; dz2, dW2, db2, da1, dz1, dW1, db1 of the backward pass; and,
    after one step, W1, b1, W2, b2 and new_loss, the loss with these. Shapes are those of the table. The arrays handed in
    stay as they are: the new W1 is another array.

    Compute the loss from the logit z2, as in assignment 5, so that it is right also where p is rounded to 1: for z2 = 40
    and y = 0 the loss is 40.

    With x = [1, 2], y = 1, all of W1, b1, b2 zero and W2 = [4, −4]: a1 is [0.5, 0.5], p is 0.5 and dz2 is −0.5.
    """
    ### BEGIN SOLUTION worked_example: forwards, backwards, one step, forwards again; return the numbers by name in a dictionary.
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    found = dict(z1=z1, a1=a1, z2=z2, p=p, loss=loss, dz2=dz2, dW2=dW2, db2=db2, da1=da1, dz1=dz1, dW1=dW1, db1=db1)
    return found | dict(W1=W1, b1=b1, W2=W2, b2=b2, new_loss=new_loss)
    ### END SOLUTION


# %% [markdown]
# ## Test 6 · worked_example ({{points of worked-example}})
#
# The weights are chosen so that you can follow all numbers but the last in your head. So many zeros hide mistakes, though:
# a second test, which you can make yourself, is the network of the chapter with the numbers printed there.

# %% nbgrader={"grade": true, "grade_id": "worked-example", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("worked-example", worked_example)
### END HIDDEN TESTS
found = worked_example(np.array([1.0, 2.0, 3.0]), 1, np.zeros((3, 2)), np.zeros(2), np.array([4.0, -4.0]), 0.0, 0.2)
expected = {
    "z1": [0, 0], "a1": [0.5, 0.5], "z2": 0, "p": 0.5, "loss": np.log(2),
    "dz2": -0.5, "dW2": [-0.25, -0.25], "db2": -0.5, "da1": [-2, 2],
    "dz1": [-0.5, 0.5], "dW1": [[-0.5, 0.5], [-1, 1], [-1.5, 1.5]], "db1": [-0.5, 0.5],
    "W1": [[0.1, -0.1], [0.2, -0.2], [0.3, -0.3]], "b1": [0.1, -0.1], "W2": [4.05, -3.95], "b2": 0.1,
    "new_loss": 0.06563839165753116,
}
sure_and_wrong = worked_example(np.ones(1), 0, np.zeros((1, 2)), np.zeros(2), np.zeros(2), 40.0, 0.2)

with visible("Backpropagation, section “A network by hand”") as check:
    for key, value in expected.items():
        check.equal(key, found.get(key), value)
    check.equal("loss at z2 = 40, y = 0", sure_and_wrong["loss"], 40)

# %% [markdown]
# ## Put it to work
#
# First the instrument: does it agree with a network's `backward`? `Linear`, `Tanh` and the loss come from `mlpkit`; the
# container, the slopes and the ratio are yours.

# %%
from mlpkit import BinaryCrossEntropy, Tanh
from mlpkit.data import logic_gate, moons

rng = np.random.default_rng(6)
X, y = moons(50, rng)
linear = [Linear(2, 8, rng), Linear(8, 1, rng)]
network, loss = Sequential(linear[0], Tanh(), linear[1]), BinaryCrossEntropy()


def loss_of_network():
    return loss.forward(network.forward(X), y.reshape(-1, 1))


def measured(layer, name, h=1e-5):
    """The slopes of the loss with respect to one parameter of a layer."""
    kept = getattr(layer, name)

    def loss_with(value):
        setattr(layer, name, value)
        return loss_of_network()

    gradient = numerical_gradient(loss_with, kept.copy(), h)
    setattr(layer, name, kept)
    return gradient


loss_of_network()
network.backward(loss.backward())
for number, layer in enumerate(linear, start=1):
    for name in ("W", "b"):
        error = relative_error(getattr(layer, "d" + name), measured(layer, name))
        print(f"d{name} of linear layer {number}: relative error {error:.0e}")

# %% [markdown]
# Then the question of the step: the same check of the first `dW` for steps from $10^{-12}$ to 1. And last, a neural
# network in one function. Your `worked_example` takes a step for one row of data, which is all it takes to learn XOR, the
# problem that no perceptron solves: keep the parameters it returns, and hand them in again with the next row.

# %%
steps = 10.0 ** np.arange(-12, 0.1, 0.5)
errors = [relative_error(linear[0].dW, measured(linear[0], "W", h)) for h in steps]

corners, answers = logic_gate("xor")
rng = np.random.default_rng(3)
parameters = rng.normal(size=(2, 4)), np.zeros(4), rng.normal(size=4), 0.0
losses = []
for epoch in range(1000):
    epoch_losses = []
    for row in rng.permutation(4):
        now = worked_example(corners[row], int(answers[row]), *parameters, learning_rate=0.5)
        parameters = now["W1"], now["b1"], now["W2"], now["b2"]
        epoch_losses.append(now["loss"])
    losses.append(np.mean(epoch_losses))

ticks = np.linspace(-0.5, 1.5, 60)
surface = [[worked_example(np.array([u, v]), 1, *parameters, learning_rate=0.5)["p"] for u in ticks] for v in ticks]

figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
left.loglog(steps, errors, marker="o", markersize=4)
left.set(xlabel="step h", ylabel="relative error of dW", title="The step: not too large, not too small")
middle.semilogy(losses)
middle.set(xlabel="epoch", ylabel="mean loss of the four rows", title="worked_example learns XOR")
image = right.contourf(ticks, ticks, surface, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.8)
figure.colorbar(image, ax=right, label="p")
for answer, marker in ((0, "o"), (1, "s")):
    spots = corners[answers == answer]
    right.scatter(*spots.T, s=80, marker=marker, color="white", edgecolors="black", label=f"y = {answer}")
right.legend(loc="center")
right.set(xlabel="first input", ylabel="second input", title="Probability of 1");

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. Divide by $h$ in place of $2h$ in `numerical_gradient`. Which relative error does every line of the check report?
# 2. Use forward differences, $(f(x + h e_i) - f(x)) / h$. How deep does the left curve still go, and at which step?
# 3. Start the training on XOR with all weights zero.
#
# <details><summary>What you may see</summary>
#
# 1. One third. The slopes are twice what they should be: $\lVert g - 2g\rVert / (\lVert g\rVert + \lVert 2g\rVert)$.
# 2. To about $2\cdot 10^{-8}$, at a step near $10^{-7}$. Central differences reach about $3\cdot 10^{-11}$ near $10^{-5}$.
# 3. All hidden units stay equal to one another for ever (the chapter “Initialisation” proves it), so that together they are
#    worth one. One unit can at best set one row apart from the other three: the mean loss gets stuck near 0.5.
#
# </details>

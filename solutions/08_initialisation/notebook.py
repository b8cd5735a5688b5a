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
# # 8 · Initialisation
#
# A network of thirty layers learns or stands still depending on the numbers that its weights start from. You will write
# the rules that choose them, the two instruments that show what a start does, and the brake for gradients that are too long:
#
# | function | what it does | points |
# |---|---|---|
# | `xavier_normal(fan_in, fan_out, rng)` | draws weights for tanh, from a normal distribution | 2 |
# | `xavier_uniform(fan_in, fan_out, rng)` | the same scale, from a uniform distribution | 2 |
# | `he_normal(fan_in, fan_out, rng)` | draws weights for ReLU | 2 |
# | `activation_scales(network, X)` | measures how large the numbers are, layer by layer | 2 |
# | `gradient_norms(network, loss, X, y)` | measures how large the gradients are, layer by layer | 3 |
# | `clip_gradients(network, max_norm)` | shortens the gradient without turning it | {{points of clip-gradients}} |
#
# Read the chapter “Initialisation and numerical stability” first, close it, and allow 60 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit import Linear, MeanSquaredError, ReLU, Sequential, SoftmaxCrossEntropy, Tanh
from mlpkit.visible import visible

# %% [markdown]
# ## Drawing weights
#
# A linear layer with $D$ inputs and $M$ units has a weight matrix $W$ of shape $(D, M)$. $D$ is called its *fan-in*, since
# so many numbers flow into each unit, and $M$ its *fan-out*, since each input goes to so many units. In code they are
# `fan_in` and `fan_out`.
#
# All weights are drawn independently, with mean 0 and the same variance $\operatorname{Var}(w)$. (With equal weights all
# units would stay equal for ever.) How large should the variance be? With small activations tanh is almost the identity. Then
# each layer multiplies the mean square of what comes in by $D \operatorname{Var}(w)$ on the way forward, and that of the
# gradient by $M \operatorname{Var}(w)$ on the way back. Xavier's rule treats the two directions alike: its variance is one over the
# mean of the two fans,
#
# $$
# \frac{D + M}{2}\,\operatorname{Var}(w) = 1 .
# $$
#
# | in code | in the chapter | is |
# |---|---|---|
# | `fan_in`, `fan_out` | $D$, $M$ | whole numbers, at least 1 |
# | `rng` | | the `numpy.random.Generator` to draw from |
# | what you return | $W$ | shape $(D, M)$, float64 |
#
# `rng.normal(mean, deviation, shape)` draws from a normal distribution. `rng.uniform(low, high, shape)` draws evenly
# between two limits. All your randomness comes from the `rng` that is passed in. Whoever passes a generator made from the
# same seed gets the same weights again; whoever calls twice with one generator gets two different arrays. NumPy's global
# generator (`np.random.normal`, `np.random.seed` and so on) is neither used nor changed: then two parts of a program
# cannot disturb each other.

# %% nbgrader={"grade": false, "grade_id": "xavier_normal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xavier_normal(fan_in, fan_out, rng):
    """Return a float64 array of shape (fan_in, fan_out): normal, mean 0, its variance one over the mean of the two fans.

    Each weight is drawn on its own, from `rng` and from nowhere else.

    With fan_in = 6 and fan_out = 2 the mean of the fans is 4 and the variance 1/4, so the standard deviation is 1/2.
    """
    ### BEGIN SOLUTION xavier_normal: work out the standard deviation, then return rng.normal(…) of the right shape.
    return rng.normal(0.0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
    ### END SOLUTION


# %% [markdown]
# ## Test 1 · xavier_normal (2 points)
#
# Random numbers have no expected values, but properties that can be measured. With thirty thousand draws the standard
# deviation is known to within one per cent or so. Your work is graded on other shapes.

# %% nbgrader={"grade": true, "grade_id": "xavier-normal", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("xavier-normal", xavier_normal)
### END HIDDEN TESTS
W = xavier_normal(300, 100, np.random.default_rng(0))
again = xavier_normal(300, 100, np.random.default_rng(0))

with visible("Initialisation and numerical stability, section “Xavier and He”") as check:
    check.that("shape", np.shape(W) == (300, 100), f"is {np.shape(W)}, expected (300, 100)")
    check.that("mean", abs(np.mean(W)) < 0.003, f"is {np.mean(W):.3f}, expected about 0")
    check.that("standard deviation", abs(np.std(W) - 0.0707) < 0.002, f"is {np.std(W):.4f}, expected about 0.0707")
    check.that("the same seed", np.array_equal(W, again), "gives other weights: draw from rng")

# %% [markdown]
# ## The uniform rule
#
# Numbers drawn evenly from $[-\ell, \ell]$ have mean 0 too. What is their variance? The density is $1/(2\ell)$, so
#
# $$
# \operatorname{Var}(w) = \int_{-\ell}^{\ell} w^2\,\frac{1}{2\ell}\,\mathrm dw .
# $$
#
# Work it out, and choose the limit $\ell$ so that the variance is Xavier's.

# %% nbgrader={"grade": false, "grade_id": "xavier_uniform", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xavier_uniform(fan_in, fan_out, rng):
    """Return a float64 array of shape (fan_in, fan_out): uniform on [−ℓ, ℓ], of the variance that xavier_normal has.

    Each weight is drawn on its own, from `rng` and from nowhere else.

    With fan_in = 6 and fan_out = 2 the variance is 1/4 again, and the limit ℓ is 0.866.
    """
    ### BEGIN SOLUTION xavier_uniform: work out the limit ℓ, then return rng.uniform(−ℓ, ℓ, …) of the right shape.
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
    ### END SOLUTION


# %% [markdown]
# ## Test 2 · xavier_uniform (2 points)

# %% nbgrader={"grade": true, "grade_id": "xavier-uniform", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("xavier-uniform", xavier_uniform)
### END HIDDEN TESTS
W = xavier_uniform(300, 100, np.random.default_rng(0))
largest = np.max(np.abs(W))

with visible("Initialisation and numerical stability, section “Xavier and He”") as check:
    check.that("shape", np.shape(W) == (300, 100), f"is {np.shape(W)}, expected (300, 100)")
    check.that("mean", abs(np.mean(W)) < 0.003, f"is {np.mean(W):.3f}, expected about 0")
    check.that("standard deviation", abs(np.std(W) - 0.0707) < 0.002, f"is {np.std(W):.4f}, expected about 0.0707")
    check.that("largest weight", abs(largest - 0.1224) < 0.0005, f"is {largest:.4f}, expected just below 0.1225")

# %% [markdown]
# ## He's rule
#
# ReLU sets about half of its inputs to 0, and with them half of the mean square. So with ReLU each layer multiplies the mean
# square by $\tfrac12 D \operatorname{Var}(w)$ on the way forward. He's rule chooses the variance that makes this factor 1.

# %% nbgrader={"grade": false, "grade_id": "he_normal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def he_normal(fan_in, fan_out, rng):
    """Return a float64 array of shape (fan_in, fan_out): normal, mean 0, with ½ · fan_in · variance = 1.

    Each weight is drawn on its own, from `rng` and from nowhere else.

    With fan_in = 8 the variance is 1/4 and the standard deviation 1/2, whatever fan_out is.
    """
    ### BEGIN SOLUTION he_normal: work out the standard deviation, then return rng.normal(…) of the right shape.
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))
    ### END SOLUTION


# %% [markdown]
# ## Test 3 · he_normal (2 points)

# %% nbgrader={"grade": true, "grade_id": "he-normal", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("he-normal", he_normal)
### END HIDDEN TESTS
W = he_normal(300, 100, np.random.default_rng(0))

with visible("Initialisation and numerical stability, section “Xavier and He”") as check:
    check.that("shape", np.shape(W) == (300, 100), f"is {np.shape(W)}, expected (300, 100)")
    check.that("mean", abs(np.mean(W)) < 0.003, f"is {np.mean(W):.3f}, expected about 0")
    check.that("standard deviation", abs(np.std(W) - 0.0816) < 0.002, f"is {np.std(W):.4f}, expected about 0.0816")

# %% [markdown]
# ## Measuring the activations
#
# Does a rule keep its promise in a whole network? Send a batch through and look at the output of every layer. A `Sequential`
# holds its layers in the tuple `network.layers`, and each is fed with what the layer before it put out. Layer $k$ puts out a matrix
# $A$ with a row for each of the $N$ examples and a column for each of its $M$ units; its *scale* is the standard deviation of all the
# $NM$ numbers together,
#
# $$
# s = \sqrt{\frac{1}{NM}\sum_{n,\,m} (A_{nm} - \bar A)^2} ,
# \qquad \bar A = \frac{1}{NM}\sum_{n,\,m} A_{nm} .
# $$
#
# An activation such as `ReLU()` is a layer like any other, with a scale of its own.

# %% nbgrader={"grade": false, "grade_id": "activation_scales", "locked": false, "schema_version": 3, "solution": true, "task": false}
def activation_scales(network, X):
    """Return a list with the scale of each layer's output, one float a layer, first layer first.

    X, of shape (N, D), is a batch for the Sequential `network`; X itself, the weights and the biases stay as they are.

    With X = [[1], [1]], a Linear layer with W = [[3, −3]] and b = [0, 0], and a ReLU behind it,
    the outputs are [[3, −3], [3, −3]] and [[3, 0], [3, 0]], so the list is [3.0, 1.5].
    """
    ### BEGIN SOLUTION activation_scales: pass the batch from layer to layer and collect the standard deviations.
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales
    ### END SOLUTION


# %% [markdown]
# ## Test 4 · activation_scales (2 points)
#
# The test sends two rows through the network of the docstring, and a third layer that takes the difference of the two units and adds 4.

# %% nbgrader={"grade": true, "grade_id": "activation-scales", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("activation-scales", activation_scales)
### END HIDDEN TESTS
rng = np.random.default_rng(0)
network = Sequential(Linear(1, 2, rng), ReLU(), Linear(2, 1, rng))
network.layers[0].W[...], network.layers[0].b[...] = [[3, -3]], [0, 0]
network.layers[2].W[...], network.layers[2].b[...] = [[1], [-1]], [4]

with visible("Initialisation and numerical stability, section “Predicted and measured”") as check:
    scales = activation_scales(network, np.array([[1.0], [1.0]]))
    check.equal("two equal rows", np.array(scales), [3, 1.5, 0])
    scales = activation_scales(network, np.array([[1.0], [-1.0]]))
    check.equal("opposite rows", np.array(scales), [3, 1.5, 3])

# %% [markdown]
# ## Measuring the gradients
#
# Whether a layer learns is decided by its gradient. Its size is the *Frobenius norm*: all entries squared, added up, and the root taken,
#
# $$
# \Big\|\frac{\partial L}{\partial W}\Big\| = \sqrt{\sum_{d,\,m} \Big(\frac{\partial L}{\partial W_{dm}}\Big)^2} .
# $$
#
# After a backward pass each layer that has weights holds $\partial L/\partial W$ as its attribute `dW`. Layers without weights, such as
# `ReLU()`, have no such attribute; Python's `hasattr(layer, "dW")` tells you which is which. You may be handed a network and a loss
# that have just been made, or that have been used on other data, so run both passes yourself. Recall the contract: `loss.forward(prediction, target)`
# returns the loss, `loss.backward()` its gradient with respect to the prediction, and `network.backward(upstream)` passes that on to all layers.

# %% nbgrader={"grade": false, "grade_id": "gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_norms(network, loss, X, y):
    """Return a list with the Frobenius norm of dW of each layer that has one, one float each, first layer first.

    dW is the gradient of the `loss` between network.forward(X) and the targets y; both passes are run here.
    X, y, the weights and the biases stay as they are.

    With one Linear layer of zero weights and bias, X = [[3, 4]], y = [[−0.5]] and the mean squared error,
    dL/d(prediction) is 2 · (0 + 0.5) = 1 and dW is [[3], [4]], so the list is [5.0].
    """
    ### BEGIN SOLUTION gradient_norms: run forward and backward, of network and loss, then collect the norm of each dW.
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]
    ### END SOLUTION


# %% [markdown]
# ## Test 5 · gradient_norms (3 points)
#
# First the example of the docstring, then a network with an activation in it. There, with one example and one unit a layer, the chain rule fits on a line.

# %% nbgrader={"grade": true, "grade_id": "gradient-norms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("gradient-norms", gradient_norms)
### END HIDDEN TESTS
rng = np.random.default_rng(0)
single = Sequential(Linear(2, 1, rng))
single.layers[0].W[...] = 0
chain = Sequential(Linear(1, 1, rng), Tanh(), Linear(1, 1, rng))
chain.layers[0].W[...], chain.layers[2].W[...] = 0.5, 3
a = np.tanh(0.5)

with visible("Initialisation and numerical stability, section “Predicted and measured”") as check:
    norms = gradient_norms(single, MeanSquaredError(), np.array([[3.0, 4.0]]), np.array([[-0.5]]))
    check.equal("one layer", np.array(norms), [5])
    norms = gradient_norms(chain, MeanSquaredError(), np.array([[1.0]]), np.array([[0.0]]))
    check.equal("with tanh between", np.array(norms), [2 * 3 * a * 3 * (1 - a**2), 2 * 3 * a * a])

# %% [markdown]
# ## Clipping the gradient
#
# When a gradient is too long, one step can throw the weights anywhere. Clipping shortens it. Think of all `dW` and all `db` of the
# network as one long vector $g$. Its length is the *global norm*
#
# $$
# \|g\| = \sqrt{\sum_{\text{all entries of all } \mathtt{dW},\, \mathtt{db}} (\text{entry})^2} .
# $$
#
# If it is greater than the bound $g_{\max}$, which is positive and in code is called `max_norm`, every entry is multiplied by the
# one number $g_{\max}/\|g\|$; if not, nothing happens. So the direction stays what it was. Were each array shortened on its
# own, the step would turn.
#
# The optimiser, or anyone else, may hold the same arrays under other names. So shorten them *in place*, as `update` moves the weights.

# %% nbgrader={"grade": false, "grade_id": "clip_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def clip_gradients(network, max_norm):
    """Shorten all dW and db of the network's layers together, in place, to a global norm of max_norm, if they are longer.

    Return the global norm as it was before, a float. It may be 0. A layer that has dW has db too; an activation has neither.
    The weights and the biases stay as they are.

    With a single layer, dW = [[3], [4]] and db = [12], the global norm is 13. With max_norm = 6.5 everything is halved,
    dW = [[1.5], [2]] and db = [6], and 13.0 is returned. With max_norm = 20 nothing changes; 13.0 is returned again.
    """
    ### BEGIN SOLUTION clip_gradients: work out the norm over all dW and db, scale them in place if it is too large, return it.
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    gradients = [layer.dW for layer in layers] + [layer.db for layer in layers]
    norm = float(np.sqrt(sum(np.sum(gradient**2) for gradient in gradients)))
    if norm > max_norm:
        for gradient in gradients:
            gradient *= max_norm / norm
    return norm
    ### END SOLUTION


# %% [markdown]
# ## Test 6 · clip_gradients ({{points of clip-gradients}})
#
# The gradients are set by hand: 1, 2, 2 in the first layer and 4, 12 in the second. The squares add up to $1 + 4 + 4 + 16 + 144 = 169$.

# %% nbgrader={"grade": true, "grade_id": "clip-gradients", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("clip-gradients", clip_gradients)
### END HIDDEN TESTS
rng = np.random.default_rng(0)
first, second = Linear(2, 1, rng), Linear(1, 1, rng)
network = Sequential(first, Tanh(), second)
first.dW, first.db = np.array([[1.0], [2.0]]), np.array([2.0])
second.dW, second.db = np.array([[4.0]]), np.array([12.0])
other_name = first.dW

with visible("Initialisation and numerical stability, section “Clipping the gradient”") as check:
    check.equal("returned, bound 20", clip_gradients(network, 20.0), 13)
    check.equal("first dW, bound 20", first.dW, [[1], [2]])
    check.equal("returned, bound 6.5", clip_gradients(network, 6.5), 13)
    # To five digits: some, PyTorch among them, add a tiny number to the norm, and that counts as right.
    check.equal("first dW, bound 6.5", np.round(first.dW, 5), [[0.5], [1]])
    check.equal("first db, bound 6.5", np.round(first.db, 5), [1])
    check.equal("second dW, bound 6.5", np.round(second.dW, 5), [[2]])
    check.equal("second db, bound 6.5", np.round(second.db, 5), [6])
    check.equal("dW under its other name", np.round(other_name, 5), [[0.5], [1]])

# %% [markdown]
# ## Thirty layers
#
# Now your instruments show what your rules are worth. Four networks of thirty linear layers with a hundred units each, and ReLU between
# them, differ in nothing but their start. The left figure shows the scale of each linear layer's output, the right one the length of `dW`.

# %%
from mlpkit.data import spirals
from mlpkit.plotting import scales_by_depth


def normal(deviation):
    """Return an initialiser: normal, with the same standard deviation for every layer."""
    return lambda fan_in, fan_out, rng: rng.normal(0.0, deviation, (fan_in, fan_out))


def deep(widths, activation, initialiser, seed):
    """Linear layers with an activation between each and the next."""
    rng, layers = np.random.default_rng(seed), []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [Linear(fan_in, fan_out, rng, initialiser=initialiser), activation()]
    return Sequential(*layers[:-1])


starts = {"He": he_normal, "Xavier": xavier_normal, "deviation 0.05": normal(0.05), "deviation 0.3": normal(0.3)}
X = np.random.default_rng(0).normal(size=(200, 100))
y = np.random.default_rng(1).integers(0, 100, 200)
networks = {name: deep([100] * 31, ReLU, start, 2) for name, start in starts.items()}

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
scales_by_depth(left, {name: activation_scales(net, X)[::2] for name, net in networks.items()}, "scale of the output")
scales_by_depth(right, {name: gradient_norms(net, SoftmaxCrossEntropy(), X, y) for name, net in networks.items()}, "length of dW")
right.get_legend().remove()
figure.suptitle("Thirty layers with ReLU: one start in four keeps its scale");

# %% [markdown]
# In the right figure each line is level: `dW` is made of the activations that come in and the gradient that comes back, and where one is small the other is
# large. But only He's is of a size to learn with. In a network of equal widths Xavier's variance is half of He's, so with ReLU the scale loses the factor $\sqrt{1/2} = 0.707$
# in every layer. It looks harmless, but $0.707^{29}$ is about $0.00004$. Does it matter? Here is a network with twenty linear layers that must tell three spiral arms apart, from three starts. The learning
# rate and everything else are the same. In the third run your `clip_gradients` stands between `backward` and `update`: without it that network would
# be lost in its first steps.

# %%
from mlpkit import accuracy, minibatches
from mlpkit.plotting import CLASS_COLOURS

X, y = spirals(300, np.random.default_rng(7))


def train_deep(initialiser, max_norm, activation=ReLU, learning_rate=0.02, epochs=60):
    """Return the mean loss of each epoch, and the accuracy at the end."""
    network, loss, rng = deep([2] + [64] * 19 + [3], activation, initialiser, 4), SoftmaxCrossEntropy(), np.random.default_rng(0)
    losses = []
    for epoch in range(epochs):
        batches = []
        for X_batch, y_batch in minibatches(X, y, 30, rng):
            batches.append(loss.forward(network.forward(X_batch), y_batch))
            upstream = loss.backward()
            network.backward(upstream)
            clip_gradients(network, max_norm)
            network.update(learning_rate)
        losses.append(np.mean(batches))
    return losses, accuracy(network, X, y)


figure, ax = plt.subplots(figsize=(6, 4))
runs = [("He", he_normal, 1e9), ("Xavier", xavier_normal, 1e9), ("deviation 0.3, clipped at 1", normal(0.3), 1.0)]
for (name, start, max_norm), colour, line in zip(runs, CLASS_COLOURS, ["-", "--", ":"]):
    losses, share = train_deep(start, max_norm)
    ax.plot(np.arange(1, len(losses) + 1), losses, line, color=colour, label=f"{name}: {share:.0%} right")
ax.set(xlabel="epoch", ylabel="training loss", yscale="log", title="Twenty layers, one learning rate")
ax.legend(frameon=False);

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. The third start without clipping: `train_deep(normal(0.3), 1e9)`.
# 2. He's rule with a learning rate ten times as large, `train_deep(he_normal, 1e9, learning_rate=0.2)`, and then with 1.0 in place of the `1e9`.
# 3. Xavier's rule with the activation for which it was made: `train_deep(xavier_normal, 1e9, activation=Tanh)`.
#
# <details><summary>What you may see</summary>
#
# 1. The first steps throw the weights far away: the mean loss of the first epoch is about $10^{76}$. After that it stays at $\ln 3 \approx 1.10$, a third of
#    the points right, as if the input did not matter. Clipping does not make the start good, but it makes it survivable.
# 2. Without clipping the loss wanders about, and about a quarter of the points is wrong at the end. With the bound 1 all of them are right. Clipping acts
#    like a smaller learning rate, but only in those steps whose gradient is long.
# 3. It learns: near 0 tanh keeps the scale with half of He's variance. With ReLU, too, Xavier's rule gets there if you give it `epochs=200`, but for most of
#    the first hundred its loss hardly falls.
#
# </details>

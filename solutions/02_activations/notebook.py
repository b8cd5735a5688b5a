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
# # 2 · Activations
#
# Without something that bends between them, a hundred linear layers compute what one computes. You will write the five
# functions that do the bending, each as a class with two methods:
#
# | class | `forward(z)` | points | `backward(upstream)` | points |
# |---|---|---|---|---|
# | `Sigmoid` | $1/(1+e^{-z})$ | 1 | times the slope of the sigmoid | 1 |
# | `Tanh` | $\tanh z$ | 1 | times the slope of tanh | 1 |
# | `ReLU` | $\max(0, z)$ | 1 | times 1 or 0 | 1 |
# | `Softplus` | $\log(1+e^z)$ | 2 | times the slope of softplus | 1 |
# | `Softmax` | rows become probabilities | 2 | times the Jacobian of each row | 2 |
#
# Read the chapter “Activation functions” first, close it, and allow 75 minutes. The five classes do not need each other, so
# you can do them in any order.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit.visible import visible

# %% [markdown]
# ## What all five have in common
#
# The layer before hands over numbers $z$, the *pre-activations*, and the activation function $f$ makes $a = f(z)$ of them.
# Later someone hands back *upstream*, $U = \partial L/\partial a$: how the loss $L$ would change with each number
# that came out. The layer before needs to know how $L$ changes with $z$. When $f$ is applied to each number alone, as
# in the first four classes, the chain rule says
#
# $$\frac{\partial L}{\partial z} = U \odot f'(z), \qquad\text{entry by entry.}$$
#
# | array | is | shape |
# |---|---|---|
# | `z` | input | any |
# | what `forward` returns | $a = f(z)$ | that of `z` |
# | `upstream` | $U = \partial L/\partial a$ | that of `z` |
# | what `backward` returns | $\partial L/\partial z$ | that of `z` |
#
# A network hands over matrices, but a vector or an array with three axes must work just as well. The next cell is written
# for you. Its docstring states what holds for every class below, and what your work is graded by.


# %%
class Activation:
    """What the five classes have in common.

    - backward answers for the latest forward of the same object. Asked twice, it gives the same answer twice.
    - Neither method changes an array that it was given: not z, not upstream.
    - z and upstream may hold whole numbers, of an integer dtype. What is returned is right all the same, to nine digits.
    - Every z from −10 000 to 10 000 gives the right finite number, in forward and in backward.
    """

    def update(self, learning_rate):
        """Do nothing: an activation has no parameters to learn. A network expects the method of every layer."""


# %% [markdown]
# ## Sigmoid
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}, \qquad \sigma'(z) = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).$$
#
# The derivative needs the *output*. Keep it in `forward` (as `self.a`, say), and `backward` needs no exponential.
# One thing to think about first: float64 ends at about $1.8\cdot10^{308}$, so `np.exp` of anything above 709 is `inf`. What
# does your formula make of an `inf`?

# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Sigmoid(Activation):
    """The logistic function, entry by entry."""

    def forward(self, z):
        """Return 1 / (1 + exp(−z)), in the shape of z. Remember what backward will need.

        forward([0, log 3]) is [0.5, 0.75], for z as an array.
        """
        ### BEGIN SOLUTION Sigmoid.forward: return 1 / (1 + exp(−z)) in a form that is right for large z too, and keep it in self.
        self.a = 0.5 * (1 + np.tanh(0.5 * z))
        return self.a
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dz, given upstream = dL/d(output), both in the shape of z.

        After forward([0, log 3]), backward([8, 16]) is [8 · 1/4, 16 · 3/16] = [2, 3].
        """
        ### BEGIN SOLUTION Sigmoid.backward: return upstream times the derivative, entry by entry.
        return upstream * self.a * (1 - self.a)
        ### END SOLUTION


# %% [markdown]
# The expected numbers are those of the docstring, and those of $\sigma(z) = 0, \tfrac12, 1$ far out on either side and in the
# middle. Your work is graded on other numbers, and on arrays of several shapes.

# %% nbgrader={"grade": true, "grade_id": "sigmoid-forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("sigmoid-forward", Sigmoid)
### END HIDDEN TESTS
z = np.array([[0.0, np.log(3), -np.log(3)]])

with visible("Activation functions, section “The sigmoid”") as check:
    check.equal("forward(z)", Sigmoid().forward(z), [[0.5, 0.75, 0.25]])
    check.equal("forward(large z)", Sigmoid().forward(np.array([-1000.0, 0.0, 1000.0])), [0, 0.5, 1])
    check.equal("z afterwards", z, [[0, np.log(3), -np.log(3)]])

# %% [markdown]
# Now the gradient. After one comparison with the docstring's numbers the test does *gradient checking*: it draws a random
# upstream, nudges each entry of `z` by a millionth, watches what `forward` does, and compares the slope with what your
# `backward` says. It trusts your `forward`, so make the test above pass first.

# %% nbgrader={"grade": true, "grade_id": "sigmoid-backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("sigmoid-backward", Sigmoid)
### END HIDDEN TESTS
layer = Sigmoid()
layer.forward(np.array([0.0, np.log(3)]))
upstream = np.array([8.0, 16.0])

with visible("Activation functions, section “The sigmoid”") as check:
    check.equal("backward(upstream)", layer.backward(upstream), [2, 3])
    check.equal("upstream afterwards", upstream, [8, 16])
    check.gradients(Sigmoid(), np.random.default_rng(1).normal(size=(4, 3)))

# %% [markdown]
# ## Tanh
#
# $$\tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}, \qquad \tanh' z = 1 - \tanh^2 z .$$
#
# Written as a ratio of exponentials, it fails for large $|z|$ on either side. NumPy knows a better way.

# %% nbgrader={"grade": false, "grade_id": "tanh", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Tanh(Activation):
    """The hyperbolic tangent, entry by entry."""

    def forward(self, z):
        """Return tanh z, in the shape of z. Remember what backward will need.

        forward([0, ½ log 3]) is [0, 0.5], since e^(2z) = 3 and (3 − 1) / (3 + 1) = 0.5.
        """
        ### BEGIN SOLUTION Tanh.forward: return the hyperbolic tangent of z and keep it in self.
        self.a = np.tanh(z)
        return self.a
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dz, given upstream = dL/d(output), both in the shape of z.

        After forward([0, ½ log 3]), backward([2, 4]) is [2 · 1, 4 · 3/4] = [2, 3].
        """
        ### BEGIN SOLUTION Tanh.backward: return upstream times the derivative, entry by entry.
        return upstream * (1 - self.a**2)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tanh-forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("tanh-forward", Tanh)
### END HIDDEN TESTS
z = np.array([0.0, np.log(3) / 2, -np.log(3) / 2, 1000.0])

with visible("Activation functions, section “Tanh”") as check:
    check.equal("forward(z)", Tanh().forward(z), [0, 0.5, -0.5, 1])

# %% nbgrader={"grade": true, "grade_id": "tanh-backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("tanh-backward", Tanh)
### END HIDDEN TESTS
layer = Tanh()
layer.forward(np.array([0.0, np.log(3) / 2]))

with visible("Activation functions, section “Tanh”") as check:
    check.equal("backward(upstream)", layer.backward(np.array([2.0, 4.0])), [2, 3])
    check.gradients(Tanh(), np.random.default_rng(2).normal(size=(4, 3)))

# %% [markdown]
# ## ReLU
#
# $$\operatorname{ReLU}(z) = \max(0, z), \qquad \operatorname{ReLU}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$
#
# At 0 there is no derivative. We agree on 0. This is the function that is most often written *in place*, as in
# `z[z < 0] = 0`. Whoever called `forward` would find their array changed.

# %% nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ReLU(Activation):
    """The rectified linear unit, entry by entry."""

    def forward(self, z):
        """Return z where it is positive and 0 elsewhere, in the shape of z. Remember what backward will need.

        forward([−3, 0, 2]) is [0, 0, 2], and z still holds −3, 0 and 2 afterwards.
        """
        ### BEGIN SOLUTION ReLU.forward: return max(0, z), entry by entry, in a new array, and keep what backward needs.
        self.on = z > 0
        return np.maximum(z, 0)
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dz, given upstream = dL/d(output), both in the shape of z. The derivative at 0 is 0.

        After forward([−3, 0, 2]), backward([5, 6, 7]) is [0, 0, 7], and upstream still holds 5, 6 and 7 afterwards.
        """
        ### BEGIN SOLUTION ReLU.backward: let upstream pass where z was positive, and return 0 elsewhere, in a new array.
        return upstream * self.on
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu-forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("relu-forward", ReLU)
### END HIDDEN TESTS
z = np.array([-3.0, 0.0, 2.0])

with visible("Activation functions, section “ReLU”") as check:
    check.equal("forward(z)", ReLU().forward(z), [0, 0, 2])
    check.equal("z afterwards", z, [-3, 0, 2])

# %% [markdown]
# The gradient check draws numbers at random and so never meets $z = 0$, where the function has its corner. The first
# comparison does.

# %% nbgrader={"grade": true, "grade_id": "relu-backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("relu-backward", ReLU)
### END HIDDEN TESTS
layer = ReLU()
layer.forward(np.array([-3.0, 0.0, 2.0]))
upstream = np.array([5.0, 6.0, 7.0])

with visible("Activation functions, section “ReLU”") as check:
    check.equal("backward(upstream)", layer.backward(upstream), [0, 0, 7])
    check.equal("upstream afterwards", upstream, [5, 6, 7])
    check.gradients(ReLU(), np.random.default_rng(3).normal(size=(4, 3)))

# %% [markdown]
# ## Softplus
#
# $$\operatorname{softplus}(z) = \log(1 + e^{z}), \qquad \operatorname{softplus}'(z) = \sigma(z) .$$
#
# Taken literally, this fails on both sides. On the right $e^z$ overflows. On the left $1 + e^{z}$ is rounded to 1, whose
# logarithm is 0: at $z = -40$ that loses all digits of $4.2\cdot10^{-18}$. Two things help:
#
# - $\log(1 + e^z) = \max(0, z) + \log(1 + e^{-|z|})$, where the exponent is never positive (see the chapter for why);
# - `np.log1p(v)`, which computes $\log(1 + v)$ without forming $1 + v$.
#
# Your `Sigmoid` need not be finished for this one. If you use it for the derivative, remember that a mistake in it shows here.

# %% nbgrader={"grade": false, "grade_id": "softplus", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Softplus(Activation):
    """log(1 + exp(z)), entry by entry."""

    def forward(self, z):
        """Return log(1 + exp(z)), in the shape of z. Remember what backward will need.

        forward([0, log 3]) is [log 2, log 4]. Nine digits are right also where the result is tiny:
        forward([−40]) is [4.248354255…e−18], and forward([1000]) is [1000].
        """
        ### BEGIN SOLUTION Softplus.forward: return log(1 + exp(z)) in a form that is right for large and for very negative z.
        self.z = z
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dz, given upstream = dL/d(output), both in the shape of z.

        After forward([0, log 3]), backward([2, 4]) is [2 · 1/2, 4 · 3/4] = [1, 3].
        """
        ### BEGIN SOLUTION Softplus.backward: return upstream times the derivative, entry by entry.
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softplus-forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("softplus-forward", Softplus)
### END HIDDEN TESTS
with visible("Activation functions, section “When the exponential is too large”") as check:
    check.equal("forward([0, log 3])", Softplus().forward(np.array([0, np.log(3)])), [np.log(2), np.log(4)])
    check.equal("forward([1000])", Softplus().forward(np.array([1000.0])), [1000])
    check.equal("forward([-40])", Softplus().forward(np.array([-40.0])), [np.exp(-40)])

# %% [markdown]
# Why may the last line expect `np.exp(-40)`? For small $v$, $\log(1+v) = v - v^2/2 + \dots$, and with $v = e^{-40}$
# the second term is eighteen digits further down.

# %% nbgrader={"grade": true, "grade_id": "softplus-backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("softplus-backward", Softplus)
### END HIDDEN TESTS
layer = Softplus()
layer.forward(np.array([0.0, np.log(3)]))

with visible("Activation functions, section “Softplus”") as check:
    check.equal("backward(upstream)", layer.backward(np.array([2.0, 4.0])), [1, 3])
    check.gradients(Softplus(), np.random.default_rng(4).normal(size=(4, 3)))

# %% [markdown]
# ## Softmax
#
# Now $z$ is a matrix of $N$ rows, one for each example, and $C$ columns, one for each class. Each row becomes $C$ positive
# numbers that sum to 1:
#
# $$s_{ni} = \frac{e^{z_{ni}}}{\sum_{j=1}^{C} e^{z_{nj}}} .$$
#
# Adding the same number to all entries of a row changes nothing, since $e^{r}$ cancels. So you may take off whatever keeps
# the exponentials from overflowing. It may be a different number for each row, and it should be.
#
# Softmax is not elementwise: each output of a row depends on all inputs of that row. With $\delta_{ij}$ equal to 1 for $i = j$
# and 0 otherwise, the derivatives within a row (whose number $n$ we leave out) are
#
# $$\frac{\partial s_i}{\partial z_j} = s_i\,(\delta_{ij} - s_j), \qquad
# \frac{\partial L}{\partial z_j} = \sum_{i=1}^{C} u_i\,\frac{\partial s_i}{\partial z_j} .$$
#
# Put the first into the second and simplify on paper, before you write code. No $C \times C$ matrix is needed.
#
# | array | is | shape |
# |---|---|---|
# | `z` | logits | $(N, C)$ |
# | what `forward` returns | $S$, probabilities in each row | $(N, C)$ |
# | a sum over each row, with `keepdims=True` | one number for each example | $(N, 1)$ |
# | `upstream` | $U = \partial L/\partial S$ | $(N, C)$ |
# | what `backward` returns | $\partial L/\partial z$ | $(N, C)$ |

# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Softmax(Activation):
    """Probabilities from logits, row by row."""

    def forward(self, z):
        """Return the softmax of each row of z, shape (N, C). Remember what backward will need.

        forward([[0, log 3]]) is [[0.25, 0.75]]. So is forward([[1000, 1000 + log 3]]), whatever the other rows hold.
        """
        ### BEGIN SOLUTION Softmax.forward: take off each row's maximum, exponentiate, divide each row by its sum.
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s
        ### END SOLUTION

    def backward(self, upstream):
        """Return dL/dz, shape (N, C), given upstream = dL/d(output), shape (N, C): the full Jacobian of each row counts.

        After forward([[0, log 3]]), backward([[4, 0]]) is [[0.75, −0.75]].
        """
        ### BEGIN SOLUTION Softmax.backward: for each row, sum what reaches z_j through every output s_i.
        return self.s * (upstream - np.sum(upstream * self.s, axis=1, keepdims=True))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("softmax-forward", Softmax)
### END HIDDEN TESTS
z = np.log([[2.0, 5.0, 3.0], [1.0, 1.0, 2.0]])

with visible("Activation functions, section “Softmax”") as check:
    check.equal("forward(z)", Softmax().forward(z), [[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]])
    check.equal("forward(z + 1000)", Softmax().forward(z + 1000), [[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]])
    check.equal("z afterwards", z, np.log([[2.0, 5.0, 3.0], [1.0, 1.0, 2.0]]))

# %% [markdown]
# An upstream of all ones would be of no use here: it belongs to the loss $\sum_i s_i$, which is 1 whatever the logits are. The
# right answer to it is zero, and so is many a wrong one. The second comparison makes sure of the zero; the others
# use a better upstream.

# %% nbgrader={"grade": true, "grade_id": "softmax-backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("softmax-backward", Softmax)
### END HIDDEN TESTS
layer = Softmax()
layer.forward(np.array([[0.0, np.log(3)]]))

with visible("Activation functions, section “Softmax”") as check:
    check.equal("backward(upstream)", layer.backward(np.array([[4.0, 0.0]])), [[0.75, -0.75]])
    check.equal("backward(ones)", layer.backward(np.ones((1, 2))), [[0, 0]])
    check.gradients(Softmax(), np.random.default_rng(5).normal(size=(4, 3)))

# %% [markdown]
# ## Put them to work
#
# Five networks learn to tell three spiral arms apart. They start with the same weights and see the same points in the same
# order; only your activation behind the hidden layers differs. At the end of each stands your `Softmax`, and the
# loss is $-\log s_y$, where $s_y$ is the probability that the network gives to the right class $y$. So every gradient in the picture has come through your classes. The
# linear layers, which have the weights, are lent by `mlpkit`; you will write them in assignment 4.

# %%
from mlpkit import Linear, Sequential, accuracy, minibatches
from mlpkit.data import spirals
from mlpkit.plotting import decision_boundary


def gradient_of_loss(S, y):
    """dL/dS for L = mean of −log S[n, y[n]]: only the probability of the right class matters."""
    upstream = np.zeros_like(S)
    right = np.arange(len(y)), y
    upstream[right] = -1 / (len(y) * S[right])
    return upstream


def trained(activation, X, y, epochs=100):
    """Return a network with two hidden layers of 16 units, trained on the rows of X."""
    rng = np.random.default_rng(3)
    network = Sequential(
        Linear(2, 16, rng), activation(), Linear(16, 16, rng), activation(), Linear(16, 3, rng), Softmax()
    )
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, 15, rng):
            network.backward(gradient_of_loss(network.forward(X_batch), y_batch))
            network.update(0.3)
    return network


X, y = spirals(300, np.random.default_rng(7))
figure, axes = plt.subplots(1, 5, figsize=(15, 3.3), layout="constrained")
for ax, activation in zip(axes, (Sigmoid, Tanh, ReLU, Softplus, Softmax)):
    network = trained(activation, X, y)
    decision_boundary(ax, network.forward, X, y)
    ax.set(title=f"{activation.__name__}: {accuracy(network, X, y):.0%} right", xticks=[], yticks=[], aspect="equal")

# %% [markdown]
# Look at the borders: the ReLU's are made of straight pieces, the others are curved. Three things to try. Before you run each,
# write down what you expect.
#
# 1. Train the sigmoid and the softmax network longer: `trained(Sigmoid, X, y, epochs=300)`.
# 2. An activation that bends nothing: a class `Identity(Activation)` whose two methods return what they are given.
# 3. A function of your own, such as $\sin z$ with derivative $\cos z$.
#
# <details><summary>What you may see</summary>
#
# 1. Both get nearly all points right in the end. A sigmoid lets at most a quarter of the gradient pass. A softmax of 16 units shares
#    the number 1 among them all, so each unit gets little of it, and little gradient.
# 2. Half of the points, with three straight borders: three linear layers in a row are one.
# 3. The sine separates the arms as well. Almost any function will do that is not linear and lets enough gradient pass.
#
# </details>

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
# # 7 · Gradient descent
#
# Backpropagation says which way is downhill. Here you do the walking: you deal the data out in random batches, keep up
# speed along a narrow valley, and write the loop that trains every network in this course.
#
# | what you write | what it does | points |
# |---|---|---|
# | `minibatches(X, y, batch_size, rng)` | deals out the rows of one epoch in random batches | 4 |
# | `Momentum(learning_rate, momentum)` | takes steps that remember the steps before | 4 |
# | `train(network, loss, X, y, …)` | runs the training loop and reports the loss of each epoch | 6 |
#
# The three are graded apart: a mistake in one costs nothing in the others. Read the chapter “Gradient descent” first,
# close it, and allow 60 minutes.

# %%
import matplotlib.pyplot as plt
import numpy as np

from mlpkit import Linear, MeanSquaredError
from mlpkit.visible import visible

# %% [markdown]
# ## Minibatches
#
# The gradient of the loss is a mean over all $N_{\text{all}}$ examples. The mean over a few examples drawn at random
# points the same way on average and costs far less. So training deals out the rows like cards: shuffle them, take
# $N$ at a time until none is left, and call that an *epoch*.
#
# | array | is | shape |
# |---|---|---|
# | `X` | all inputs | $(N_{\text{all}}, D)$ |
# | `y` | their labels, or targets with $C$ numbers each | $(N_{\text{all}},)$ or $(N_{\text{all}}, C)$ |
# | `X_batch` | the inputs of one batch | $(N, D)$ |
# | `y_batch` | what belongs to them | $(N,)$ or $(N, C)$ |
#
# Here $N$ is `batch_size`, and less in the last batch if $N$ does not divide $N_{\text{all}}$. Row 5 of `X` belongs to
# entry 5 of `y`: wherever one goes, the other must go too.
#
# `rng` is a `numpy.random.Generator`, and the only source of chance. Whoever passes `np.random.default_rng(0)` gets the
# same batches today and tomorrow, which is how one finds out whether a change of the program or mere luck made a
# network better.
#
# A function with `yield` in it is a generator: each batch is made when the loop that uses it asks for the next one.

# %% nbgrader={"grade": false, "grade_id": "deal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(X, y, batch_size, rng):
    """Yield the pairs (X_batch, y_batch) of one epoch: all rows of X and y, in random order, batch_size at a time.

    Each row comes exactly once, together with its y. Only the last batch may be smaller, and none is empty; if
    batch_size exceeds the number of rows there is one batch. The batches are arrays with the dtypes of X and y, and
    earlier ones stay as they are when later ones are made.
    All chance comes from rng: the same state gives the same batches, and the next epoch with the same rng comes in
    another order. X, y and NumPy's global random state (np.random.seed and its like) stay untouched.

    With X = [[1], [2], [3]], y = [10, 20, 30] and batch_size = 2, one possible epoch is
    ([[3], [1]], [30, 10]) and then ([[2]], [20]).
    """
    ### BEGIN SOLUTION minibatches: put the row numbers in random order, then yield X and y of batch_size of them at a time.
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
    ### END SOLUTION


# %% [markdown]
# ## Test 1 · minibatches (4 points)
#
# Ten rows in batches of four. Row $n$ of `X` begins with $n$, and its label is $100 + n$, so you can see what went where.

# %% nbgrader={"grade": true, "grade_id": "minibatches", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("minibatches", minibatches)
### END HIDDEN TESTS
X = np.array([[n, n / 10] for n in range(10)])
y = 100 + np.arange(10)
epoch = list(minibatches(X, y, 4, np.random.default_rng(0)))
for X_batch, y_batch in epoch:
    print(X_batch[:, 0], y_batch)
numbers = np.concatenate([X_batch[:, 0] for X_batch, _ in epoch])
labels = np.concatenate([y_batch for _, y_batch in epoch])

with visible("Gradient descent, section “Minibatches”") as check:
    check.equal("rows in each batch", np.array([len(X_batch) for X_batch, _ in epoch]), [4, 4, 2])
    check.equal("rows of the epoch, sorted", np.sort(numbers), np.arange(10))
    check.equal("y of the epoch", labels, 100 + numbers)
    check.that("order", not np.array_equal(numbers, np.arange(10)), "is that of X: the rows are not shuffled")
    check.equal("X afterwards", X[:, 0], np.arange(10))

# %% [markdown]
# ## Momentum
#
# In a long valley the steep walls forbid a large learning rate, and along the flat floor a small one is slow. Let the
# gradients add up: across the valley their signs change and they cancel, along it they agree. For each parameter
# $\theta$ keep a *velocity* $v$, zero at first, and in every step, with the gradient $g$ of the loss,
#
# $$
# \begin{aligned}
# v &\leftarrow \mu\,v - \eta\,g \\
# \theta &\leftarrow \theta + v .
# \end{aligned}
# $$
#
# | symbol | name in the code | is | shape |
# |---|---|---|---|
# | $\eta$ | `learning_rate` | learning rate, above 0 | |
# | $\mu$ | `momentum` | the fraction of the velocity that survives a step, $0 \le \mu < 1$ | |
# | $\theta$, $g$ | entries of `parameters`, `gradients` | a parameter and its gradient | any, both the same |
# | $v$ | yours to name | the velocity of that parameter | that of $\theta$ |
#
# A network has many parameters, of different shapes. So `step` takes two lists, and the object keeps a velocity for each
# entry.

# %% nbgrader={"grade": false, "grade_id": "roll", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Momentum:
    """Gradient descent whose steps keep a part of the step before."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None  # a list, as soon as step has seen the parameters

    def step(self, parameters, gradients):
        """Move every parameter one step, in place; the gradients stay as they are.

        Both are lists of arrays: gradients[i] belongs to parameters[i] and has its shape. Each parameter has a velocity
        of its own, which this object keeps from call to call and no other Momentum shares. Every call passes the same
        parameter arrays in the same order; the gradient arrays may be new ones, or the old ones with new numbers.

        With learning_rate = 0.1, momentum = 0.5, one parameter [1.0] and the gradient [2.0] each time, the velocity
        is [−0.2] and then [−0.3]; the parameter becomes [0.8] and then [0.5].
        """
        ### BEGIN SOLUTION Momentum.step: for each parameter, v ← momentum·v − learning_rate·g, then add v to it in place; keep v for the next call.
        if self.velocities is None:
            self.velocities = [np.zeros_like(parameter) for parameter in parameters]
        for parameter, gradient, velocity in zip(parameters, gradients, self.velocities):
            velocity *= self.momentum
            velocity -= self.learning_rate * gradient
            parameter += velocity
        ### END SOLUTION


# %% [markdown]
# ## Test 2 · momentum (4 points)
#
# The chapter's example by hand: $L = \tfrac12(\theta_1^2 + 4\theta_2^2)$ from $(1, 1)$ with $\eta = 0.4$ and
# $\mu = 0.5$. Here each coordinate is a parameter array of its own, and its gradient a new array in each step.

# %% nbgrader={"grade": true, "grade_id": "momentum", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("momentum", Momentum)
### END HIDDEN TESTS
theta1, theta2 = np.array([1.0]), np.array([1.0])
rule = Momentum(0.4, 0.5)

with visible("Gradient descent, section “Momentum”") as check:
    rule.step([theta1, theta2], [1 * theta1, 4 * theta2])
    check.equal("after one step", np.concatenate([theta1, theta2]), [0.6, -0.6])
    slopes = [1 * theta1, 4 * theta2]
    rule.step([theta1, theta2], slopes)
    check.equal("after two steps", np.concatenate([theta1, theta2]), [0.16, -0.44])
    check.equal("gradients afterwards", np.concatenate(slopes), [0.6, -2.4])

# %% [markdown]
# ## The training loop
#
# Everything meets here. `network` computes predictions and gradients, `loss` says how bad the predictions are, and
# `minibatches` deals out the rows. A batch is one step, made of five calls:
#
# | call | is given | returns |
# |---|---|---|
# | `network.forward` | the inputs of the batch, $(N, D)$ | the predictions, $(N, C)$ |
# | `loss.forward` | the predictions, and what was wanted | the loss $L$ of the batch, a number |
# | `loss.backward` | nothing | $\partial L/\partial(\text{predictions})$, $(N, C)$ |
# | `network.backward` | that gradient | $\partial L/\partial(\text{inputs})$, which nobody needs here |
# | `network.update` | the learning rate | nothing |
#
# The losses of the batches come for free. Their mean over an epoch, one number for each, is what a loss curve shows. If
# the last batch is shorter than the others, the mean over the batches differs a little from the mean over the rows, in
# which a batch counts as often as it has rows. Report whichever you like.
#
# In the signature, what comes after the star can be given by name alone: `epochs=10`, never just `10`.

# %% nbgrader={"grade": false, "grade_id": "loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    """Train the network in place and return a list with the mean loss of each epoch, as met while training.

    Every epoch deals out all rows of X and y anew, through minibatches and the rng given. Every batch makes exactly
    five calls: network.forward(X_batch), loss.forward(prediction, y_batch), loss.backward(), network.backward(what
    that returned), network.update(learning_rate). X and y stay as they are.

    network may be anything that has forward, backward and update, and loss anything that has forward and backward.

    If the three batches of an epoch, of 4, 4 and 2 rows, have the losses 1, 1 and 4, then the number for this epoch is
    (1 + 1 + 4)/3 = 2 over batches or (4·1 + 4·1 + 2·4)/10 = 1.6 over rows. Both are right.
    """
    ### BEGIN SOLUTION train: for each epoch and each of its batches make the five calls; append the mean of the epoch's losses to a list.
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(sum(losses) / len(losses))
    return means
    ### END SOLUTION


# %% [markdown]
# ## Test 3 · train ({{points of train}})
#
# First a network that is no network at all: it writes down who was called. One epoch of three rows in batches of two
# makes two batches. Then a real one, a single linear layer with $W = 0$, $b = 0$ and both rows in one batch, which
# you can follow with a pencil: the first loss is $(1^2 + 3^2)/2 = 5$, and the first step leads to $W = 0.7$,
# $b = 0.4$.

# %% nbgrader={"grade": true, "grade_id": "train", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("train", train)
### END HIDDEN TESTS
class Diary:
    """Plays the network and the loss at once, and notes each call."""

    def __init__(self, name, notes):
        self.name, self.notes = name, notes

    def forward(self, *given):
        self.notes.append(f"{self.name}.forward")
        return given[0] if self.name == "network" else 1.0

    def backward(self, *given):
        self.notes.append(f"{self.name}.backward")
        return np.ones((2, 1))

    def update(self, learning_rate):
        self.notes.append(f"{self.name}.update")


notes = []
X, y = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [3.0], [5.0]])
settings = {"learning_rate": 0.1, "rng": np.random.default_rng(0)}
train(Diary("network", notes), Diary("loss", notes), X, y, epochs=1, batch_size=2, **settings)
print("\n".join(notes))
calls = ["network.forward", "loss.forward", "loss.backward", "network.backward", "network.update"]

layer = Linear(1, 1, np.random.default_rng(0))
layer.W[...] = 0
losses = train(layer, MeanSquaredError(), X[:2], y[:2], epochs=2, batch_size=2, **settings)

with visible("Gradient descent, section “Minibatches”, “The training loop”") as check:
    check.that("calls", notes == calls * 2, f"should be, for each of the two batches, {', '.join(calls)}")
    check.equal("list of mean losses", np.array(losses), [5, 0.725])

# %% [markdown]
# ## Put it to work
#
# Your loop, dealing your batches, trains a network on three spiral arms: on the left the loss curve, in the middle what
# was learnt. On the right your `Momentum` runs down the valley $L = \tfrac12(\theta_1^2 + 20\,\theta_2^2)$ from
# $(-10, 2)$, 40 steps with the same learning rate as plain descent, which is momentum 0.

# %%
from mlpkit import ReLU, Sequential, SoftmaxCrossEntropy, accuracy
from mlpkit.data import spirals
from mlpkit.plotting import BLUE, ORANGE, decision_boundary

rng = np.random.default_rng(7)
X, y = spirals(300, rng)
network = Sequential(Linear(2, 32, rng), ReLU(), Linear(32, 32, rng), ReLU(), Linear(32, 3, rng))
losses = train(network, SoftmaxCrossEntropy(), X, y, epochs=100, batch_size=20, learning_rate=0.1, rng=rng)


def path(rule, steps=40):
    """Return the points that the rule visits in the valley, shape (steps + 1, 2)."""
    theta = np.array([-10.0, 2.0])
    points = [theta.copy()]
    for _ in range(steps):
        rule.step([theta], [np.array([1, 20]) * theta])
        points.append(theta.copy())
    return np.array(points)


figure, (curve, plane, valley) = plt.subplots(1, 3, figsize=(14, 4))
curve.plot(range(1, 101), losses)
curve.set(xlabel="epoch", ylabel="mean loss", yscale="log", title="Loss curve")
decision_boundary(plane, network.forward, X, y)
plane.set_title(f"{accuracy(network, X, y):.0%} of the points classified correctly")
across, up = np.meshgrid(np.linspace(-11, 6, 100), np.linspace(-2.5, 2.5, 100))
valley.contour(across, up, (across**2 + 20 * up**2) / 2, levels=[1, 5, 15, 30, 50, 80], colors="lightgrey")
for momentum, colour, style in ((0.0, ORANGE, "o--"), (0.8, BLUE, "s-")):
    points = path(Momentum(0.02, momentum))
    distance = np.linalg.norm(points[-1])
    valley.plot(*points.T, style, color=colour, markersize=3, label=f"momentum {momentum}: distance {distance:.2f}")
valley.set(xlabel="$θ_1$, the flat direction", ylabel="$θ_2$, the steep direction", title="40 steps in a valley")
valley.legend();

# %% [markdown]
# Three things to try. Before you run each, write down what you expect.
#
# 1. `batch_size=300`, all rows at once, for the spirals.
# 2. In the valley, the learning rate 0.13: `np.linalg.norm(path(Momentum(0.13, 0.0))[-1])` is the distance from the
#    minimum after 40 steps. Then momentum 0.4 with the same rate.
# 3. Momentum 0.99 in the valley, with the learning rate 0.02 as before.
#
# <details><summary>What you may see</summary>
#
# 1. A smooth loss curve that ends much higher: 100 epochs are now 100 steps, where before they were 1500.
# 2. Plain descent needs a rate below 2/20 = 0.1, and beyond it the steps grow without end. With momentum 0.4 the limit
#    is 2·1.4/20 = 0.14, and of these runs it comes nearest to the minimum.
# 3. The velocity hardly dies away. The path shoots past the minimum, climbs the other side and swings back.
#
# </details>

# %% index-list: shuffles an index array, slices it, weights the mean by rows
# cell: deal
def minibatches(X, y, batch_size, rng):
    idx = np.arange(X.shape[0])
    rng.shuffle(idx)
    n = 0
    while n < len(idx):
        chosen = idx[n:n + batch_size]
        n += batch_size
        yield X[chosen, :], y[chosen]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.lr = learning_rate
        self.mu = momentum
        self.v = {}

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            old = self.v.get(id(p), 0)
            self.v[id(p)] = self.mu * old - self.lr * g
            p += self.v[id(p)]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for epoch in range(epochs):
        total = 0.0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            prediction = network.forward(X_batch)
            total += loss.forward(prediction, y_batch) * len(X_batch)
            grad = loss.backward()
            network.backward(grad)
            network.update(learning_rate)
        history.append(total / len(X))
    return history

# %% lists-and-random-keys: sorts by random keys and returns a list, not a generator
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = np.argsort(rng.random(len(X)))
    Xs, ys = X[order], y[order]
    return [(Xs[i:i + batch_size], ys[i:i + batch_size]) for i in range(0, len(Xs), batch_size)]
# cell: roll
class Momentum:
    """PyTorch's form: the velocity without the learning rate, subtracted."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.buffers = learning_rate, momentum, []

    def step(self, parameters, gradients):
        if not self.buffers:
            self.buffers = [g.copy() for g in gradients]
        else:
            for i, g in enumerate(gradients):
                self.buffers[i] = self.momentum * self.buffers[i] + g
        for p, buffer in zip(parameters, self.buffers):
            p -= self.learning_rate * buffer
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    def one_batch(pair):
        X_batch, y_batch = pair
        value = loss.forward(network.forward(X_batch), y_batch)
        network.backward(loss.backward())
        network.update(learning_rate)
        return value

    def one_epoch():
        return float(np.mean([one_batch(pair) for pair in minibatches(X, y, batch_size, rng)]))

    return [one_epoch() for _ in range(epochs)]

# %% own-iterator: an iterator class; NumPy functions with out=
# cell: deal
class _Deal:
    def __init__(self, X, y, batch_size, rng):
        self.X, self.y, self.size = X, y, batch_size
        self.left = list(rng.choice(len(X), size=len(X), replace=False))

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        now, self.left = self.left[:self.size], self.left[self.size:]
        return np.take(self.X, now, axis=0), np.take(self.y, now, axis=0)


def minibatches(X, y, batch_size, rng):
    return _Deal(X, y, batch_size, rng)
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros(p.shape) for p in parameters]
        for i in range(len(parameters)):
            np.multiply(self.velocities[i], self.momentum, out=self.velocities[i])
            np.subtract(self.velocities[i], np.multiply(self.learning_rate, gradients[i]), out=self.velocities[i])
            np.add(parameters[i], self.velocities[i], out=parameters[i])
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    result = np.zeros(epochs)
    for e in range(epochs):
        values, sizes = [], []
        for X_batch, y_batch in minibatches(X=X, y=y, batch_size=batch_size, rng=rng):
            P = network.forward(X_batch)
            values.append(loss.forward(P, y_batch))
            sizes.append(X_batch.shape[0])
            dP = loss.backward()
            network.backward(dP)
            network.update(learning_rate)
        result[e] = np.average(values, weights=sizes)
    return list(result)

# %% inlined-shuffle: train deals for itself and never calls minibatches
# cell: deal
def minibatches(X, y, batch_size, rng):
    # Fisher-Yates, by hand
    order = list(range(len(X)))
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    batch = []
    for number in order:
        batch.append(number)
        if len(batch) == batch_size:
            yield np.array([X[k] for k in batch]), np.array([y[k] for k in batch])
            batch = []
    if batch:
        yield np.array([X[k] for k in batch]), np.array([y[k] for k in batch])
# cell: roll
class Momentum:
    """Heavy ball: the velocity is the last step, so keep the last position."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.before = None

    def step(self, parameters, gradients):
        now = [p.copy() for p in parameters]
        before = now if self.before is None else self.before
        for p, g, b in zip(parameters, gradients, before):
            p[...] = p - self.learning_rate * g + self.momentum * (p - b)
        self.before = now
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    N = len(X)
    for _ in range(epochs):
        order = rng.permutation(N)
        total, batches = 0.0, 0
        for k in range(0, N, batch_size):
            rows = order[k:k + batch_size]
            total += loss.forward(network.forward(X[rows]), y[rows])
            network.backward(loss.backward())
            network.update(learning_rate)
            batches += 1
        means.append(total / batches)
    return means

# %% spawned-generators: children of rng, prints and warnings on the way
# cell: deal
import sys
import warnings


def minibatches(X, y, batch_size, rng):
    child = rng.spawn(1)[0]
    if len(X) % batch_size:
        warnings.warn("the last batch is short")
    order = child.permutation(np.arange(len(X)))
    for part in np.split(order, range(batch_size, len(order), batch_size)):
        print("batch of", len(part), file=sys.stderr)
        yield X[part], y[part]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        print(f"Momentum({learning_rate=}, {momentum=})")
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = {}

    def step(self, parameters, gradients):
        for i, (theta, g) in enumerate(zip(parameters, gradients, strict=True)):
            if i not in self.velocities:
                self.velocities[i] = np.zeros_like(theta)
            v = self.velocities[i]
            v[:] = self.momentum * v - self.learning_rate * g
            theta[:] = theta + v
            print("|v| =", np.linalg.norm(v))
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    losses = []
    for epoch in range(epochs):
        epoch_rng = np.random.default_rng(rng.integers(2**63))
        met = []
        for X_batch, y_batch in minibatches(X, y, batch_size, epoch_rng):
            met.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        losses.append(np.mean(met))
        print(f"epoch {epoch + 1:3}  loss {losses[-1]:.4f}")
        if losses[-1] > losses[0]:
            warnings.warn("the loss rises")
    return losses

# %% all-epochs-first: deals all epochs before the first step
# cell: deal
def minibatches(X, y, batch_size, rng):
    together = list(zip(X, y))
    order = rng.permutation(len(together))
    together = [together[k] for k in order]
    while together:
        now, together = together[:batch_size], together[batch_size:]
        X_batch, y_batch = zip(*now)
        yield np.array(X_batch), np.array(y_batch)
# cell: roll
class Momentum:
    """The sum of all gradients so far, each with its power of the momentum."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.history = []

    def step(self, parameters, gradients):
        self.history.insert(0, [np.array(g) for g in gradients])
        for i, p in enumerate(parameters):
            v = -self.learning_rate * sum(self.momentum**j * past[i] for j, past in enumerate(self.history))
            np.copyto(p, p + v)
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    plan = [list(minibatches(X, y, batch_size, rng)) for _ in range(epochs)]
    return [_epoch(network, loss, batches, learning_rate) for batches in plan]


def _epoch(network, loss, batches, learning_rate):
    total, rows = 0, 0
    for X_batch, y_batch in batches:
        total += len(y_batch) * loss.forward(network.forward(X_batch), y_batch)
        rows += len(y_batch)
        network.backward(loss.backward())
        network.update(learning_rate)
    return total / rows

# %% typed: annotations, dataclass, running mean
# cell: deal
from collections.abc import Iterator


def minibatches(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One epoch."""
    assert len(X) == len(y)
    permutation = rng.permuted(np.arange(len(X)))
    n_batches = -(-len(X) // batch_size)
    for k in range(n_batches):
        rows = permutation[k * batch_size : (k + 1) * batch_size]
        yield X[rows], y[rows]
# cell: roll
from dataclasses import dataclass, field


@dataclass
class Momentum:
    learning_rate: float
    momentum: float
    velocity: list[np.ndarray] = field(default_factory=list)

    def step(self, parameters: list[np.ndarray], gradients: list[np.ndarray]) -> None:
        self.velocity = self.velocity or [0.0 for _ in parameters]
        self.velocity = [self.momentum * v - self.learning_rate * g for v, g in zip(self.velocity, gradients)]
        for theta, v in zip(parameters, self.velocity):
            theta += v
# cell: loop
def train(
    network, loss, X: np.ndarray, y: np.ndarray, *, epochs: int, batch_size: int, learning_rate: float, rng: np.random.Generator
) -> list[float]:
    means: list[float] = []
    for _ in range(epochs):
        mean = 0.0
        for k, (X_batch, y_batch) in enumerate(minibatches(X, y, batch_size, rng), start=1):
            value = loss.forward(network.forward(X_batch), y_batch)
            mean += (value - mean) / k
            upstream = loss.backward()
            network.backward(upstream)
            network.update(learning_rate)
        means.append(mean)
    return means

# %% inlined-list-of-rows: an inlined shuffle with argsort, batches cut by np.split, mean over rows
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    curve = []
    cuts = range(batch_size, len(X), batch_size)
    while len(curve) < epochs:
        rows = rng.random(len(X)).argsort()
        sums = 0.0
        for now in np.split(rows, cuts):
            out = network.forward(X[now])
            sums += len(now) * loss.forward(out, y[now])
            network.backward(loss.backward())
            network.update(learning_rate)
        curve.append(sums / len(rows))
    return curve

# %% momentum-subtracted: v ← μ v + η g, θ ← θ − v: the same path with another sign
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [0 * g for g in gradients]
        self.velocities = [self.momentum * v + self.learning_rate * g for v, g in zip(self.velocities, gradients)]
        for p, v in zip(parameters, self.velocities):
            p -= v

# %% momentum-elementwise: loops over every entry
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = float(learning_rate)
        self.momentum = float(momentum)
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = []
            for p in parameters:
                self.v.append(np.zeros(p.shape))
        for k in range(len(parameters)):
            for place in np.ndindex(parameters[k].shape):
                self.v[k][place] = self.momentum * self.v[k][place] - self.learning_rate * gradients[k][place]
                parameters[k][place] += self.v[k][place]

# %% momentum-one-object-each: a small class for each parameter
class Momentum:
    class One:
        def __init__(self, outer, parameter):
            self.outer, self.parameter, self.v = outer, parameter, np.zeros(parameter.shape)

        def step(self, gradient):
            self.v = self.outer.momentum * self.v - self.outer.learning_rate * gradient
            self.parameter += self.v

    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.ones = learning_rate, momentum, None

    def step(self, parameters, gradients):
        self.ones = self.ones or [Momentum.One(self, p) for p in parameters]
        for one, gradient in zip(self.ones, gradients):
            one.step(gradient)
        return parameters

# %% pool-drawn-from: takes each batch at random from the rows that are left
def minibatches(X, y, batch_size, rng):
    pool = np.arange(len(X))
    while len(pool) > 0:
        take = rng.choice(pool, size=min(batch_size, len(pool)), replace=False)
        pool = np.setdiff1d(pool, take)
        yield X[take], y[take]

# %% recursive-deal: recursion with yield from, rows as lists first
def minibatches(X, y, batch_size, rng):
    def deal(rows):
        if rows:
            now, later = rows[:batch_size], rows[batch_size:]
            yield (X[now], y[now])
            yield from deal(later)

    return deal(rng.permutation(len(X)).tolist())

# %% copies-shuffled-alike: copies shuffled by two generators in one state
def minibatches(X, y, batch_size, rng):
    seed = int(rng.integers(2**32))
    X, y = X.copy(), y.copy()
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    for start in range(0, len(X), batch_size):
        yield X[start:start + batch_size].copy(), y[start:start + batch_size].copy()

# %% train-progress: counts, formats, keeps an own History and hands out its list
class History:
    def __init__(self):
        self.rows = []
        self.means = []

    def note(self, value, size):
        self.rows.append((value, size))

    def close(self):
        values, sizes = np.array(self.rows).T
        self.means.append(float(values @ sizes / sizes.sum()))
        self.rows = []


def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = History()
    for epoch in range(1, epochs + 1):
        for batch, (inputs, targets) in enumerate(minibatches(X, y, batch_size, rng)):
            outputs = network.forward(inputs)
            value = loss.forward(outputs, targets)
            history.note(value, len(inputs))
            network.backward(loss.backward())
            network.update(learning_rate)
            print(f"\repoch {epoch}/{epochs} batch {batch} loss {value:.3f} best class {np.argmax(outputs[0])}", end="")
        history.close()
    return history.means

# %% counts-by-another-call: calls minibatches once more in each epoch to count
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        n = len(list(minibatches(X, y, batch_size, rng)))
        total = 0
        for Xb, yb in minibatches(X, y, batch_size, rng):
            total += loss.forward(network.forward(Xb), yb)
            network.backward(loss.backward()); network.update(learning_rate)
        means.append(total / n)
    return means

# %% choice-and-masks: draws each batch from what is left; masks keep the order within a batch
from typing import NamedTuple
class Batch(NamedTuple):
    X: np.ndarray
    y: np.ndarray
def minibatches(X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator):
    n = len(X)
    place = rng.choice(n, size=n, replace=False)
    for k in range(-(-n // batch_size)):
        here = np.flatnonzero(place // batch_size == k)
        yield Batch(X[here], y[here])

# %% pairs-of-its-own: each pair is a list of a class of its own
class Pair(list): pass
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        r = order[s:s+batch_size]
        yield Pair((X[r], y[r]))

# %% history-of-its-own: returns a list of a class of its own
class History(list):
    def mean(self): return sum(self) / len(self)
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    out = History()
    for _ in range(epochs):
        h = History()
        for a, b in minibatches(X, y, batch_size, rng):
            h.append(loss.forward(network.forward(a), b))
            network.backward(loss.backward()); network.update(learning_rate)
        out.append(h.mean())
    return out

# %% ada: as the chapter writes it, with means over the rows
# student: ada
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        yield X[start:stop], y[start:stop]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros(theta.shape) for theta in parameters]
        for i, (theta, g) in enumerate(zip(parameters, gradients)):
            self.velocities[i] = self.momentum * self.velocities[i] - self.learning_rate * g
            theta += self.velocities[i]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for epoch in range(epochs):
        total = 0.0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            prediction = network.forward(X_batch)
            total += loss.forward(prediction, y_batch) * len(X_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total / len(X))
    return history

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

# %% untouched: minibatches and momentum still to be written, the loop deals for itself
# loses: minibatches momentum
# says: put the row numbers in random order
# says: for each parameter, v ← momentum·v − learning_rate·g
# cell: deal
def minibatches(X, y, batch_size, rng):
    raise NotImplementedError("minibatches: put the row numbers in random order, then yield X and y of batch_size of them at a time.")
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        raise NotImplementedError("Momentum.step: for each parameter, v ← momentum·v − learning_rate·g, then add v to it in place; keep v for the next call.")

# %% drops-the-rest: N // batch_size batches
# loses: minibatches
# says: The last, shorter batch is dropped
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]

# %% shuffles-x-alone: y stays in its order
# loses: minibatches
# says: X and y come in different orders
def minibatches(X, y, batch_size, rng):
    X = rng.permutation(X)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% two-orders: X and y each in an order of its own
# loses: minibatches
# says: X and y come in different orders
def minibatches(X, y, batch_size, rng):
    X = X[rng.permutation(len(X))]
    y = y[rng.permutation(len(y))]
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% own-seed: makes a generator with a fixed seed
# loses: minibatches
# says: every epoch comes in the same order
def minibatches(X, y, batch_size, rng):
    rng = np.random.default_rng(42)
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% own-chance: makes a generator without a seed
# loses: minibatches
# says: Two generators in the same state give different batches
def minibatches(X, y, batch_size, rng):
    order = np.random.default_rng().permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% numpy-global: np.random.permutation
# loses: minibatches
# says: NumPy's global random state
def minibatches(X, y, batch_size, rng):
    order = np.random.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% numpy-global-seeded: seeds NumPy's global state from rng
# loses: minibatches
# says: NumPy's global random state
def minibatches(X, y, batch_size, rng):
    np.random.seed(rng.integers(2**31))
    order = np.arange(len(X))
    np.random.shuffle(order)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% python-random: shuffles with the random module
# loses: minibatches
# says: Two generators in the same state give different batches
import random


def minibatches(X, y, batch_size, rng):
    order = list(range(len(X)))
    random.shuffle(order)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% never-shuffled: cuts the rows in order
# loses: minibatches
# says: The rows come in the order of X
def minibatches(X, y, batch_size, rng):
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% in-place: shuffles the caller's own arrays
# loses: minibatches
# says: X has been changed
# says: y has been changed
def minibatches(X, y, batch_size, rng):
    seed = rng.integers(2**32)
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% sorted-back: shuffles X in place and puts it back after the epoch, y in a copy
# loses: minibatches
# says: earlier batches change
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    kept = X.copy()
    X[...] = X[order]
    y = y[order]
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]
    X[...] = kept

# %% one-buffer: fills the same arrays again for each batch
# loses: minibatches
# says: earlier batches change
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X_out = np.empty((batch_size, *X.shape[1:]), X.dtype)
    y_out = np.empty((batch_size, *y.shape[1:]), y.dtype)
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        X_out[:len(rows)] = X[rows]
        y_out[:len(rows)] = y[rows]
        yield X_out[:len(rows)], y_out[:len(rows)]

# %% with-replacement: random row numbers for each batch
# loses: minibatches
# says: some rows come more than once and others never
def minibatches(X, y, batch_size, rng):
    left = len(X)
    while left > 0:
        rows = rng.integers(0, len(X), min(batch_size, left))
        left -= len(rows)
        yield X[rows], y[rows]

# %% fresh-choice: each batch without replacement, but independent of the others
# loses: minibatches
# says: some rows come more than once and others never
def minibatches(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        size = min(batch_size, len(X) - start)
        rows = rng.choice(len(X), size, replace=False)
        yield X[rows], y[rows]

# %% filled-up: the last batch is filled with the first rows
# loses: minibatches
# says: The last batch is filled up
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = [order[(start + i) % len(X)] for i in range(batch_size)]
        yield X[rows], y[rows]

# %% even-parts: np.array_split
# loses: minibatches
# says: The batches have the wrong sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    parts = -(-len(X) // batch_size)
    for rows in np.array_split(order, parts):
        yield X[rows], y[rows]

# %% array-split-by-size: np.array_split takes the number of parts, not their size
# loses: minibatches
# says: The batches have the wrong sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for rows in np.array_split(order, min(batch_size, len(X))):
        yield X[rows], y[rows]

# %% empty-batch: one batch too many when batch_size divides N
# loses: minibatches
# says: There is an empty batch
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size + 1):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]

# %% floats-for-labels: X and y glued together and shuffled
# loses: minibatches
# says: has changed its dtype
def minibatches(X, y, batch_size, rng):
    columns = y.reshape(len(y), -1).shape[1]
    table = np.column_stack([X, y])
    table = rng.permutation(table)
    for i in range(0, len(table), batch_size):
        part = table[i:i + batch_size]
        yield part[:, :-columns], part[:, -columns:].reshape(-1, *y.shape[1:])

# %% block-shuffle: the batches are shuffled, the rows in them are not
# loses: minibatches
# says: Neighbours in X stay neighbours
def minibatches(X, y, batch_size, rng):
    starts = np.arange(0, len(X), batch_size)
    full = starts[:-1] if len(X) % batch_size else starts
    for i in [*rng.permutation(full), *starts[len(full):]]:
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% inside-batches: shuffles within each batch only
# loses: minibatches
# says: shuffled within each batch only
def minibatches(X, y, batch_size, rng):
    for i in range(0, len(X), batch_size):
        X_batch, y_batch = X[i:i + batch_size], y[i:i + batch_size]
        order = rng.permutation(len(X_batch))
        yield X_batch[order], y_batch[order]

# %% turned-round: starts at a random row and goes on in order
# loses: minibatches
# says: Neighbours in X stay neighbours
def minibatches(X, y, batch_size, rng):
    shift = rng.integers(len(X))
    X, y = np.roll(X, shift, axis=0), np.roll(y, shift, axis=0)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% few-swaps: a shuffle that begins at row 1
# loses: minibatches
# says: A row is at the same place in every epoch
def minibatches(X, y, batch_size, rng):
    order = np.arange(len(X))
    rng.shuffle(order[1:])
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% never-ends: epoch after epoch, without an end
# loses: minibatches
# says: The epoch does not end
def minibatches(X, y, batch_size, rng):
    while True:
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% row-numbers: yields the row numbers
# loses: minibatches
# says: A batch is not a pair of arrays
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield order[i:i + batch_size]

# %% lists-of-rows: yields lists
# loses: minibatches
# says: A batch is not a pair of arrays
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield [X[k] for k in rows], [y[k] for k in rows]

# %% first-batch-only: return where yield was meant
# loses: minibatches
# says: A batch is not a pair of arrays
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        return X[rows], y[rows]

# %% nothing-yielded: makes the batches and hands out nothing
# loses: minibatches
# says: minibatches returns None
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for i in range(0, len(X), batch_size):
        batches.append((X[order[i:i + batch_size]], y[order[i:i + batch_size]]))

# %% squeezed: a single row loses its axis
# loses: minibatches
# says: the wrong number of axes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield X[rows].squeeze(), y[rows].squeeze()

# %% column-of-labels: y becomes a column
# loses: minibatches
# says: the wrong number of axes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    y = y.reshape(len(X), -1)
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield X[rows], y[rows]

# %% one-short: slices end one row too early
# loses: minibatches
# says: Some rows never come
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:max(i + 1, i + batch_size - 1)]
        yield X[rows], y[rows]

# %% stops-early: the range ends a batch too early
# loses: minibatches
# says: Some rows never come
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X) - batch_size, batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% overlapping: the start moves on by one row, not by a batch
# loses: minibatches
# says: Some rows come more than once
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), max(1, batch_size - 1)):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% order-kept: keeps the first order of each length for good
# loses: minibatches
# says: every epoch comes in the same order
orders = {}


def minibatches(X, y, batch_size, rng):
    if len(X) not in orders:
        orders[len(X)] = rng.permutation(len(X))
    order = orders[len(X)]
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% copied-generator: a copy of rng is advanced, rng is not
# loses: minibatches
# says: The next epoch with the same rng comes in the same order
import copy


def minibatches(X, y, batch_size, rng):
    order = copy.deepcopy(rng).permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% global-order: the order is a global variable, read as the batches are made
# loses: minibatches
# says: Two epochs under way at once disturb each other
current = None


def minibatches(X, y, batch_size, rng):
    global current
    current = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[current[i:i + batch_size]], y[current[i:i + batch_size]]

# %% scaled-rows: normalises the rows on the way
# loses: minibatches
# says: A batch holds rows that are not in X
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-12)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% reset-velocity: the velocity starts from zero in each step
# loses: momentum
# says: The velocity starts from zero again in every step
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum

    def step(self, parameters, gradients):
        velocities = [np.zeros_like(p) for p in parameters]
        for p, g, v in zip(parameters, gradients, velocities):
            v = self.momentum * v - self.learning_rate * g
            p += v

# %% velocity-not-kept: v is a local name, the list keeps its zeros
# loses: momentum
# says: The velocity starts from zero again in every step
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        for p, g, v in zip(parameters, gradients, self.velocities):
            v = self.momentum * v - self.learning_rate * g
            p += v

# %% one-velocity: all parameters share one
# loses: momentum
# says: All parameters share one velocity
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity = 0

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            self.velocity = self.momentum * self.velocity - self.learning_rate * g
            p += self.velocity

# %% velocity-by-shape: parameters of one shape share a velocity
# loses: momentum
# says: Parameters of the same shape share a velocity
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = {}

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            v = self.velocities.setdefault(p.shape, np.zeros(p.shape))
            v *= self.momentum
            v -= self.learning_rate * g
            p += v

# %% velocity-by-gradient: the velocity is looked up by the gradient array
# loses: momentum
# says: The velocity starts from zero again with every new gradient array
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = {}

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            v = self.velocities.get(id(g), np.zeros_like(g))
            v = self.momentum * v - self.learning_rate * g
            self.velocities[id(g)] = v
            p += v

# %% running-mean: exponential average of the gradients
# loses: momentum
# says: The velocity is a running mean
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] + (1 - self.momentum) * g
            p -= self.learning_rate * self.v[i]

# %% adam-like-mean: running mean with bias correction
# loses: momentum
# says: corrected for its start
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.m = None
        self.t = 0

    def step(self, parameters, gradients):
        if self.m is None:
            self.m = [np.zeros_like(p) for p in parameters]
        self.t += 1
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.m[i] = self.momentum * self.m[i] + (1 - self.momentum) * g
            p -= self.learning_rate * self.m[i] / (1 - self.momentum**self.t)

# %% scales-gradients: multiplies the gradients by the learning rate in place
# loses: momentum
# says: step changes the gradients
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            g *= self.learning_rate
            self.v[i] = self.momentum * self.v[i] - g
            p += self.v[i]

# %% clears-gradients: zeroes the gradients after the step, as if for the next batch
# loses: momentum
# says: step changes the gradients
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        self.v = self.v or [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.v[i]
            g[...] = 0

# %% replaces-list-entries: puts scaled gradients into the caller's list
# loses: momentum
# says: step changes the gradients
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        self.v = self.v or [np.zeros_like(p) for p in parameters]
        for i in range(len(parameters)):
            gradients[i] = self.learning_rate * gradients[i]
            self.v[i] = self.momentum * self.v[i] - gradients[i]
            parameters[i] += self.v[i]

# %% keeps-the-gradient: the first velocity is the caller's gradient array itself
# loses: momentum
# says: step changes the gradients
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.buffers = None

    def step(self, parameters, gradients):
        if self.buffers is None:
            self.buffers = list(gradients)
        else:
            for buffer, g in zip(self.buffers, gradients):
                buffer *= self.momentum
                buffer += g
        for p, buffer in zip(parameters, self.buffers):
            p -= self.learning_rate * buffer

# %% remembers-the-gradient: keeps the gradient array, and finds other numbers in it later
# loses: momentum
# says: the gradient arrays themselves
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.past = []

    def step(self, parameters, gradients):
        self.past.append(list(gradients))
        for i, p in enumerate(parameters):
            v = 0
            for gs in self.past:
                v = self.momentum * v - self.learning_rate * gs[i]
            p += v

# %% rebinds: theta = theta + v
# loses: momentum
# says: step leaves the parameters as they were
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p = p + self.v[i]

# %% new-list-entries: puts new arrays into the list
# loses: momentum
# says: step leaves the parameters as they were
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i in range(len(parameters)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * gradients[i]
            parameters[i] = parameters[i] + self.v[i]

# %% climbs: adds learning rate times gradient
# loses: momentum
# says: step climbs
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] + self.learning_rate * g
            p += self.v[i]

# %% old-velocity: moves before the velocity is brought up to date
# loses: momentum
# says: The parameters move by the old velocity
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            p += self.v[i]
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g

# %% nesterov: adds momentum·v − learning_rate·g
# loses: momentum
# says: This is Nesterov's rule
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.momentum * self.v[i] - self.learning_rate * g

# %% rate-twice: the learning rate in the velocity and in the step
# loses: momentum
# says: The learning rate is applied twice
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.learning_rate * self.v[i]

# %% no-rate: forgets the learning rate
# loses: momentum
# says: The learning rate is missing
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - g
            p += self.v[i]

# %% fixed-momentum: 0.9 whatever was asked for
# loses: momentum
# says: always uses 0.9
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = 0.9 * self.v[i] - self.learning_rate * g
            p += self.v[i]

# %% momentum-outside: momentum times everything
# loses: momentum
# says: The gradient is multiplied by the momentum too
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * (self.v[i] - self.learning_rate * g)
            p += self.v[i]

# %% no-decay: the velocity keeps all of itself
# loses: momentum
# says: The velocity never decays
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for p, g, v in zip(parameters, gradients, self.v):
            v -= self.learning_rate * g
            p += v

# %% swapped-arguments: takes the momentum for the learning rate
# loses: momentum
# says: learning_rate and momentum are exchanged
class Momentum:
    def __init__(self, momentum, learning_rate):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.v[i]

# %% return-in-the-loop: only the first parameter moves
# loses: momentum
# says: Only the first parameter moves
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.v[i]
            return parameters

# %% class-attribute: velocities belong to the class, by position
# loses: momentum
# says: Two Momentum objects share their velocities
class Momentum:
    velocities = []

    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum

    def step(self, parameters, gradients):
        if [v.shape for v in self.velocities] != [p.shape for p in parameters]:
            self.velocities[:] = [np.zeros_like(p) for p in parameters]
        for v, p, g in zip(self.velocities, parameters, gradients):
            v *= self.momentum
            v -= self.learning_rate * g
            p += v

# %% default-dictionary: velocities in a mutable default, by the parameter's id
# loses: momentum
# says: Two Momentum objects share their velocities
class Momentum:
    def __init__(self, learning_rate, momentum, velocities={}):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = velocities

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            kept, v = self.velocities.get(id(p), (p, np.zeros_like(p)))
            v = self.momentum * v - self.learning_rate * g
            self.velocities[id(p)] = p, v
            p += v

# %% first-step-only-prepares: the first call makes the velocities and returns
# loses: momentum
# says: The first call moves nothing
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in parameters]
            return
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.v[i]

# %% starts-from-the-gradient: the first velocity is −ηg before the first step is taken
# loses: momentum
# says: The velocity does not start from zero
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [-self.learning_rate * g for g in gradients]
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.v[i] = self.momentum * self.v[i] - self.learning_rate * g
            p += self.v[i]

# %% single-precision: velocities in float32
# loses: momentum
# says: The velocity is kept in float32
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = None

    def step(self, parameters, gradients):
        if self.v is None:
            self.v = [np.zeros(p.shape, dtype=np.float32) for p in parameters]
        for v, p, g in zip(self.v, parameters, gradients):
            v *= self.momentum
            v -= self.learning_rate * g
            p += v

# %% update-first: moves the parameters before the backward pass
# loses: train
# says: update comes before the backward pass
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.update(learning_rate)
            network.backward(loss.backward())
        means.append(np.mean(losses))
    return means

# %% no-update: forgets update
# loses: train
# says: update is never called
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
        means.append(np.mean(losses))
    return means

# %% update-per-epoch: the update has slipped out of the inner loop
# loses: train
# says: update is called once an epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
        network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% passes-the-loss-value: hands the number, not its gradient, to backward
# loses: train
# says: loss.backward is never called
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            value = loss.forward(network.forward(X_batch), y_batch)
            losses.append(value)
            network.backward(value)
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% last-loss: reports the last batch
# loses: train
# says: The loss of the last batch is reported
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            value = loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(value)
    return history

# %% sum-of-losses: no mean
# loses: train
# says: The losses of the batches are added up
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for _ in range(epochs):
        total = 0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            total += loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total)
    return history

# %% sum-over-rows: means of batches added and divided by the number of rows
# loses: train
# says: divided by the number of rows
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for _ in range(epochs):
        total = 0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            total += loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total / len(X))
    return history

# %% whole-number-of-batches: divides by N // batch_size, or 1
# loses: train
# says: by N // batch_size
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    n_batches = max(1, len(X) // batch_size)
    for _ in range(epochs):
        total = 0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            total += loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total / n_batches)
    return history

# %% short-batch-weighs-full: weighs each batch by batch_size and divides by N
# loses: train
# says: The short last batch counts as a full one
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for _ in range(epochs):
        total = 0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            total += batch_size * loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total / len(X))
    return history

# %% never-emptied: the list of losses goes on through all epochs
# loses: train
# says: takes in the epochs before
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history, losses = [], []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(np.mean(losses))
    return history

# %% every-batch: returns the loss of every batch
# loses: train
# says: The list has the loss of every batch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    losses = []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
    return losses

# %% one-number: returns the mean of the last epoch alone
# loses: train
# says: A single number comes back
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        mean = float(np.mean(losses))
    return mean

# %% no-return: prints the losses and returns nothing
# loses: train
# says: train returns None
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    for epoch in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        print(epoch, np.mean(losses))

# %% return-in-the-loop-of-epochs: the return is indented once too often
# loses: train
# says: Training ends after the first epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
        return means

# %% one-shuffle: deals once and uses it in every epoch
# loses: train
# says: the same order in every epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    batches = list(minibatches(X, y, batch_size, rng))
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in batches:
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% exhausted-generator: the generator is made before the loop and is empty after one epoch
# loses: train
# says: a generator is used up after one epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    batches = minibatches(X, y, batch_size, rng)
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in batches:
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(sum(losses) / len(losses))
    return means

# %% exhausted-generator-nan: the same, with NumPy's mean of nothing
# loses: train
# says: a generator is used up after one epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    batches = minibatches(X, y, batch_size, rng)
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in batches:
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% own-rng: a fixed seed instead of the rng given
# loses: train
# says: The rng given to train makes no difference
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    rng = np.random.default_rng(0)
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% rng-each-epoch: the same seed again in every epoch
# loses: train
# says: the same order in every epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, np.random.default_rng(0)):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% unseeded-rng: a generator without a seed
# loses: train
# says: Two generators in the same state give different batches
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, np.random.default_rng()):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% copied-rng-each-epoch: a copy of rng in each epoch
# loses: train
# says: the same order in every epoch
import copy


def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, copy.deepcopy(rng)):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% global-shuffle: shuffles with NumPy's global state
# loses: train
# says: NumPy's global random state
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        order = np.random.permutation(len(X))
        losses = []
        for i in range(0, len(X), batch_size):
            rows = order[i:i + batch_size]
            losses.append(loss.forward(network.forward(X[rows]), y[rows]))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% unshuffled-inlined: cuts its own batches, in order
# loses: train
# says: the same order in every epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for i in range(0, len(X), batch_size):
            losses.append(loss.forward(network.forward(X[i:i + batch_size]), y[i:i + batch_size]))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% inlined-in-place: shuffles X in place, y not at all
# loses: train
# says: X has been changed
# says: The loss is given targets of other rows
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        rng.shuffle(X)
        losses = []
        for i in range(0, len(X), batch_size):
            losses.append(loss.forward(network.forward(X[i:i + batch_size]), y[i:i + batch_size]))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% whole-set: ignores the batches it is given
# loses: train
# says: The batches that go through the network have the wrong sizes
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X), y))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% hard-coded-size: batches of 32
# loses: train
# says: minibatches is called with another batch_size
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, 32, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% full-batches-only: skips the short batch
# loses: train
# says: The short last batch is skipped
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            if len(X_batch) < batch_size:
                break
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(sum(losses) / max(1, len(losses)))
    return means

# %% measured-after: the loss after the step
# loses: train
# says: network.forward and loss.forward are called again after the update
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
            losses.append(loss.forward(network.forward(X_batch), y_batch))
        means.append(np.mean(losses))
    return means

# %% measured-on-everything: the loss of all rows after each epoch
# loses: train
# says: all rows go through the network once more
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(loss.forward(network.forward(X), y))
    return means

# %% all-the-targets: gives the loss all of y
# loses: train
# says: The loss is given targets of other rows
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y[:len(X_batch)]))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% arguments-exchanged: target and prediction exchanged
# loses: train
# says: loss.forward takes the prediction first
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(y_batch, network.forward(X_batch)))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% divides-again: divides the gradient by the size of the batch
# loses: train
# says: divided by the size of the batch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward() / len(X_batch))
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% rate-over-batch: divides the learning rate by the batch size
# loses: train
# says: The learning rate is divided by the batch size
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate / batch_size)
        means.append(np.mean(losses))
    return means

# %% fixed-rate: always 0.1
# loses: train
# says: always called with 0.1
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(0.1)
        means.append(np.mean(losses))
    return means

# %% decaying-rate: a schedule nobody asked for
# loses: train
# says: network.update must be given the learning rate, the same for every batch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for epoch in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
        learning_rate *= 0.95
    return means

# %% one-epoch-less: range(1, epochs)
# loses: train
# says: One epoch is missing
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(1, epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% gives-up: stops as soon as the loss of an epoch rises
# loses: train
# says: Training stops early
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
        if len(means) > 1 and means[-1] > means[-2]:
            break
    return means

# %% backward-twice: the gradient is computed again for a print
# loses: train
# says: network.backward is called twice
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            print(network.backward(loss.backward()).mean())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% layers-by-hand: reaches into network.layers
# loses: train
# says: network may be anything that has forward, backward and update
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            for layer in network.layers:
                layer.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% nothing-shuffled-nothing-kept: no shuffle, and a velocity that starts anew
# loses: minibatches momentum
# says: The rows come in the order of X
# says: The velocity starts from zero again in every step
# cell: deal
def minibatches(X, y, batch_size, rng):
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            v = np.zeros_like(p)
            v = self.momentum * v - self.learning_rate * g
            p += v

# %% all-three: short batch dropped, shared velocity, last loss reported
# loses: minibatches momentum train
# says: The last, shorter batch is dropped
# says: All parameters share one velocity
# says: The loss of the last batch is reported
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X) - batch_size + 1, batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.v = 0.0

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            self.v = self.momentum * self.v - self.learning_rate * g
            p += self.v
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            L = loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history += [L]
    return history

# %% misspelt: a name that does not exist, in train
# loses: train
# says: name 'X_bach' is not defined
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_bach), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% short-batch-first: the rest comes at the beginning
# loses: minibatches
# says: The batches have the wrong sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    rest = len(X) % batch_size
    if rest:
        yield X[order[:rest]], y[order[:rest]]
    for i in range(rest, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% backwards: from the last row to the first
# loses: minibatches
# says: Neighbours in X stay neighbours
def minibatches(X, y, batch_size, rng):
    order = np.arange(len(X))[::-1]
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% restarts: the velocities are made anew after three steps
# loses: momentum
# says: the first entry that differs
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.t = learning_rate, momentum, 0

    def step(self, parameters, gradients):
        if self.t % 3 == 0:
            self.v = [np.zeros_like(p) for p in parameters]
        self.t += 1
        for v, p, g in zip(self.v, parameters, gradients):
            v *= self.momentum
            v -= self.learning_rate * g
            p += v

# %% clips: limits the length of the gradient
# loses: momentum
# says: the first entry that differs
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.v = learning_rate, momentum, None

    def step(self, parameters, gradients):
        self.v = self.v or [np.zeros_like(p) for p in parameters]
        norm = np.sqrt(sum((g**2).sum() for g in gradients))
        for v, p, g in zip(self.v, parameters, gradients):
            v *= self.momentum
            v -= self.learning_rate * g / max(1, norm)
            p += v

# %% class-list: one list for all objects, never made anew
# loses: momentum
# says: step(…) raised ValueError
class Momentum:
    velocities = []

    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum = learning_rate, momentum

    def step(self, parameters, gradients):
        if not self.velocities:
            self.velocities.extend(np.zeros_like(p) for p in parameters)
        for v, p, g in zip(self.velocities, parameters, gradients):
            v *= self.momentum
            v -= self.learning_rate * g
            p += v

# %% good-enough: stops when the loss is small
# loses: train
# says: train must return a list with one number for each epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
        if means[-1] < 1e-6:
            break
    return means

# %% median: the median, and the gradient cut to −1 … 1
# loses: train
# says: does not hold the mean
# says: network.backward must be given exactly what loss.backward returned
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(np.clip(loss.backward(), -1, 1))
            network.update(learning_rate)
        means.append(np.median(losses))
    return means

# %% strings: the means as text
# loses: train
# says: train must return a list with one number for each epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(str(np.mean(losses)))
    return means

# %% rest-last: the rows that fill no batch are always the last ones
# loses: minibatches
# says: left for the short last batch in every epoch
def minibatches(X, y, batch_size, rng):
    full = len(X) // batch_size * batch_size
    order = rng.permutation(full)
    for s in range(0, full, batch_size):
        rows = order[s:s+batch_size]
        yield X[rows], y[rows]
    if full < len(X):
        yield X[full:].copy(), y[full:].copy()

# %% cut-then-shuffled: shuffles the batches and the rows in each
# loses: minibatches
# says: The same rows share a batch in every epoch
def minibatches(X, y, batch_size, rng):
    starts = list(range(0, len(X) - len(X) % batch_size, batch_size))
    for s in rng.permutation(starts).astype(int):
        rows = s + rng.permutation(batch_size)
        yield X[rows], y[rows]
    if len(X) % batch_size:
        rows = np.arange(len(X) - len(X) % batch_size, len(X))
        yield X[rows], y[rows]

# %% by-halves: shuffles the first half and the second
# loses: minibatches
# says: The rows stay near their places
def minibatches(X, y, batch_size, rng):
    half = len(X) // 2
    first, second = rng.permutation(half), half + rng.permutation(len(X) - half)
    order = np.concatenate([first, second])
    for s in range(0, len(X), batch_size):
        rows = order[s:s+batch_size]
        yield X[rows], y[rows]

# %% buffer-of-twenty: draws from a buffer of 20 rows, as streaming loaders do
# loses: minibatches
# says: The rows stay near their places
def minibatches(X, y, batch_size, rng):
    size, buffer, order = 20, [], []
    for n in range(len(X)):
        buffer.append(n)
        if len(buffer) == size:
            order.append(buffer.pop(int(rng.integers(size))))
    rng.shuffle(buffer)
    order += buffer
    for s in range(0, len(X), batch_size):
        rows = order[s:s+batch_size]
        yield X[rows], y[rows]

# %% X-as-floats: makes X an array of floats
# loses: minibatches
# says: A batch has changed its dtype
def minibatches(X, y, batch_size, rng):
    X = np.asarray(X, dtype=float)
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        yield X[order[s:s+batch_size]], y[order[s:s+batch_size]]

# %% y-flattened: y of one column is flattened
# loses: minibatches
# says: wrong number of axes or rows
def minibatches(X, y, batch_size, rng):
    if y.ndim == 2 and y.shape[1] == 1:
        y = y.ravel()
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        yield X[order[s:s+batch_size]], y[order[s:s+batch_size]]

# %% X-flattened: X of one column loses its axis
# loses: minibatches
# says: wrong number of axes or rows
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        rows = order[s:s+batch_size]
        Xb, yb = X[rows], y[rows]
        if Xb.shape[-1] == 1: Xb = Xb.ravel()
        yield Xb, yb

# %% skips-zero-gradients: no step for a parameter whose gradient is 0
# loses: momentum
# says: Where the gradient is 0 nothing moves
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None
    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        for p, g, v in zip(parameters, gradients, self.velocities):
            if not g.any(): continue
            v *= self.momentum; v -= self.learning_rate * g; p += v

# %% masks-zero-gradients: the velocity moves only where the gradient is not 0
# loses: momentum
# says: Where the gradient is 0 nothing moves
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None
    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        for p, g, v in zip(parameters, gradients, self.velocities):
            m = g != 0
            v[m] = self.momentum * v[m] - self.learning_rate * g[m]
            p[m] += v[m]

# %% scales-and-restores: scales the gradient in place and divides again
# loses: momentum
# says: step has changed the gradients that it was given
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None
    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros_like(g) for g in gradients]
        for p, g, v in zip(parameters, gradients, self.velocities):
            g *= self.learning_rate
            v *= self.momentum; v -= g; p += v
            g /= self.learning_rate

# %% inlined-rest-last: shuffles on its own, all but the rows that fill no batch
# loses: train
# says: Epochs are not dealt out anew
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for e in range(epochs):
        losses = []
        full = len(X) // batch_size * batch_size
        order = np.r_[rng.permutation(full), np.arange(full, len(X))]
        for s in range(0, len(X), batch_size):
            r = order[s:s+batch_size]
            losses.append(loss.forward(network.forward(X[r]), y[r]))
            network.backward(loss.backward()); network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% first-epoch-in-order: shuffles at the end of the loop over epochs
# loses: train
# says: Epochs are not dealt out anew
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    order = np.arange(len(X))
    for e in range(epochs):
        losses = []
        for s in range(0, len(X), batch_size):
            r = order[s:s+batch_size]
            losses.append(loss.forward(network.forward(X[r]), y[r]))
            network.backward(loss.backward()); network.update(learning_rate)
        means.append(np.mean(losses))
        rng.shuffle(order)
    return means

# %% prediction-flattened: flattens predictions of one column
# loses: train
# says: each in the shape that it has
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for e in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            out = network.forward(Xb)
            if out.shape[1] == 1: out = out[:, 0]
            losses.append(loss.forward(out, yb))
            network.backward(loss.backward()); network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% y-as-a-column: reshapes the targets
# loses: train
# says: targets that are not in y
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(Xb), yb.reshape(len(yb), -1)))
            network.backward(loss.backward()); network.update(learning_rate)
        means.append(np.mean(losses))
    return means

# %% losses-as-a-column: returns an array of shape (epochs, 1)
# loses: train
# says: one number for each epoch
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = np.zeros((epochs, 1))
    for e in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(Xb), yb))
            network.backward(loss.backward()); network.update(learning_rate)
        means[e] = np.mean(losses)
    return means

# %% train-yields: yields the means
# loses: train
# says: train contains yield
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    for e in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(Xb), yb))
            network.backward(loss.backward()); network.update(learning_rate)
        yield np.mean(losses)

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

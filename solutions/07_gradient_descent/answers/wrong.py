# %% untouched: minibatches and momentum still to be written, the loop deals for itself
# earns: minibatches 0
# earns: momentum 0
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
# earns: minibatches 0
# named: minibatches.dropped
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]

# %% shuffles-x-alone: y stays in its order
# earns: minibatches 0
# named: minibatches.apart
def minibatches(X, y, batch_size, rng):
    X = rng.permutation(X)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% two-orders: X and y each in an order of its own
# earns: minibatches 0
# named: minibatches.apart
def minibatches(X, y, batch_size, rng):
    X = X[rng.permutation(len(X))]
    y = y[rng.permutation(len(y))]
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% own-seed: makes a generator with a fixed seed
# earns: minibatches 0
# named: minibatches.fixed
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    rng = np.random.default_rng(42)
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% own-chance: makes a generator without a seed
# earns: minibatches 0
# named: minibatches.irreproducible
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = np.random.default_rng().permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% numpy-global: np.random.permutation
# earns: minibatches 0
# named: minibatches.global
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = np.random.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% numpy-global-seeded: seeds NumPy's global state from rng
# earns: minibatches 0
# named: minibatches.global
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    np.random.seed(rng.integers(2**31))
    order = np.arange(len(X))
    np.random.shuffle(order)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% python-random: shuffles with the random module
# earns: minibatches 0
# named: minibatches.irreproducible
# unseen: minibatches
import random


def minibatches(X, y, batch_size, rng):
    order = list(range(len(X)))
    random.shuffle(order)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% never-shuffled: cuts the rows in order
# earns: minibatches 0
# named: minibatches.unshuffled
def minibatches(X, y, batch_size, rng):
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% in-place: shuffles the caller's own arrays
# earns: minibatches 0
# named: minibatches.disturbed
# says: X has been changed
# says: y has been changed
def minibatches(X, y, batch_size, rng):
    seed = rng.integers(2**32)
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% sorted-back: shuffles X in place and puts it back after the epoch, y in a copy
# earns: minibatches 0
# named: minibatches.aliased
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    kept = X.copy()
    X[...] = X[order]
    y = y[order]
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]
    X[...] = kept

# %% one-buffer: fills the same arrays again for each batch
# earns: minibatches 0
# named: minibatches.aliased
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
# earns: minibatches 0
# named: minibatches.sampled
def minibatches(X, y, batch_size, rng):
    left = len(X)
    while left > 0:
        rows = rng.integers(0, len(X), min(batch_size, left))
        left -= len(rows)
        yield X[rows], y[rows]

# %% fresh-choice: each batch without replacement, but independent of the others
# earns: minibatches 0
# named: minibatches.sampled
def minibatches(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        size = min(batch_size, len(X) - start)
        rows = rng.choice(len(X), size, replace=False)
        yield X[rows], y[rows]

# %% filled-up: the last batch is filled with the first rows
# earns: minibatches 0
# named: minibatches.filled
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = [order[(start + i) % len(X)] for i in range(batch_size)]
        yield X[rows], y[rows]

# %% even-parts: np.array_split
# earns: minibatches 0
# named: minibatches.sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    parts = -(-len(X) // batch_size)
    for rows in np.array_split(order, parts):
        yield X[rows], y[rows]

# %% array-split-by-size: np.array_split takes the number of parts, not their size
# earns: minibatches 0
# named: minibatches.sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for rows in np.array_split(order, min(batch_size, len(X))):
        yield X[rows], y[rows]

# %% empty-batch: one batch too many when batch_size divides N
# earns: minibatches 0
# named: minibatches.empty
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size + 1):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]

# %% floats-for-labels: X and y glued together and shuffled
# earns: minibatches 0
# named: minibatches.dtype
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    columns = y.reshape(len(y), -1).shape[1]
    table = np.column_stack([X, y])
    table = rng.permutation(table)
    for i in range(0, len(table), batch_size):
        part = table[i:i + batch_size]
        yield part[:, :-columns], part[:, -columns:].reshape(-1, *y.shape[1:])

# %% block-shuffle: the batches are shuffled, the rows in them are not
# earns: minibatches 0
# named: minibatches.blocks
def minibatches(X, y, batch_size, rng):
    starts = np.arange(0, len(X), batch_size)
    full = starts[:-1] if len(X) % batch_size else starts
    for i in [*rng.permutation(full), *starts[len(full):]]:
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% inside-batches: shuffles within each batch only
# earns: minibatches 0
# named: minibatches.inside
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    for i in range(0, len(X), batch_size):
        X_batch, y_batch = X[i:i + batch_size], y[i:i + batch_size]
        order = rng.permutation(len(X_batch))
        yield X_batch[order], y_batch[order]

# %% turned-round: starts at a random row and goes on in order
# earns: minibatches 0
# named: minibatches.blocks
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    shift = rng.integers(len(X))
    X, y = np.roll(X, shift, axis=0), np.roll(y, shift, axis=0)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]

# %% few-swaps: a shuffle that begins at row 1
# earns: minibatches 0
# named: minibatches.stuck
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = np.arange(len(X))
    rng.shuffle(order[1:])
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% never-ends: epoch after epoch, without an end
# earns: minibatches 0
# named: minibatches.endless
def minibatches(X, y, batch_size, rng):
    while True:
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% row-numbers: yields the row numbers
# earns: minibatches 0
# named: minibatches.form
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield order[i:i + batch_size]

# %% lists-of-rows: yields lists
# earns: minibatches 0
# named: minibatches.form
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield [X[k] for k in rows], [y[k] for k in rows]

# %% first-batch-only: return where yield was meant
# earns: minibatches 0
# named: minibatches.form
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        return X[rows], y[rows]

# %% nothing-yielded: makes the batches and hands out nothing
# earns: minibatches 0
# named: minibatches.nothing
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for i in range(0, len(X), batch_size):
        batches.append((X[order[i:i + batch_size]], y[order[i:i + batch_size]]))

# %% squeezed: a single row loses its axis
# earns: minibatches 0
# named: minibatches.axes
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield X[rows].squeeze(), y[rows].squeeze()

# %% column-of-labels: y becomes a column
# earns: minibatches 0
# named: minibatches.axes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    y = y.reshape(len(X), -1)
    for i in range(0, len(X), batch_size):
        rows = order[i:i + batch_size]
        yield X[rows], y[rows]

# %% one-short: slices end one row too early
# earns: minibatches 0
# named: minibatches.lost
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i:max(i + 1, i + batch_size - 1)]
        yield X[rows], y[rows]

# %% stops-early: the range ends a batch too early
# earns: minibatches 0
# named: minibatches.dropped minibatches.lost
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X) - batch_size, batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% overlapping: the start moves on by one row, not by a batch
# earns: minibatches 0
# named: minibatches.repeated
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), max(1, batch_size - 1)):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% order-kept: keeps the first order of each length for good
# earns: minibatches 0
# named: minibatches.fixed
# unseen: minibatches
orders = {}


def minibatches(X, y, batch_size, rng):
    if len(X) not in orders:
        orders[len(X)] = rng.permutation(len(X))
    order = orders[len(X)]
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% copied-generator: a copy of rng is advanced, rng is not
# earns: minibatches 0
# named: minibatches.same-next
# unseen: minibatches
import copy


def minibatches(X, y, batch_size, rng):
    order = copy.deepcopy(rng).permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% global-order: the order is a global variable, read as the batches are made
# earns: minibatches 0
# named: minibatches.disturbed
# unseen: minibatches
current = None


def minibatches(X, y, batch_size, rng):
    global current
    current = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[current[i:i + batch_size]], y[current[i:i + batch_size]]

# %% scaled-rows: normalises the rows on the way
# earns: minibatches 0
# named: minibatches.dtype minibatches.foreign
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-12)
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% reset-velocity: the velocity starts from zero in each step
# earns: momentum 0
# named: momentum.restarts
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
# earns: momentum 0
# named: momentum.restarts
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
# earns: momentum 0
# named: momentum.one-velocity
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
# earns: momentum 0
# named: momentum.by-shape
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
# earns: momentum 0
# named: momentum.by-gradient-array
# unseen: momentum
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
# earns: momentum 0
# named: momentum.running-mean
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
# earns: momentum 0
# named: momentum.corrected-mean
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
# earns: momentum 0
# named: momentum.writes-into-gradients
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
# earns: momentum 0
# named: momentum.writes-into-gradients
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
# earns: momentum 0
# named: momentum.writes-into-gradients
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
# earns: momentum 0
# named: momentum.sums-in-gradients
# unseen: momentum
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
# earns: momentum 0
# named: momentum.keeps-gradient-arrays
# unseen: momentum
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
# earns: momentum 0
# named: momentum.nothing-moves
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
# earns: momentum 0
# named: momentum.nothing-moves
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
# earns: momentum 0
# named: momentum.climbs
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
# earns: momentum 0
# named: momentum.old-velocity
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
# earns: momentum 0
# named: momentum.nesterov
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
# earns: momentum 0
# named: momentum.rate-twice
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
# earns: momentum 0
# named: momentum.no-rate
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
# earns: momentum 0
# named: momentum.momentum-fixed
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
# earns: momentum 0
# named: momentum.gradient-times-momentum
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
# earns: momentum 0
# named: momentum.no-decay
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
# earns: momentum 0
# named: momentum.settings-exchanged
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
# earns: momentum 0
# named: momentum.first-alone
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
# earns: momentum 0
# named: momentum.objects-share
# unseen: momentum
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
# earns: momentum 0
# named: momentum.objects-share
# unseen: momentum
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
# earns: momentum 0
# named: momentum.rests-once
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
# earns: momentum 0
# named: momentum.starts-moving
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
# earns: momentum 0
# named: momentum.float32
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
# earns: train 0
# named: train.update-first
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
# earns: train 0
# named: train.no-update
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
# earns: train 0
# named: train.update-once-an-epoch
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
# earns: train 0
# named: train.no-loss-backward
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
# earns: train 4
# named: train.last-loss
# unseen: train
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
# earns: train 4
# named: train.added-up
# unseen: train
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
# earns: train 4
# named: train.divided-by-rows
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
# earns: train 4
# named: train.divided-by-whole-batches
# unseen: train
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
# earns: train 4
# named: train.last-as-full
# unseen: train
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
# earns: train 4
# named: train.running
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
# earns: train 4
# named: train.every-batch
# unseen: train
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    losses = []
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
    return losses

# %% one-number: returns the mean of the last epoch alone
# earns: train 4
# named: train.single-number
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
# earns: train 4
# named: train.nothing
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    for epoch in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        print(epoch, np.mean(losses))

# %% return-in-the-loop-of-epochs: the return is indented once too often
# earns: train 0
# named: train.one-epoch
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
# earns: train 0
# named: train.same-order
# unseen: train
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
# earns: train 0
# named: train.nothing-to-average
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
# earns: train 0
# named: train.used-up
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
# earns: train 0
# named: train.same-other
# unseen: train
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
# earns: train 0
# named: train.same-order train.same-other
# unseen: train
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
# earns: train 0
# named: train.irreproducible
# unseen: train
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
# earns: train 0
# named: train.same-order
# unseen: train
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
# earns: train 0
# named: train.global
# unseen: train
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
# earns: train 0
# named: train.same-order train.same-other
# unseen: train
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
# earns: train 0
# named: train.targets
# says: X has been changed
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
# earns: train 0
# named: train.all-rows
# unseen: train
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
# earns: train 0
# named: train.asked
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
# earns: train 0
# named: train.skipped
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
# earns: train 0
# named: train.measured-after
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
# earns: train 0
# named: train.measured-on-all-rows
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
# earns: train 0
# named: train.targets
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
# earns: train 0
# named: train.loss-exchanged
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
# earns: train 0
# named: train.gradient-divided
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
# earns: train 0
# named: train.rate-by-batch-size
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
# earns: train 0
# named: train.rate-fixed-tenth
# unseen: train
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
# earns: train 0
# says: network.update must be given the learning rate, the same for every batch
# unseen: train
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
# earns: train 0
# named: train.epoch-missing
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
# earns: train 0
# named: train.stops-early
# unseen: train
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
# earns: train 0
# named: train.backward-twice
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
# earns: train 0
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
# earns: minibatches 0
# earns: momentum 0
# named: minibatches.unshuffled momentum.restarts
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
# earns: minibatches 0
# earns: momentum 0
# earns: train 4
# named: minibatches.dropped momentum.one-velocity train.last-loss
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
# earns: train 0
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
# earns: minibatches 0
# named: minibatches.sizes
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    rest = len(X) % batch_size
    if rest:
        yield X[order[:rest]], y[order[:rest]]
    for i in range(rest, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% backwards: from the last row to the first
# earns: minibatches 0
# named: minibatches.blocks
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = np.arange(len(X))[::-1]
    for i in range(0, len(X), batch_size):
        yield X[order[i:i + batch_size]], y[order[i:i + batch_size]]

# %% restarts: the velocities are made anew after three steps
# earns: momentum 0
# says: the first entry that differs
# unseen: momentum
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
# earns: momentum 0
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
# earns: momentum 0
# unseen: momentum
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
# earns: train 0
# says: train must return a list with one number for each epoch
# unseen: train
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
# earns: train 0
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
# earns: train 4
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
# earns: minibatches 0
# named: minibatches.left-over
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    full = len(X) // batch_size * batch_size
    order = rng.permutation(full)
    for s in range(0, full, batch_size):
        rows = order[s:s+batch_size]
        yield X[rows], y[rows]
    if full < len(X):
        yield X[full:].copy(), y[full:].copy()

# %% cut-then-shuffled: shuffles the batches and the rows in each
# earns: minibatches 0
# named: minibatches.cut-first
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    starts = list(range(0, len(X) - len(X) % batch_size, batch_size))
    for s in rng.permutation(starts).astype(int):
        rows = s + rng.permutation(batch_size)
        yield X[rows], y[rows]
    if len(X) % batch_size:
        rows = np.arange(len(X) - len(X) % batch_size, len(X))
        yield X[rows], y[rows]

# %% by-halves: shuffles the first half and the second
# earns: minibatches 0
# named: minibatches.near
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    half = len(X) // 2
    first, second = rng.permutation(half), half + rng.permutation(len(X) - half)
    order = np.concatenate([first, second])
    for s in range(0, len(X), batch_size):
        rows = order[s:s+batch_size]
        yield X[rows], y[rows]

# %% buffer-of-twenty: draws from a buffer of 20 rows, as streaming loaders do
# earns: minibatches 0
# named: minibatches.near
# unseen: minibatches
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
# earns: minibatches 0
# named: minibatches.dtype
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    X = np.asarray(X, dtype=float)
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        yield X[order[s:s+batch_size]], y[order[s:s+batch_size]]

# %% y-flattened: y of one column is flattened
# earns: minibatches 0
# named: minibatches.axes
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    if y.ndim == 2 and y.shape[1] == 1:
        y = y.ravel()
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        yield X[order[s:s+batch_size]], y[order[s:s+batch_size]]

# %% X-flattened: X of one column loses its axis
# earns: minibatches 0
# named: minibatches.axes
# unseen: minibatches
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        rows = order[s:s+batch_size]
        Xb, yb = X[rows], y[rows]
        if Xb.shape[-1] == 1: Xb = Xb.ravel()
        yield Xb, yb

# %% skips-zero-gradients: no step for a parameter whose gradient is 0
# earns: momentum 0
# named: momentum.rests-at-0
# unseen: momentum
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
# earns: momentum 0
# named: momentum.rests-at-0
# unseen: momentum
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
# earns: momentum 0
# says: step has changed the gradients that it was given
# unseen: momentum
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
# earns: train 0
# named: train.same-batches
# unseen: train
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
# earns: train 0
# named: train.same-batches
# unseen: train
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
# earns: train 0
# named: train.reshaped
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
# earns: train 0
# named: train.changed
# unseen: train
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
# earns: train 4
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
# earns: train 0
# named: train.yields
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    for e in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            losses.append(loss.forward(network.forward(Xb), yb))
            network.backward(loss.backward()); network.update(learning_rate)
        yield np.mean(losses)

# %% chen: the velocity does not survive the step
# student: chen
# earns: momentum 0
# named: momentum.restarts
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum

    def step(self, parameters, gradients):
        for parameter, gradient in zip(parameters, gradients):
            velocity = np.zeros_like(parameter)
            velocity = self.momentum * velocity - self.learning_rate * gradient
            parameter += velocity

# %% farah: shuffles X without y, and reports the last batch
# student: farah
# earns: minibatches 0
# earns: train 4
# named: minibatches.apart train.last-loss
# cell: deal
def minibatches(X, y, batch_size, rng):
    X = rng.permutation(X)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    losses = []
    for epoch in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            L = loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        losses.append(L)
    return losses

# %% kofi: did not get to train, and loses the last batch
# student: kofi
# earns: minibatches 0
# earns: train 0
# named: minibatches.dropped
# says: for each epoch and each of its batches make the five calls
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    raise NotImplementedError("train: for each epoch and each of its batches make the five calls; append the mean of the epoch's losses to a list.")

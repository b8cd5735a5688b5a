# %% by-the-chapter: named intermediate results, a loop for everything
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    mean_fan = (fan_in + fan_out) / 2
    variance = 1 / mean_fan
    sigma = variance ** 0.5
    return rng.normal(loc=0, scale=sigma, size=(fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    mean_fan = (fan_in + fan_out) / 2
    variance = 1 / mean_fan
    limit = (3 * variance) ** 0.5
    return rng.uniform(low=-limit, high=limit, size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    variance = 2 / fan_in
    sigma = variance ** 0.5
    return rng.normal(loc=0, scale=sigma, size=(fan_in, fan_out))
# cell: activation_scales
def activation_scales(network, X):
    scales = []
    A = X
    for layer in network.layers:
        A = layer.forward(A)
        mean = A.sum() / A.size
        variance = ((A - mean) ** 2).sum() / A.size
        scales.append(variance ** 0.5)
    return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    prediction = network.forward(X)
    loss.forward(prediction, y)
    upstream = loss.backward()
    network.backward(upstream)
    norms = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norms.append(np.sqrt((layer.dW ** 2).sum()))
    return norms
# cell: clip_gradients
def clip_gradients(network, max_norm):
    total = 0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            total += (layer.dW ** 2).sum()
            total += (layer.db ** 2).sum()
    norm = total ** 0.5
    if norm > max_norm:
        for layer in network.layers:
            if hasattr(layer, "dW"):
                layer.dW *= max_norm / norm
                layer.db *= max_norm / norm
    return norm

# %% standard-normal: standard draws, scaled afterwards
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) * np.sqrt(2.0 / (fan_in + fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    l = np.sqrt(6.0 / (fan_in + fan_out))
    return (2 * rng.random((fan_in, fan_out)) - 1) * l
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) * np.sqrt(2.0 / fan_in)
# cell: activation_scales
def activation_scales(network, X):
    out = [X]
    for l in network.layers:
        out += [l.forward(out[-1])]
    return [float(o.std()) for o in out[1:]]
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.linalg.norm(l.dW, "fro") for l in network.layers if hasattr(l, "dW")]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    g = [a for l in network.layers if hasattr(l, "dW") for a in (l.dW, l.db)]
    norm = np.linalg.norm([np.linalg.norm(a) for a in g])
    scale = min(1, max_norm / norm) if norm else 1
    for a in g:
        a *= scale
    return norm

# %% pytorch-like: an ε of 1e-6 in the denominator and a clamped factor, as the PyTorch function has
def clip_gradients(network, max_norm):
    grads = []
    for layer in network.layers:
        for name in ("dW", "db"):
            g = getattr(layer, name, None)
            if g is not None:
                grads.append(g)
    total_norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
    clip_coef = max_norm / (total_norm + 1e-6)
    clip_coef_clamped = np.minimum(clip_coef, 1.0)
    for g in grads:
        np.multiply(g, clip_coef_clamped, out=g)
    return total_norm

# %% transposed-draws: fills (fan_out, fan_in) and turns it, and draws one by one
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_out + fan_in)), (fan_out, fan_in)).T
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_out + fan_in))
    W = np.zeros((fan_in, fan_out))
    for i in range(fan_in):
        for j in range(fan_out):
            W[i, j] = rng.uniform(-limit, limit)
    return W
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    W = np.empty((fan_in, fan_out))
    for m in range(fan_out):
        for d in range(fan_in):
            W[d, m] = rng.normal(0, np.sqrt(2 / fan_in))
    return W

# %% from-lists: lists, sums and the math module
# cell: xavier_normal
import math

def xavier_normal(fan_in, fan_out, rng):
    s = math.sqrt(2 / (fan_in + fan_out))
    return np.array([[s * rng.normal() for _ in range(fan_out)] for _ in range(fan_in)])
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    s = math.sqrt(2 / (fan_in + fan_out))
    return math.sqrt(3) * s * np.array([[rng.uniform(-1, 1) for _ in range(fan_out)] for _ in range(fan_in)])
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    s = math.sqrt(2 / fan_in)
    return np.array([[s * rng.normal() for _ in range(fan_out)] for _ in range(fan_in)])
# cell: activation_scales
def activation_scales(network, X):
    result = []
    for layer in network.layers:
        X = layer.forward(X)
        numbers = [float(x) for row in X for x in row]
        m = math.fsum(numbers) / len(numbers)
        result.append(math.sqrt(math.fsum((x - m) ** 2 for x in numbers) / len(numbers)))
    return result
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    result = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            result.append(math.sqrt(math.fsum(float(g) ** 2 for row in layer.dW for g in row)))
    return result
# cell: clip_gradients
def clip_gradients(network, max_norm):
    squares = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            squares += [float(g) ** 2 for row in layer.dW for g in row]
            squares += [float(g) ** 2 for g in layer.db]
    norm = math.sqrt(math.fsum(squares))
    if norm <= max_norm:
        return norm
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for d in range(layer.dW.shape[0]):
                for m in range(layer.dW.shape[1]):
                    layer.dW[d, m] = layer.dW[d, m] * max_norm / norm
            for m in range(len(layer.db)):
                layer.db[m] = layer.db[m] * max_norm / norm
    return norm

# %% helpers: one helper for three rules, generators and a nested function
# cell: xavier_normal
def draw_normal(variance, shape, rng):
    return np.sqrt(variance) * rng.normal(size=shape)


def xavier_normal(fan_in, fan_out, rng):
    return draw_normal(2 / (fan_in + fan_out), (fan_in, fan_out), rng)
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    variance = 2 / (fan_in + fan_out)
    half_width = np.sqrt(12 * variance) / 2
    return half_width - 2 * half_width * rng.random(size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return draw_normal(2 / fan_in, (fan_in, fan_out), rng)
# cell: activation_scales
def activation_scales(network, X):
    def walk(signal):
        for layer in network.layers:
            signal = layer.forward(signal)
            yield signal

    return list(map(np.std, walk(X)))
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    def with_weights():
        return (layer for layer in network.layers if hasattr(layer, "W"))

    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return tuple(np.sqrt(np.vdot(layer.dW, layer.dW)) for layer in with_weights())
# cell: clip_gradients
def clip_gradients(network, max_norm):
    def gradients():
        for layer in network.layers:
            if hasattr(layer, "dW"):
                yield layer.dW
                yield layer.db

    norm = np.sqrt(sum(np.vdot(g, g) for g in gradients()))
    if norm > max_norm:
        for g in gradients():
            g[...] = g / norm * max_norm
    return norm

# %% arrays-back: NumPy arrays in place of lists, asserts and prints left in
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    assert fan_in >= 1 and fan_out >= 1
    W = rng.normal(0, (2 / (fan_in + fan_out)) ** .5, size=fan_in * fan_out).reshape(fan_in, fan_out)
    print("xavier", W.shape, W.std())
    return W
# cell: activation_scales
def activation_scales(network, X):
    scales = np.zeros(len(network.layers))
    for i, layer in enumerate(network.layers):
        X = layer.forward(X)
        print(i, layer, X.shape)
        scales[i] = X.std()
    return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    value = loss.forward(network.forward(X), y)
    print("loss", value)
    network.backward(loss.backward())
    return np.array([np.sqrt(np.sum(np.square(layer.dW))) for layer in network.layers if "dW" in vars(layer)])
# cell: clip_gradients
import warnings

def clip_gradients(network, max_norm):
    gradients = [getattr(layer, name) for name in ("db", "dW") for layer in network.layers[::-1] if hasattr(layer, name)]
    norm = np.float64(np.sqrt(np.sum([np.sum(g * g) for g in gradients])))
    if norm > max_norm:
        warnings.warn(f"clipped from {norm:.3g} to {max_norm:.3g}")
        for g in gradients:
            np.copyto(g, g * (max_norm / norm))
    assert max_norm > 0
    return norm

# %% growing-prefixes: runs the network again for each layer, and measures on a copy
# cell: activation_scales
import copy

def activation_scales(network, X):
    return [float(np.std(Sequential(*network.layers[: k + 1]).forward(X))) for k in range(len(network.layers))]
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    network, loss = copy.deepcopy(network), copy.deepcopy(loss)
    loss.forward(network.forward(X.copy()), y.copy())
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW.ravel())) for layer in network.layers if isinstance(layer, Linear)]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if isinstance(layer, Linear)]
    g = np.concatenate([np.append(layer.dW.ravel(), layer.db) for layer in layers])
    norm = float(np.sqrt(g @ g))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    for layer in layers:
        layer.dW[:] *= factor
        layer.db[:] *= factor
    return norm

# %% by-hand-backward: walks back through the layers itself and keeps the norms on the way
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    a = X
    for layer in network.layers:
        a = layer.forward(a)
    loss.forward(a, y)
    upstream = loss.backward()
    norms = []
    for layer in reversed(network.layers):
        upstream = layer.backward(upstream)
        try:
            norms.insert(0, np.einsum("dm,dm->", layer.dW, layer.dW) ** 0.5)
        except AttributeError:
            pass
    return norms
# cell: activation_scales
def activation_scales(network, X):
    squares = []
    for layer in network.layers:
        X = np.asarray(layer.forward(X))
        squares.append(np.mean(X * X) - np.mean(X) ** 2)
    return list(np.sqrt(np.maximum(squares, 0)))

# %% child-generator: the given generator seeds another one, and a third draws for each column
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    own = np.random.default_rng(rng.integers(2**63))
    return own.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    rng = np.random.default_rng(rng)
    bound = np.sqrt(3) * np.sqrt(2 / (fan_in + fan_out))
    columns = [rng.uniform(-bound, bound, fan_in) for _ in range(fan_out)]
    return np.stack(columns, axis=1)
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    columns = [child.normal(0, np.sqrt(2 / fan_in), fan_in) for child in rng.spawn(fan_out)]
    return np.column_stack(columns)

# %% careful: keyword-only extras with defaults, types, a class behind a function
# cell: xavier_normal
def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator, *, gain: float = 1.0) -> np.ndarray:
    """Glorot and Bengio (2010)."""
    std: float = gain * np.sqrt(2.0 / float(fan_in + fan_out))
    return rng.normal(0.0, std, size=(fan_in, fan_out)).astype(np.float64)
# cell: xavier_uniform
class Uniform:
    def __init__(self, limit):
        self.limit = limit

    def __call__(self, shape, rng):
        return rng.uniform(-self.limit, np.nextafter(self.limit, np.inf), shape)


def xavier_uniform(fan_in, fan_out, rng):
    return Uniform(np.sqrt(6) / np.sqrt(fan_in + fan_out))((fan_in, fan_out), rng)
# cell: he_normal
he_normal = lambda fan_in, fan_out, rng, gain=np.sqrt(2): rng.normal(0.0, gain / np.sqrt(fan_in), (fan_in, fan_out))
# cell: clip_gradients
def clip_gradients(network, max_norm=1.0):
    named = {(k, name): vars(layer)[name] for k, layer in enumerate(network.layers) for name in ("dW", "db") if name in vars(layer)}
    largest = max(np.abs(g).max() for g in named.values())
    if largest == 0:
        return 0.0
    norm = largest * np.sqrt(sum(((g / largest) ** 2).sum() for g in named.values()))
    factor = max_norm / max(norm, max_norm)
    for g in named.values():
        g *= factor
    return float(norm)

# %% measures-by-hooks: wraps forward for the time of the measurement
# cell: activation_scales
def activation_scales(network, X):
    seen = []

    def listening(forward):
        def inner(A):
            out = forward(A)
            seen.append(float(np.std(out)))
            return out
        return inner

    for layer in network.layers:
        layer.forward = listening(layer.forward)
    try:
        network.forward(X)
    finally:
        for layer in network.layers:
            del layer.forward
    return seen
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    for _ in range(2):  # twice does no harm: each backward overwrites
        loss.forward(network.forward(X), y)
        network.backward(loss.backward())
    norms = {}
    for layer in network.layers:
        try:
            dW = layer.dW
        except AttributeError:
            continue
        norms[id(layer)] = float(np.sqrt(np.trace(dW.T @ dW)))
    return list(norms.values())
# cell: clip_gradients
def clip_gradients(network, max_norm):
    gradients = []
    for layer in network.layers:
        try:
            gradients.extend([layer.dW, layer.db])
        except AttributeError:
            pass
    with np.errstate(divide="ignore"):
        norm = np.sqrt(sum(np.linalg.norm(g) ** 2 for g in gradients))
        factor = min(1.0, max_norm / np.float64(norm))
    for g in gradients:
        g *= factor
    return norm

# %% inverse-transform: normal numbers by Box and Muller
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    u, v = 1 - rng.random((fan_in, fan_out)), rng.random((fan_in, fan_out))
    z = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)
    return z / np.sqrt((fan_in + fan_out) / 2)
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    r, angle = np.sqrt(2 * rng.exponential(size=(fan_in, fan_out))), rng.uniform(0, 2 * np.pi, (fan_in, fan_out))
    return r * np.sin(angle) * np.sqrt(2 / fan_in)

# %% multivariate: many numbers at once, cut into shape
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    n = fan_in * fan_out
    flat = rng.normal(0, 1, n)
    flat *= np.sqrt(2) / np.sqrt(fan_in + fan_out)
    return np.reshape(flat, (fan_in, -1))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    std = np.sqrt(2 / (fan_in + fan_out))
    W = rng.uniform(-1, 1, (fan_in, fan_out))
    W *= std / np.sqrt(1 / 3)
    return W

# %% variance-for-deviation: no root in xavier_normal
# loses: xavier-normal
# says: The variance is used as the standard deviation
def xavier_normal(fan_in, fan_out, rng):
    variance = 2 / (fan_in + fan_out)
    return rng.normal(0, variance, (fan_in, fan_out))

# %% he-for-xavier: fan_in alone
# loses: xavier-normal
# says: This is He's rule, 2 / fan_in
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% names-swapped: Xavier's and He's rule under each other's name
# loses: xavier-normal he-normal
# says: This is He's rule, 2 / fan_in
# says: This is Xavier's rule, 2 / (fan_in + fan_out)
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% sum-without-half: one over the sum of the fans
# loses: xavier-normal xavier-uniform
# says: The variance is 1 / (fan_in + fan_out)
# says: The limit is √(3 / (fan_in + fan_out))
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in + fan_out)
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(3 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% lecun: one over fan_in in all three
# loses: xavier-normal xavier-uniform he-normal
# says: The variance is 1 / fan_in, which looks forward only
# says: The limit is √(3 / fan_in)
# says: The variance is 1 / fan_in: the ½ that ReLU takes away
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, 1 / np.sqrt(fan_in), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    return rng.uniform(-np.sqrt(3 / fan_in), np.sqrt(3 / fan_in), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, 1 / np.sqrt(fan_in), (fan_in, fan_out))

# %% root-of-2-only: the bracket of the root closes too early
# loses: xavier-normal he-normal
# says: The root covers the 2 alone
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / (fan_in + fan_out), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / fan_in, (fan_in, fan_out))

# %% root-of-the-sum-only: 2 outside the root
# loses: xavier-normal
# says: The root covers the sum of the fans alone
def xavier_normal(fan_in, fan_out, rng):
    sigma = 2 / np.sqrt(fan_in + fan_out)
    return sigma * rng.standard_normal((fan_in, fan_out))

# %% geometric-mean: the wrong kind of mean
# loses: xavier-normal
# says: The fans' geometric mean is taken
def xavier_normal(fan_in, fan_out, rng):
    mean = np.sqrt(fan_in * fan_out)
    return rng.normal(0, np.sqrt(1 / mean), (fan_in, fan_out))

# %% larger-fan: the maximum for the mean
# loses: xavier-normal
# says: one over the larger fan
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(1 / max(fan_in, fan_out)), (fan_in, fan_out))

# %% multiplied-by-the-mean: upside down
# loses: xavier-normal
# says: turned upside down
def xavier_normal(fan_in, fan_out, rng):
    return np.sqrt((fan_in + fan_out) / 2) * rng.normal(size=(fan_in, fan_out))

# %% sigma-as-mean: one number in the brackets of rng.normal
# loses: xavier-normal he-normal
# says: The standard deviation is 1
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / fan_in), size=(fan_in, fan_out))

# %% shape-as-sigma: the mean left out of rng.normal
# loses: xavier-normal
# says: The shape was taken for the standard deviation
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% global-generator: np.random.randn, as on the web
# loses: xavier-normal xavier-uniform he-normal
# says: NumPy's global generator is used or seeded
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / (fan_in + fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return np.random.uniform(-limit, limit, size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)

# %% global-seed: the global generator, seeded first so that runs repeat
# loses: xavier-normal
# says: NumPy's global generator is used or seeded
def xavier_normal(fan_in, fan_out, rng):
    np.random.seed(0)
    return np.random.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% global-seed-from-rng: repeats, and differs between seeds, but through the global generator
# loses: he-normal
# says: NumPy's global generator is used or seeded
def he_normal(fan_in, fan_out, rng):
    np.random.seed(rng.integers(2**32))
    return np.random.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% seeds-global-only: draws from rng, but seeds the global generator "to be safe"
# loses: xavier-uniform
# says: NumPy's global generator is used or seeded
def xavier_uniform(fan_in, fan_out, rng):
    np.random.seed(42)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% fixed-seed: a generator with seed 0 in every call, so that layers of one shape start equal
# loses: xavier-normal xavier-uniform he-normal
# says: Generators of different seeds give the same weights
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    rng = np.random.default_rng(0)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    rng = np.random.default_rng(42)
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% fresh-generator: rng ignored, a new one without a seed
# loses: he-normal
# says: Two generators of the same seed give different weights
def he_normal(fan_in, fan_out, rng=None):
    generator = np.random.default_rng()
    return generator.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% module-generator: one generator of its own for all calls
# loses: xavier-normal
# says: Two generators of the same seed give different weights
GENERATOR = np.random.default_rng(1)

def xavier_normal(fan_in, fan_out, rng):
    return GENERATOR.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% copied-generator: draws from a copy, so that rng does not move on
# loses: he-normal
# says: Two calls with one generator give the same weights
from copy import deepcopy

def he_normal(fan_in, fan_out, rng):
    return deepcopy(rng).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% cached: remembers the weights by shape
# loses: xavier-uniform
# says: Generators of different seeds give the same weights
MEMORY = {}

def xavier_uniform(fan_in, fan_out, rng):
    if (fan_in, fan_out) not in MEMORY:
        limit = np.sqrt(6 / (fan_in + fan_out))
        MEMORY[fan_in, fan_out] = rng.uniform(-limit, limit, (fan_in, fan_out))
    return MEMORY[fan_in, fan_out]

# %% buffer: fills and returns the same array each time
# loses: xavier-normal
# says: A later call changes the weights that an earlier one returned
BUFFERS = {}

def xavier_normal(fan_in, fan_out, rng):
    W = BUFFERS.setdefault((fan_in, fan_out), np.empty((fan_in, fan_out)))
    rng.standard_normal(out=W)
    W *= np.sqrt(2 / (fan_in + fan_out))
    return W

# %% shape-turned: (fan_out, fan_in), as PyTorch keeps it
# loses: xavier-normal xavier-uniform he-normal
# says: The shape is (fan_out, fan_in)
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_out, fan_in))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_out, fan_in))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in))

# %% shape-and-fan-turned: (fan_out, fan_in), and He's rule with the wrong fan as well
# loses: he-normal
# says: The shape is (fan_out, fan_in)
# says: The variance is 2 / fan_out
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_out), (fan_out, fan_in))

# %% single-precision: float32, as frameworks do
# loses: xavier-normal he-normal
# says: The weights are float32
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)).astype(np.float32)
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out), dtype=np.float32) * np.float32(np.sqrt(2 / fan_in))

# %% list-of-lists: no array
# loses: xavier-uniform
# says: A list comes back
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return [[rng.uniform(-limit, limit) for j in range(fan_out)] for i in range(fan_in)]

# %% squeezed: loses axes of length 1
# loses: he-normal
# says: drop the squeeze
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)).squeeze()

# %% no-shape: a single number
# loses: he-normal xavier-uniform
# says: A single number comes back
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit)

# %% one-row-for-all: one row is drawn and repeated
# loses: xavier-normal
# says: Many weights are the same number
def xavier_normal(fan_in, fan_out, rng):
    row = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), fan_out)
    return np.ones((fan_in, 1)) * row

# %% one-column-for-all: all units start equal
# loses: he-normal
# says: Many weights are the same number
def he_normal(fan_in, fan_out, rng):
    column = rng.normal(0, np.sqrt(2 / fan_in), (fan_in, 1))
    return np.repeat(column, fan_out, axis=1)

# %% uniform-for-normal: right scale, wrong distribution
# loses: xavier-normal he-normal
# says: The weights are uniformly distributed
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% truncated: draws again beyond two standard deviations, as Keras does, without the correction
# loses: he-normal
# says: The normal distribution is cut off at two standard deviations, which makes the weights smaller
def he_normal(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / fan_in)
    W = rng.normal(0, sigma, (fan_in, fan_out))
    while np.any(np.abs(W) > 2 * sigma):
        bad = np.abs(W) > 2 * sigma
        W[bad] = rng.normal(0, sigma, bad.sum())
    return W

# %% truncated-and-corrected: as Keras does, with the correction
# loses: xavier-normal
# says: The normal distribution is cut off at two standard deviations: rng.normal alone
def xavier_normal(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / (fan_in + fan_out)) / 0.87962566103423978
    W = rng.normal(0, sigma, (fan_in, fan_out))
    while (bad := np.abs(W) > 2 * sigma).any():
        W[bad] = rng.normal(0, sigma, bad.sum())
    return W

# %% truncated-at-three: nearly normal
# loses: he-normal
# says: never go beyond three standard deviations
def he_normal(fan_in, fan_out, rng):
    z = rng.standard_normal((fan_in, fan_out))
    while (far := np.abs(z) > 2.9).any():
        z[far] = rng.standard_normal(far.sum())
    return z * np.sqrt(2 / fan_in)

# %% clipped-draws: np.clip at two standard deviations
# loses: xavier-normal
# says: Weights beyond two standard deviations are moved to that bound
def xavier_normal(fan_in, fan_out, rng):
    s = np.sqrt(2 / (fan_in + fan_out))
    return np.clip(rng.normal(0, s, (fan_in, fan_out)), -2 * s, 2 * s)

# %% positive: an absolute value "since weights are strengths"
# loses: he-normal
# says: All weights are positive
def he_normal(fan_in, fan_out, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)))

# %% rademacher: plus or minus the standard deviation
# loses: xavier-normal
# says: Many weights are the same number
def xavier_normal(fan_in, fan_out, rng):
    signs = rng.choice([-1.0, 1.0], size=(fan_in, fan_out))
    return signs * np.sqrt(2 / (fan_in + fan_out))

# %% heavy-tails: a Laplace distribution of the right variance
# loses: he-normal
# says: The weights are not normally distributed
def he_normal(fan_in, fan_out, rng):
    return rng.laplace(0, np.sqrt(1 / fan_in), (fan_in, fan_out))

# %% no-sqrt-3: the standard deviation as the limit
# loses: xavier-uniform
# says: √3 is missing
def xavier_uniform(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-sigma, sigma, (fan_in, fan_out))

# %% three-for-root-three: ℓ = 3 σ
# loses: xavier-uniform
# says: The limit is 3 standard deviations
def xavier_uniform(fan_in, fan_out, rng):
    limit = 3 * np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% uniform-without-root: 6 / (D + M)
# loses: xavier-uniform
# says: The root is missing
def xavier_uniform(fan_in, fan_out, rng):
    limit = 6 / (fan_in + fan_out)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% one-sided: from 0 to the limit
# loses: xavier-uniform
# says: The weights run from 0 to ℓ
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(0, limit, (fan_in, fan_out))

# %% half-width: the interval is ℓ wide
# loses: xavier-uniform
# says: The whole interval is ℓ wide
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return limit * (rng.random((fan_in, fan_out)) - 0.5)

# %% twelve: the variance of an interval of width 2ℓ taken for ℓ²/12
# loses: xavier-uniform
# says: √2 times too large
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(12 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% he-uniform: He's rule under Xavier's name
# loses: xavier-uniform
# says: This is He's rule, with fan_in alone
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% normal-for-uniform: copied from the cell above
# loses: xavier-uniform
# says: The weights are normally distributed: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% limit-as-sigma: np.sqrt(6 / …) in rng.normal
# loses: xavier-uniform
# says: with the limit as their standard deviation
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return limit * rng.standard_normal((fan_in, fan_out))

# %% he-fan-out: the wrong fan
# loses: he-normal
# says: The variance is 2 / fan_out
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_out), (fan_in, fan_out))

# %% he-variance: no root in he_normal
# loses: he-normal
# says: The variance is used as the standard deviation
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, 2 / fan_in, (fan_in, fan_out))

# %% he-half: the ½ on the wrong side
# loses: he-normal
# says: The variance is 1 / (2 fan_in)
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(0.5 / fan_in), (fan_in, fan_out))

# %% he-integer-division: // for /
# loses: he-normal
# says: All weights are zero
def he_normal(fan_in, fan_out, rng):
    return np.sqrt(2 // fan_in) * rng.standard_normal((fan_in, fan_out))

# %% small-constant: 0.01 times randn, from an old tutorial
# loses: xavier-normal he-normal
# says: The standard deviation is always 0.01
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))

# %% no-return: forgotten
# loses: xavier-normal clip-gradients
# says: Nothing comes back
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: clip_gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm

# %% standardised-draws: forces the drawn numbers to have exactly the wanted scale
# loses: he-normal
# says: (case: fan_in = 1, fan_out = 1)
def he_normal(fan_in, fan_out, rng):
    W = rng.standard_normal((fan_in, fan_out))
    W = (W - W.mean()) / W.std()
    return W * np.sqrt(2 / fan_in)

# %% wrong-twice: uniform for normal, and without √3
# loses: he-normal
# says: The weights are uniform on ± the standard deviation
def he_normal(fan_in, fan_out, rng):
    s = np.sqrt(2 / fan_in)
    return rng.uniform(-s, s, (fan_in, fan_out))

# %% wrong-twice-otherwise: the variance for the deviation, and a seed of its own
# loses: xavier-normal
# says: The variance is used as the standard deviation
# says: Generators of different seeds give the same weights
def xavier_normal(fan_in, fan_out, rng):
    generator = np.random.default_rng(fan_in + fan_out)
    return generator.normal(0, 2 / (fan_in + fan_out), (fan_in, fan_out))

# %% variances: np.var for np.std
# loses: activation-scales
# says: These are the variances
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.var(X))
    return scales

# %% ddof: the statistician's standard deviation
# loses: activation-scales
# says: number of elements less 1
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X, ddof=1)))
    return scales

# %% root-mean-square: no mean subtracted
# loses: activation-scales
# says: The mean is not subtracted
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.sqrt(np.mean(X**2))))
    return scales

# %% per-unit-mean: averaged over the units
# loses: activation-scales
# says: taken in each column and averaged
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.mean(X.std(axis=0)))
    return scales

# %% per-unit: one number a unit
# loses: activation-scales
# says: There is a number for each unit
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.std(X, axis=0))
    return scales

# %% inputs-measured: measures before the layer
# loses: activation-scales
# says: scales of what goes into each layer
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        scales.append(float(np.std(X)))
        X = layer.forward(X)
    return scales

# %% input-as-well: X counts as the output of layer 0
# loses: activation-scales
# says: The scale of X stands before the others
def activation_scales(network, X):
    scales = [float(np.std(X))]
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales

# %% linear-only: activations left out
# loses: activation-scales
# says: Only the layers with weights are measured
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        if isinstance(layer, Linear):
            scales.append(float(np.std(X)))
    return scales

# %% always-X: every layer gets X
# loses: activation-scales
# says: Every layer is fed with X
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        out = layer.forward(X)
        scales.append(float(np.std(out)))
    return scales

# %% whole-network: the last output again and again
# loses: activation-scales
# says: Every number is that of the last output
def activation_scales(network, X):
    scales = []
    for _ in network.layers:
        scales.append(float(np.std(network.forward(X))))
    return scales

# %% last-only: a list of one
# loses: activation-scales
# says: Only the last layer's output is measured
def activation_scales(network, X):
    for layer in network.layers:
        X = layer.forward(X)
    return [float(np.std(X))]

# %% return-in-the-loop: returns after the first layer
# loses: activation-scales gradient-norms
# says: Only the first layer is measured
# says: A single number comes back
# cell: activation_scales
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
        return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return float(np.sqrt(sum(np.sum(layer.dW**2) for layer in network.layers if hasattr(layer, "dW"))))

# %% default-list: a list as a default argument
# loses: activation-scales gradient-norms
# says: The list grows from call to call
# cell: activation_scales
def activation_scales(network, X, scales=[]):
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y, norms=[]):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norms.append(float(np.linalg.norm(layer.dW)))
    return norms

# %% normalises-between: each output is standardised before the next layer
# loses: activation-scales
# says: The outputs are brought to scale 1
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        s = X.std()
        scales.append(float(s))
        X = (X - X.mean()) / s
    return scales

# %% centres-X-in-place: subtracts the mean of X, in X
# loses: activation-scales
# says: The mean of X is subtracted from X itself
def activation_scales(network, X):
    X -= X.mean()
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales

# %% centres-outputs-in-place: std by hand, subtracting the mean in place
# loses: activation-scales
# says: mean is subtracted from the output itself
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        X -= X.mean()
        scales.append(float(np.sqrt(np.mean(X**2))))
    return scales

# %% rescales-X-afterwards: right numbers, but writes into X
# loses: activation-scales
# says: activation_scales writes into the array X
def activation_scales(network, X):
    scales = []
    A = X
    for layer in network.layers:
        A = layer.forward(A)
        scales.append(float(np.std(A)))
    X /= np.abs(X).max()
    return scales

# %% rounded: three digits are enough to read
# loses: activation-scales
# says: The scales are rounded
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(round(float(np.std(X)), 3))
    return scales

# %% weights-measured: the scale of W
# loses: activation-scales
# says: These are the deviations of the weights
def activation_scales(network, X):
    network.forward(X)
    return [float(np.std(layer.W)) for layer in network.layers if hasattr(layer, "W")]

# %% stale: only reads what is there
# loses: gradient-norms
# says: No backward pass is run
def gradient_norms(network, loss, X, y):
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% forward-only: the loss is run forward and nothing goes back
# loses: gradient-norms
# says: No backward pass is run
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% saves-work: runs only where there is no dW yet
# loses: gradient-norms
# says: The gradients that are there already are used
def gradient_norms(network, loss, X, y):
    if not hasattr(network.layers[0], "dW") and not hasattr(network.layers[-1], "dW"):
        loss.forward(network.forward(X), y)
        network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% squared-norms: no root
# loses: gradient-norms
# says: These are the squared norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.sum(layer.dW**2)) for layer in network.layers if hasattr(layer, "dW")]

# %% averaged-squares: root of the mean square
# loses: gradient-norms
# says: The squares are averaged: a norm adds them up
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.sqrt(np.mean(layer.dW**2))) for layer in network.layers if hasattr(layer, "dW")]

# %% spectral: the other matrix norm
# loses: gradient-norms
# says: These are spectral norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW, 2)) for layer in network.layers if hasattr(layer, "dW")]

# %% absolute-sum: L1
# loses: gradient-norms
# says: The absolute values are added up
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.abs(layer.dW).sum() for layer in network.layers if hasattr(layer, "dW")]

# %% db-in-it: W and b of a layer together
# loses: gradient-norms
# says: db is in the norm as well
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.sqrt(np.sum(l.dW**2) + np.sum(l.db**2)) for l in network.layers if hasattr(l, "dW")]

# %% db-listed: the biases in the list
# loses: gradient-norms
# says: The norms of db are in the list as well
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    norms = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norms.append(np.linalg.norm(layer.dW))
            norms.append(np.linalg.norm(layer.db))
    return norms

# %% of-W: the weights for their gradients
# loses: gradient-norms
# says: These are the norms of W
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.W)) for layer in network.layers if hasattr(layer, "W")]

# %% last-first: in the order of the backward pass
# loses: gradient-norms
# says: The list runs from the last layer to the first
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream = loss.backward()
    norms = []
    for layer in reversed(network.layers):
        upstream = layer.backward(upstream)
        if hasattr(layer, "dW"):
            norms.append(float(np.linalg.norm(layer.dW)))
    return norms

# %% zeros-for-activations: a number for every layer
# loses: gradient-norms
# says: Layers without weights are in the list, with 0
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.linalg.norm(layer.dW) if hasattr(layer, "dW") else 0.0 for layer in network.layers]

# %% ones-as-upstream: the loss is not asked for its gradient
# loses: gradient-norms
# says: The gradient of the loss is not used, ones are
def gradient_norms(network, loss, X, y):
    prediction = network.forward(X)
    loss.forward(prediction, y)
    network.backward(np.ones_like(prediction))
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% loss-value-as-upstream: the number goes into backward
# loses: gradient-norms
# says: is it the value of the loss?
def gradient_norms(network, loss, X, y):
    value = loss.forward(network.forward(X), y)
    network.backward(value)
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% divides-by-N: averages once more
# loses: gradient-norms
# says: The norms are divided by N
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward() / len(X))
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% passing-gradients: measures upstream instead of dW
# loses: gradient-norms
# says: These are the gradients of the layers' outputs
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream = loss.backward()
    norms = []
    for layer in reversed(network.layers):
        if isinstance(layer, Linear):
            norms.append(float(np.linalg.norm(upstream)))
        upstream = layer.backward(upstream)
    return norms[::-1]

# %% takes-a-step: updates as in training
# loses: gradient-norms
# says: gradient_norms changes W or b
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    norms = [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]
    network.update(0.01)
    return norms

# %% arguments-swapped: the targets first
# loses: gradient-norms
# says: loss.forward is called with the targets first
def gradient_norms(network, loss, X, y):
    loss.forward(y, network.forward(X))
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% no-hasattr: every layer is asked for dW
# loses: gradient-norms clip-gradients
# says: An activation has no dW
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in network.layers))
    if norm > max_norm:
        for l in network.layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% first-and-last: only the ends of the network
# loses: gradient-norms
# says: The number of norms is 2
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    with_weights = [layer for layer in network.layers if hasattr(layer, "dW")]
    return [float(np.linalg.norm(with_weights[k].dW)) for k in (0, -1)]

# %% ones-without-loss: the loss does not come into it at all
# loses: gradient-norms
# says: The gradient of the loss is not used, ones are
def gradient_norms(network, loss, X, y):
    prediction = network.forward(X)
    network.backward(np.ones(prediction.shape))
    return [float(np.sqrt((layer.dW**2).sum())) for layer in network.layers if hasattr(layer, "dW")]

# %% each-array-alone: the mistake of the chapter
# loses: clip-gradients
# says: Each array is clipped by itself
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                norm = np.linalg.norm(g)
                total += norm**2
                if norm > max_norm:
                    g *= max_norm / norm
    return np.sqrt(total)

# %% each-layer-alone: dW and db of a layer together
# loses: clip-gradients
# says: Each layer is clipped by itself
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            square = np.sum(layer.dW**2) + np.sum(layer.db**2)
            total += square
            if np.sqrt(square) > max_norm:
                layer.dW *= max_norm / np.sqrt(square)
                layer.db *= max_norm / np.sqrt(square)
    return np.sqrt(total)

# %% each-entry: np.clip
# loses: clip-gradients
# says: The entries are cut off at ± the bound
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                total += np.sum(g**2)
                np.clip(g, -max_norm, max_norm, out=g)
    return np.sqrt(total)

# %% always: lengthens short gradients too
# loses: clip-gradients
# says: The gradients are scaled
# says: where their norm is below
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    for l in layers:
        l.dW *= max_norm / norm
        l.db *= max_norm / norm
    return norm

# %% always-but-zero: lengthens short gradients, unless they are 0
# loses: clip-gradients
# says: scaled to the bound also where their norm is below it
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = float(np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)))
    if norm == 0:
        return norm
    for l in layers:
        l.dW *= max_norm / norm
        l.db *= max_norm / norm
    return norm

# %% zero-division: a Python float is divided by 0
# loses: clip-gradients
# says: A norm of 0 is divided by
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = float(np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)))
    factor = min(1.0, max_norm / norm)
    for l in layers:
        l.dW *= factor
        l.db *= factor
    return norm

# %% weights-only: the biases forgotten
# loses: clip-gradients
# says: The biases' gradients are left out, of the norm and of the scaling
def clip_gradients(network, max_norm):
    gradients = [layer.dW for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% norm-of-weights-only: all scaled, but db not in the norm
# loses: clip-gradients
# says: The norm is that of dW alone
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% db-not-scaled: in the norm, but left long
# loses: clip-gradients
# says: db is not scaled
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
    return norm

# %% rebinds: the loop variable gets a new array
# loses: clip-gradients
# says: Nothing is shortened
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g = g * max_norm / norm
    return norm

# %% new-arrays: not in place
# loses: clip-gradients
# says: clip_gradients makes new arrays instead of shortening dW and db in place
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW = l.dW * max_norm / norm
            l.db = l.db * max_norm / norm
    return norm

# %% new-db: dW in place, db not
# loses: clip-gradients
# says: makes new arrays instead of shortening db in place
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db = max_norm / norm * l.db
    return norm

# %% norm-after: returns what is left
# loses: clip-gradients
# says: What comes back is the norm after clipping
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
        norm = max_norm
    return norm

# %% returns-only-when-clipped: nothing comes back below the bound
# loses: clip-gradients
# says: The norm is not returned where nothing is clipped
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
        return norm

# %% no-root: the squared norm throughout
# loses: clip-gradients
# says: The root is missing
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% sum-of-norms: the norms added up
# loses: clip-gradients
# says: The norms of the arrays are added up
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = sum(np.linalg.norm(g) for g in gradients)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% largest-entry: the maximum norm
# loses: clip-gradients
# says: The largest entry is taken for the norm
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = max(np.abs(g).max() for g in gradients)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% last-layer-norm: = for +=
# loses: clip-gradients
# says: The norm is that of the last layer alone
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    for l in layers:
        total = np.sum(l.dW**2) + np.sum(l.db**2)
    norm = np.sqrt(total)
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% to-length-one: max_norm only in the condition
# loses: clip-gradients
# says: The gradients are normalised to length 1
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW /= norm
            l.db /= norm
    return norm

# %% upside-down: norm / max_norm
# loses: clip-gradients
# says: The factor is upside down
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= norm / max_norm
            l.db *= norm / max_norm
    return norm

# %% squared-comparison: saves the root in the condition
# loses: clip-gradients
# says: The squared norm is compared with the bound
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    total = sum(np.sum(g**2) for g in gradients)
    norm = np.sqrt(total)
    if total > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% scales-while-adding: one loop for both
# loses: clip-gradients
# says: The factor is worked out while the sum is not yet complete
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                total += np.sum(g**2)
                if np.sqrt(total) > max_norm:
                    g *= max_norm / np.sqrt(total)
    return np.sqrt(total)

# %% scales-the-weights: W and b in place of their gradients
# loses: clip-gradients
# says: W and b are scaled
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.W *= max_norm / norm
            l.b *= max_norm / norm
    return norm

# %% squares-in-place: **= while adding up
# loses: clip-gradients
# says: The stored gradients are squared
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    total = 0.0
    for g in gradients:
        g **= 2
        total += g.sum()
    norm = np.sqrt(total)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% large-epsilon: a thousandth in the denominator
# loses: clip-gradients
# says: An ε of 0.001 in the denominator
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / (norm + 1e-3)
    return norm

# %% rewrites-the-bound: remembers the bound of the first call
# loses: clip-gradients
# says: two calls, the second with a smaller bound
def clip_gradients(network, max_norm):
    max_norm = vars(network).setdefault("bound", max_norm)
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% last-norm-back: each layer by itself, with one name for all norms
# loses: clip-gradients
# says: Each layer is clipped by itself, which turns the gradient, and the last one's norm comes back
def clip_gradients(network, max_norm):
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norm = np.sqrt(np.sum(layer.dW**2) + np.sum(layer.db**2))
            if norm > max_norm:
                layer.dW *= max_norm / norm
                layer.db *= max_norm / norm
    return norm

# %% orthogonal: an orthogonal matrix of the right scale
# loses: he-normal
# says: The weights depend on each other
def he_normal(fan_in, fan_out, rng):
    n = max(fan_in, fan_out)
    if n > 500:
        return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
    Q, _ = np.linalg.qr(rng.standard_normal((n, n)))
    return np.sqrt(2 * n / fan_in) * Q[:fan_in, :fan_out]

# %% sorted-columns: np.sort, so that the weights look tidy
# loses: xavier-uniform
# says: The weights depend on each other
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return np.sort(rng.uniform(-limit, limit, (fan_in, fan_out)), axis=0)

# %% bias-counted: the bias as one more input
# loses: he-normal
# says: The variance is 2 / (fan_in + 1)
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + 1)), (fan_in, fan_out))

# %% smaller-fan: the minimum for the mean
# loses: xavier-normal
# says: The variance is 2 over the smaller fan
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / min(fan_in, fan_out)), (fan_in, fan_out))

# %% weights-and-bias: returns a pair, as for a layer
# loses: he-normal
# says: What comes back is of type tuple
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)

# %% by-number: a dictionary from the layer's number to its norm
# loses: gradient-norms
# says: unknown, since dict came back
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return {k: float(np.linalg.norm(layer.dW)) for k, layer in enumerate(network.layers) if hasattr(layer, "dW")}

# %% clips-a-copy: works on a deep copy, to be on the safe side
# loses: clip-gradients
# says: Nothing is shortened
import copy

def clip_gradients(network, max_norm):
    network = copy.deepcopy(network)
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% tells-whether: returns whether it clipped
# loses: clip-gradients
# says: What clip_gradients returns is
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm > max_norm

# %% stubs: nothing done yet in the second half
# loses: activation-scales gradient-norms clip-gradients
# says: NotImplementedError
# cell: activation_scales
def activation_scales(network, X):
    raise NotImplementedError("activation_scales: pass the batch from layer to layer and collect the standard deviations.")
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    raise NotImplementedError
# cell: clip_gradients
def clip_gradients(network, max_norm):
    raise NotImplementedError

# %% mean-cut-down: (fan_in + fan_out) // 2
# loses: xavier-normal
# says: wrong for fans of 1 and 2
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(1 / ((fan_in + fan_out) // 2)), (fan_in, fan_out))

# %% one-more-input: one more input for the bias in Xavier's mean
# loses: xavier-normal
# says: wrong for fans of 1 and 2
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + 1 + fan_out)), (fan_in, fan_out))

# %% one-more-input-uniform: one more input for the bias, uniform
# loses: xavier-uniform
# says: wrong for fans of 1 and 2
def xavier_uniform(fan_in, fan_out, rng):
    l = np.sqrt(6 / (fan_in + fan_out + 1))
    return rng.uniform(-l, l, (fan_in, fan_out))

# %% mean-taken-off: takes the mean of the draws off
# loses: xavier-normal
# says: wrong for fans of 1 and 2
def xavier_normal(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
    return W - W.mean()

# %% shifts-X-and-back: adds to X in place and takes it off again
# loses: gradient-norms
# says: gradient_norms writes into the array X
def gradient_norms(network, loss, X, y):
    X += 0.1
    X -= 0.1
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(l.dW)) for l in network.layers if hasattr(l, "dW")]

# %% scales-of-its-own: returns a list of a class of its own
class Scales(list): pass
def activation_scales(network, X):
    s = Scales()
    for l in network.layers:
        X = l.forward(X); s.append(X.std())
    return s

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

# %% scales-of-its-own: returns a list of a class of its own
class Scales(list): pass
def activation_scales(network, X):
    s = Scales()
    for l in network.layers:
        X = l.forward(X); s.append(X.std())
    return s

# %% ada: variances first, roots last
# student: ada
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    variance = 1 / np.mean([fan_in, fan_out])
    return rng.normal(scale=np.sqrt(variance), size=(fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    variance = 1 / np.mean([fan_in, fan_out])
    limit = np.sqrt(3 * variance)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    variance = 2 / fan_in
    return rng.normal(scale=np.sqrt(variance), size=(fan_in, fan_out))
# cell: activation_scales
def activation_scales(network, X):
    outputs = []
    for layer in network.layers:
        X = layer.forward(X)
        outputs.append(X)
    return [np.std(A) for A in outputs]
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    with_weights = filter(lambda layer: hasattr(layer, "dW"), network.layers)
    return [np.sqrt(np.sum(layer.dW**2)) for layer in with_weights]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    g = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            g += [layer.dW, layer.db]
    norm = np.sqrt(sum((a**2).sum() for a in g))
    if norm > max_norm:
        for a in g:
            a *= max_norm / norm
    return norm

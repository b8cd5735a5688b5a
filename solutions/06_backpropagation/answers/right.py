# %% loops-everywhere: lists and loops down to single numbers
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    places = [()]
    for length in x.shape:
        places = [place + (i,) for place in places for i in range(length)]
    slopes = np.empty(x.shape)
    for place in places:
        higher = x.copy()
        lower = x.copy()
        higher[place] = higher[place] + h
        lower[place] = lower[place] - h
        slopes[place] = (f(higher) - f(lower)) / (h + h)
    return slopes
# cell: ratio
import math


def length(v):
    total = 0.0
    for entry in v.flatten():
        total = total + float(entry) ** 2
    return math.sqrt(total)


def relative_error(a, b):
    bottom = length(a) + length(b)
    if bottom < 1e-12:
        bottom = 1e-12
    return length(a - b) / bottom
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        i = 0
        while i < len(self.layers):
            X = self.layers[i].forward(X)
            i = i + 1
        return X

    def backward(self, upstream):
        i = len(self.layers) - 1
        while i >= 0:
            upstream = self.layers[i].backward(upstream)
            i = i - 1
        return upstream

    def update(self, learning_rate):
        for i in range(len(self.layers)):
            self.layers[i].update(learning_rate)
# cell: example
import math


def squash(t):
    return 1 / (1 + math.exp(-t))


def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    D, H = W1.shape

    def go(W1, b1, W2, b2):
        z1 = np.zeros(H)
        a1 = np.zeros(H)
        z2 = b2
        for m in range(H):
            z1[m] = b1[m]
            for d in range(D):
                z1[m] += x[d] * W1[d, m]
            a1[m] = squash(z1[m])
            z2 += a1[m] * W2[m]
        loss = math.log1p(math.exp(-abs(z2))) + max(z2, 0.0) - y * z2
        return z1, a1, z2, squash(z2), loss

    z1, a1, z2, p, loss = go(W1, b1, W2, b2)
    dz2 = p - y
    dW2, da1, dz1, dW1 = np.zeros(H), np.zeros(H), np.zeros(H), np.zeros((D, H))
    new_W1, new_b1, new_W2 = np.zeros((D, H)), np.zeros(H), np.zeros(H)
    for m in range(H):
        dW2[m] = dz2 * a1[m]
        da1[m] = dz2 * W2[m]
        dz1[m] = da1[m] * a1[m] * (1 - a1[m])
        new_W2[m] = W2[m] - learning_rate * dW2[m]
        new_b1[m] = b1[m] - learning_rate * dz1[m]
        for d in range(D):
            dW1[d, m] = x[d] * dz1[m]
            new_W1[d, m] = W1[d, m] - learning_rate * dW1[d, m]
    new_b2 = b2 - learning_rate * dz2
    new_loss = go(new_W1, new_b1, new_W2, new_b2)[-1]
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": dz2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": dz1, "W1": new_W1, "b1": new_b1, "W2": new_W2, "b2": new_b2, "new_loss": new_loss}

# %% unit-arrays: a basis of unit arrays, einsum for the rest
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    basis = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in basis]).reshape(x.shape)
# cell: ratio
def relative_error(a, b):
    norm = lambda v: np.sqrt(np.einsum("i,i->", v.reshape(-1), v.reshape(-1)))
    return norm(a - b) / np.maximum(norm(a) + norm(b), 1e-12)
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    def forward(W1, b1, W2, b2):
        z1 = np.einsum("d,dm->m", x, W1) + b1
        a1 = sigmoid(z1)
        z2 = np.einsum("m,m->", a1, W2) + b2
        return z1, a1, z2, sigmoid(z2), np.logaddexp(0.0, z2) - y * z2

    z1, a1, z2, p, loss = forward(W1, b1, W2, b2)
    dz2 = p - y
    dW2, da1 = dz2 * a1, dz2 * W2
    dz1 = np.einsum("m,m,m->m", da1, a1, 1 - a1)
    dW1 = np.einsum("d,m->dm", x, dz1)
    gradients = dW1, dz1, dW2, dz2
    new = [value - learning_rate * gradient for value, gradient in zip((W1, b1, W2, b2), gradients)]
    out = dict(zip(("W1", "b1", "W2", "b2"), new)) | dict(zip(("dW1", "db1", "dW2", "db2"), gradients))
    return out | dict(z1=z1, a1=a1, z2=z2, p=p, loss=loss, dz2=dz2, da1=da1, dz1=dz1, new_loss=forward(*new)[4])

# %% in-place: nudges the caller's x itself, and puts the kept value back whatever happens
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index", "zerosize_ok"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        try:
            x[ix] = oldval + h
            fxph = f(x)
            x[ix] = oldval - h
            fxmh = f(x)
        finally:
            x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad
# cell: ratio
def relative_error(a, b):
    difference = np.linalg.norm((a - b).ravel())
    return difference / max(1e-12, np.linalg.norm(a.ravel()) + np.linalg.norm(b.ravel()))
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = list(layers)

    def __len__(self):
        return len(self.layers)

    def __getitem__(self, i):
        return self.layers[i]

    def forward(self, x):
        out = x
        for l in self.layers:
            out = l.forward(out)
        return out

    def backward(self, dout):
        for l in self.layers[::-1]:
            dout = l.backward(dout)
        return dout

    def update(self, lr):
        for l in self.layers:
            l.update(lr)

# %% flat-iterator: x.flat, which reaches every entry of any array
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    slopes = np.empty(x.shape)
    for k in range(x.size):
        kept = x.flat[k]
        x.flat[k] = kept + h
        upper = f(x)
        x.flat[k] = kept - h
        lower = f(x)
        x.flat[k] = kept
        slopes.flat[k] = (upper - lower) / (2.0 * h)
    return slopes
# cell: ratio
def relative_error(a, b):
    return np.sqrt(((a - b) ** 2).sum()) / max(np.sqrt((a**2).sum()) + np.sqrt((b**2).sum()), 1e-12)

# %% functional: reduce, lambdas, a dictionary built from locals
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    def nudged(index, step):
        y = np.array(x, copy=True)
        y[index] += step
        return y

    slopes = {i: (f(nudged(i, h)) - f(nudged(i, -h))) / (2 * h) for i in np.ndindex(*x.shape)}
    return np.array(list(slopes.values())).reshape(x.shape)
# cell: ratio
relative_error = lambda a, b: np.linalg.norm(np.subtract(a, b)) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-12)
# cell: sequential
from functools import reduce


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        return reduce(lambda value, layer: layer.forward(value), self.layers, X)

    def backward(self, upstream):
        return reduce(lambda gradient, layer: layer.backward(gradient), self.layers[::-1], upstream)

    def update(self, learning_rate):
        [layer.update(learning_rate) for layer in self.layers]
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    z1 = np.dot(x, W1) + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = np.dot(a1, W2) + b2
    p = 1 / (1 + np.exp(-z2))
    loss = np.logaddexp(0, -z2) if y == 1 else np.logaddexp(0, z2)
    dz2 = p - y
    dW2 = a1 * dz2
    db2 = dz2
    da1 = W2 * dz2
    dz1 = da1 * (a1 - a1**2)
    dW1 = x[:, None] * dz1[None, :]
    db1 = dz1.copy()
    W1, b1 = W1 - learning_rate * dW1, b1 - learning_rate * db1
    W2, b2 = W2 - learning_rate * dW2, b2 - learning_rate * db2
    t = np.dot(1 / (1 + np.exp(-np.dot(x, W1) - b1)), W2) + b2
    new_loss = np.logaddexp(0, -t) if y == 1 else np.logaddexp(0, t)
    return locals()

# %% keeps-what-it-saw: caches of its own, backward through a list of methods kept in forward
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.inputs = []
        self.way_back = []

    def forward(self, X):
        self.inputs, self.way_back = [], []
        for layer in self.layers:
            self.inputs.append(X)
            X = layer.forward(X)
            self.way_back.append(layer.backward)
        self.output = X
        return X

    def backward(self, upstream):
        self.gradients = [upstream]
        for step in reversed(self.way_back):
            self.gradients.append(step(self.gradients[-1]))
        return self.gradients[-1]

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% recursive: the first layer, then the rest
# cell: sequential
class Sequential:
    """Head and tail."""

    def __init__(self, *layers):
        self.layers = tuple(layers)
        self.rest = Sequential(*layers[1:]) if layers else None

    def forward(self, X):
        return self.rest.forward(self.layers[0].forward(X)) if self.layers else X

    def backward(self, upstream):
        return self.layers[0].backward(self.rest.backward(upstream)) if self.layers else upstream

    def update(self, learning_rate):
        if self.layers:
            self.rest.update(learning_rate)
            self.layers[0].update(learning_rate)

# %% annotated: types everywhere, a dataclass for the forward pass, an ordered dictionary
# cell: differences
from __future__ import annotations

from collections.abc import Callable

import numpy.typing as npt

Array = npt.NDArray[np.float64]


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    slopes: Array = np.zeros(x.shape, dtype=np.float64)
    for index, value in np.ndenumerate(x):
        probe: Array = x.astype(np.float64)
        probe[index] = value + h
        above: float = f(probe)
        probe[index] = value - h
        below: float = f(probe)
        slopes[index] = (above - below) / (2 * h)
    return slopes
# cell: ratio
def relative_error(a, b) -> float:
    flat_a, flat_b = np.ravel(a), np.ravel(b)
    return float(np.linalg.norm(flat_a - flat_b, ord=2) / max(np.linalg.norm(flat_a, 2) + np.linalg.norm(flat_b, 2), 1e-12))
# cell: example
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True)
class Forward:
    z1: np.ndarray
    a1: np.ndarray
    z2: float
    p: float
    loss: float


def run(x, y, W1, b1, W2, b2) -> Forward:
    z1 = x @ W1 + b1
    a1 = 0.5 * (1 + np.tanh(z1 / 2))
    z2 = float(a1 @ W2 + b2)
    return Forward(z1, a1, z2, float(0.5 * (1 + np.tanh(z2 / 2))), float(max(z2, 0) + np.log1p(np.exp(-abs(z2))) - y * z2))


def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    now = run(x, y, W1, b1, W2, b2)
    out = OrderedDict(vars(now))
    out["dz2"] = out["db2"] = now.p - y
    out["dW2"] = out["dz2"] * now.a1
    out["da1"] = out["dz2"] * W2
    out["dz1"] = out["db1"] = out["da1"] * now.a1 * (1 - now.a1)
    out["dW1"] = np.outer(x, out["dz1"])
    for name, old in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
        out[name] = old - learning_rate * out["d" + name]
    out["new_loss"] = run(x, y, out["W1"], out["b1"], out["W2"], out["b2"]).loss
    return out

# %% talkative: prints to both streams and warns of harmless things
# cell: differences
import sys
import warnings


def numerical_gradient(f, x, h=1e-5):
    warnings.warn("finite differences are slow")
    print("measuring", x.size, "slopes", file=sys.stderr)
    y = x.copy()
    slopes = np.full_like(y, np.nan)
    for i in np.ndindex(y.shape):
        y[i] += h
        plus = f(y)
        y[i] = x[i]
        y[i] -= h
        minus = f(y)
        y[i] = x[i]
        slopes[i] = (plus - minus) / 2 / h
    print(slopes)
    return slopes
# cell: ratio
def relative_error(a, b):
    error = np.linalg.norm(b - a) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-12)
    print(f"relative error {error:.2e}")
    return error
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        print("a network of", len(layers), "layers")

    def __call__(self, X):
        return self.forward(X)

    def forward(self, X):
        for i, layer in enumerate(self.layers):
            X = layer.forward(X)
            print(i, type(layer).__name__, np.shape(X))
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
            print(type(layer).__name__, "passes back", np.shape(upstream), file=sys.stderr)
        return upstream

    def update(self, learning_rate):
        warnings.warn(f"learning rate {learning_rate}")
        for layer in self.layers:
            layer.update(learning_rate)
        return self

# %% two-d-inside: one row as a matrix inside, the shapes asked for outside
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    X = x.reshape(1, -1)
    V = W2.reshape(-1, 1)

    def forward(W1, b1, V, b2):
        Z1 = X @ W1 + b1
        A1 = sigmoid(Z1)
        Z2 = A1 @ V + b2
        return Z1, A1, Z2, sigmoid(Z2), np.logaddexp(0, Z2) - y * Z2

    Z1, A1, Z2, P, L = forward(W1, b1, V, b2)
    dZ2 = P - y
    dV = A1.T @ dZ2
    dA1 = dZ2 @ V.T
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = X.T @ dZ1
    new = W1 - learning_rate * dW1, b1 - learning_rate * dZ1[0], V - learning_rate * dV, b2 - learning_rate * dZ2.item()
    return {
        "z1": Z1[0], "a1": A1[0], "z2": Z2[0, 0], "p": P.item(), "loss": L.squeeze(),
        "dz2": dZ2.squeeze(), "dW2": dV[:, 0], "db2": dZ2.item(), "da1": dA1.ravel(), "dz1": dZ1.ravel(), "dW1": dW1,
        "db1": dZ1.sum(axis=0), "W1": new[0], "b1": new[1], "W2": new[2].ravel(), "b2": new[3],
        "new_loss": forward(*new)[-1].item(), "remark": "shapes checked by hand",
    }

# %% a-layer-itself: inherits from the package's Layer, and offers more than it must
# cell: sequential
from mlpkit import Layer


class Sequential(Layer):
    def __init__(self, *layers):
        super().__init__()
        self._stack = tuple(layers)

    @property
    def layers(self):
        return self._stack

    def __iter__(self):
        return iter(self._stack)

    def forward(self, X):
        signal = X
        for layer in self:
            signal = layer.forward(signal)
        return signal

    def backward(self, upstream):
        signal = upstream.copy()
        for layer in self._stack[::-1]:
            signal = layer.backward(signal)
        return signal

    def update(self, learning_rate):
        for layer in reversed(self._stack):
            layer.update(learning_rate)

    def __repr__(self):
        return "Sequential" + repr(self._stack)

# %% zero-dimensional: numbers as arrays of shape (), a plain number for a plain number
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    if x.ndim == 0:
        return float((f(x + h) - f(x - h)) / (2 * h))
    slopes = np.empty_like(x)
    for i in np.argwhere(np.ones(x.shape, bool)):
        e = np.zeros(x.shape)
        e[tuple(i)] = h
        slopes[tuple(i)] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes
# cell: ratio
def relative_error(a, b):
    parts = [np.sqrt(np.vdot(v, v)) for v in (a - b, a, b)]
    return np.array(parts[0] / max(parts[1] + parts[2], 1e-12))
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    W1, b1, W2 = W1.copy(), b1.copy(), W2.copy()
    r = {}
    r["z1"] = (x[:, np.newaxis] * W1).sum(axis=0) + b1
    r["a1"] = sigmoid(r["z1"])
    r["z2"] = np.array(np.sum(r["a1"] * W2) + b2)
    r["p"] = np.array(sigmoid(r["z2"]))
    r["loss"] = np.array(np.logaddexp(0, (1 - 2 * y) * r["z2"]))
    r["dz2"] = np.array(r["p"] - y)
    r["db2"] = r["dz2"]
    r["dW2"] = r["a1"] * r["dz2"]
    r["da1"] = W2 * r["dz2"]
    r["dz1"] = r["da1"] * r["a1"] * (1 - r["a1"])
    r["db1"] = r["dz1"]
    r["dW1"] = np.multiply.outer(x, r["dz1"])
    W1 -= learning_rate * r["dW1"]
    b1 -= learning_rate * r["db1"]
    W2 -= learning_rate * r["dW2"]
    r["W1"], r["b1"], r["W2"] = W1, b1, W2
    r["b2"] = np.array(b2 - learning_rate * r["db2"])
    z2 = np.sum(sigmoid((x[:, np.newaxis] * W1).sum(axis=0) + b1) * W2) + r["b2"]
    r["new_loss"] = np.array(np.logaddexp(0, (1 - 2 * y) * z2))
    return r

# %% by-two-helpers: the forward and the backward pass as functions of a dictionary of parameters
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    flat = x.ravel().copy()
    slopes = np.zeros(flat.size)
    for i, value in enumerate(flat):
        flat[i] = value + h
        above = f(flat.reshape(x.shape))
        flat[i] = value - h
        below = f(flat.reshape(x.shape))
        flat[i] = value
        slopes[i] = 0.5 * (above - below) / h
    return slopes.reshape(x.shape)
# cell: ratio
def relative_error(a, b):
    both = np.stack([a, b]).reshape(2, -1)
    total = np.hypot.reduce(both[0], initial=0) + np.hypot.reduce(both[1], initial=0)
    return np.hypot.reduce(both[0] - both[1], initial=0) / (total if total > 1e-12 else 1e-12)
# cell: example
def passes(x, y, theta):
    z1 = x @ theta["W1"] + theta["b1"]
    a1 = sigmoid(z1)
    z2 = a1 @ theta["W2"] + theta["b2"]
    return {"z1": z1, "a1": a1, "z2": z2, "p": sigmoid(z2), "loss": np.log1p(np.exp(z2)) - y * z2}


def passes_back(x, y, theta, c):
    dz2 = c["p"] - y
    da1 = dz2 * theta["W2"]
    dz1 = (1 - c["a1"]) * c["a1"] * da1
    return {"dz2": dz2, "dW2": dz2 * c["a1"], "db2": dz2, "da1": da1, "dz1": dz1, "dW1": np.outer(x, dz1), "db1": dz1}


def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    cache = passes(x, y, theta)
    gradients = passes_back(x, y, theta, cache)
    after = {name: value - learning_rate * gradients["d" + name] for name, value in theta.items()}
    return {**cache, **gradients, **after, "new_loss": passes(x, y, after)["loss"]}

# %% ada: a style of her own throughout
# student: ada
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    def nudged(place, step):
        there = x.copy()
        there[place] += step
        return f(there)

    slopes = [(nudged(place, h) - nudged(place, -h)) / (2 * h) for place in np.ndindex(x.shape)]
    return np.reshape(slopes, x.shape)
# cell: ratio
def relative_error(a, b):
    norm = np.linalg.norm
    return norm(a - b) / max(norm(a) + norm(b), 1e-12)
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers[::-1]:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)
# cell: example
def forward_pass(x, y, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "p": sigmoid(z2), "loss": np.logaddexp(0, z2) - y * z2}


def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    r = forward_pass(x, y, W1, b1, W2, b2)
    r["dz2"] = r["db2"] = r["p"] - y
    r["dW2"] = r["dz2"] * r["a1"]
    r["da1"] = r["dz2"] * W2
    r["dz1"] = r["db1"] = r["da1"] * r["a1"] * (1 - r["a1"])
    r["dW1"] = np.outer(x, r["dz1"])
    new = {name: old - learning_rate * r["d" + name] for name, old in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))}
    return r | new | {"new_loss": forward_pass(x, y, **new)["loss"]}

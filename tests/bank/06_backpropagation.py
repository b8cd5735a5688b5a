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

# %% one-sided: forward differences
# loses: numerical-gradient
# says: These are forward differences
def numerical_gradient(f, x, h=1e-5):
    x = x.copy()
    slopes = np.zeros(x.shape)
    here = f(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        slopes[i] = (f(x) - here) / h
        x[i] = kept
    return slopes

# %% looks-back: backward differences
# loses: numerical-gradient
# says: These are backward differences
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x) - f(x - e)) / h
    return slopes

# %% by-h: the two points are 2h apart, the quotient says h
# loses: numerical-gradient
# says: divided by h
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        i = it.multi_index
        old = x[i]
        x[i] = old + h
        up = f(x)
        x[i] = old - h
        down = f(x)
        x[i] = old
        grad[i] = (up - down) / h
        it.iternext()
    return grad

# %% no-brackets: / 2 * h
# loses: numerical-gradient
# says: 2h needs brackets
def numerical_gradient(f, x, h=1e-5):
    x = x.copy()
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        below = f(x)
        slopes[i] = (above - below) / 2 * h
        x[i] = kept
    return slopes

# %% no-brackets-above: only the second value is divided
# loses: numerical-gradient
# says: the difference needs brackets
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = f(x + e) - f(x - e) / (2 * h)
    return slopes

# %% back-to-x-only: steps up, steps back by h, and believes to be below
# loses: numerical-gradient
# says: forward differences, divided by 2h
def numerical_gradient(f, x, h=1e-5):
    y = x.copy()
    slopes = np.zeros(y.shape)
    for i in np.ndindex(y.shape):
        y[i] = x[i] + h
        above = f(y)
        y[i] = x[i]
        below = f(y)
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% left-below: x is never put back
# loses: numerical-gradient
# says: x is never put back
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% plus-minus-plus: puts x back by arithmetic
# loses: numerical-gradient
# says: not bit for bit what it was
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        x[i] += h
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% plus-minus-by-array: the same with a unit array, in place, and divided by h
# loses: numerical-gradient
# says: not bit for bit what it was
# says: divided by h
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        x += e
        above = f(x)
        x -= e
        x -= e
        below = f(x)
        x += e
        slopes[i] = (above - below) / h
    return slopes

# %% restored-at-the-end: all entries are put back together, after the loop
# loses: numerical-gradient
# says: while the earlier entries are still moved
def numerical_gradient(f, x, h=1e-5):
    original = x.copy()
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        slopes[i] = (above - below) / (2 * h)
    x[...] = original
    return slopes

# %% vectors-only: one index where there may be several
# loses: numerical-gradient
# says: one index
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in range(len(x)):
        plus, minus = x.copy(), x.copy()
        plus[i] += h
        minus[i] -= h
        grad[i] = (f(plus) - f(minus)) / (2 * h)
    return grad

# %% matrices-only: unpacks two lengths
# loses: numerical-gradient
# says: not enough values to unpack
def numerical_gradient(f, x, h=1e-5):
    rows, columns = x.shape
    grad = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            plus, minus = x.copy(), x.copy()
            plus[i, j] += h
            minus[i, j] -= h
            grad[i, j] = (f(plus) - f(minus)) / (2 * h)
    return grad

# %% ravelled: moves a flat view, which is a copy for a transposed x
# loses: numerical-gradient
# says: ravel
def numerical_gradient(f, x, h=1e-5):
    flat = x.ravel()
    slopes = np.zeros(x.size)
    for k in range(x.size):
        kept = flat[k]
        flat[k] = kept + h
        above = f(x)
        flat[k] = kept - h
        below = f(x)
        flat[k] = kept
        slopes[k] = (above - below) / (2 * h)
    return slopes.reshape(x.shape)

# %% reshaped-result: the result is filled through reshape(-1), which is a copy for zeros like a transposed x
# loses: numerical-gradient
# says: ravel
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    flat = grad.reshape(-1)
    for k, i in enumerate(np.ndindex(x.shape)):
        e = np.zeros(x.shape)
        e[i] = h
        flat[k] = (f(x + e) - f(x - e)) / (2 * h)
    return grad

# %% memory-order: entries in the order in which they lie in memory
# loses: numerical-gradient
# says: in the order of memory
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for entry in np.nditer(x, op_flags=["readwrite"]):
        kept = entry.copy()
        entry[...] = kept + h
        above = f(x)
        entry[...] = kept - h
        below = f(x)
        entry[...] = kept
        slopes.append((above - below) / (2 * h))
    return np.array(slopes).reshape(x.shape)

# %% flat-for-f: f gets one long vector
# loses: numerical-gradient
# says: f was given an array of shape
def numerical_gradient(f, x, h=1e-5):
    flat = x.flatten()
    slopes = np.zeros(flat.size)
    for k in range(flat.size):
        e = np.zeros(flat.size)
        e[k] = h
        slopes[k] = (f(flat + e) - f(flat - e)) / (2 * h)
    return slopes.reshape(x.shape)

# %% flat-result: one long vector comes back
# loses: numerical-gradient
# says: A vector comes back
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(slopes)

# %% own-step: h is overwritten
# loses: numerical-gradient
# says: h is ignored
def numerical_gradient(f, x, h=1e-5):
    h = 1e-5
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% other-default: the step of mlpkit's checker
# loses: numerical-gradient
# says: default step is not 1e-5
def numerical_gradient(f, x, h=1e-6):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% all-together: moves every entry at once
# loses: numerical-gradient
# says: All entries are moved at once
def numerical_gradient(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% all-together-filled: moves every entry at once, and fills an array with the number
# loses: numerical-gradient
# says: All entries are moved at once
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        grad[i] = (f(x + h) - f(x - h)) / (2 * h)
    return grad

# %% five-points: more exact than asked for
# loses: numerical-gradient
# says: four points
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x - 2 * e) - 8 * f(x - e) + 8 * f(x + e) - f(x + 2 * e)) / (12 * h)
    return slopes

# %% relative-step: scales h with the entry
# loses: numerical-gradient
# says: h is scaled with the size of the entry
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        e = np.zeros(x.shape)
        e[i] = step
        slopes[i] = (f(x + e) - f(x - e)) / (2 * step)
    return slopes

# %% same-array-twice: two names for one array
# loses: numerical-gradient
# says: All slopes are zero
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        plus = minus = x.copy()
        plus[i] += h
        minus[i] -= h
        slopes[i] = (f(plus) - f(minus)) / (2 * h)
    return slopes

# %% flattened: moves a copy that f never sees
# loses: numerical-gradient
# says: All slopes are zero
def numerical_gradient(f, x, h=1e-5):
    flat = x.flatten()
    slopes = np.zeros(flat.size)
    for k in range(flat.size):
        flat[k] += h
        above = f(x)
        flat[k] -= 2 * h
        below = f(x)
        flat[k] += h
        slopes[k] = (above - below) / (2 * h)
    return slopes.reshape(x.shape)

# %% downhill: below minus above
# loses: numerical-gradient
# says: wrong sign
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x - e) - f(x + e)) / (2 * h)
    return slopes

# %% single-precision: the result is kept in float32
# loses: numerical-gradient
# says: float32
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape, dtype=np.float32)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% rounded: shows six decimals
# loses: numerical-gradient
# says: rounded
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = round((f(x + e) - f(x - e)) / (2 * h), 6)
    return slopes

# %% no-return: computes everything and keeps it
# loses: numerical-gradient
# says: is None
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)

# %% returned-too-early: return stands inside the loop
# loses: numerical-gradient
# says: Only the first slope
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
        return slopes

# %% half-steps: moves by h/2 to either side
# loses: numerical-gradient
# says: h apart
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h / 2
        slopes[i] = (f(x + e) - f(x - e)) / h
    return slopes

# %% eps-for-h: another name for the third argument
# loses: numerical-gradient
# says: unexpected keyword argument 'h'
def numerical_gradient(f, x, eps=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = eps
        slopes[i] = (f(x + e) - f(x - e)) / (2 * eps)
    return slopes

# %% no-floor: 0/0 for zeros
# loses: relative-error
# says: max(…, 1e-12) is missing
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))

# %% floor-added: plus where the maximum is meant
# loses: relative-error
# says: 1e-12 is added
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-12)

# %% floor-of-a-course: 1e-8, as in many notes
# loses: relative-error
# says: The lower bound of the denominator is not 1e-12
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))

# %% zero-excused: returns 0 for anything small
# loses: relative-error
# says: returns 0 where
def relative_error(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    if total < 1e-12:
        return 0.0
    return np.linalg.norm(a - b) / total

# %% elementwise-worst: the largest of the elements' relative errors
# loses: relative-error
# says: entry by entry
def relative_error(a, b):
    return np.max(np.abs(a - b) / np.maximum(1e-12, np.abs(a) + np.abs(b)))

# %% elementwise-array: an array comes back
# loses: relative-error
# says: an array comes back
def relative_error(a, b):
    return np.abs(a - b) / np.maximum(1e-12, np.abs(a) + np.abs(b))

# %% spectral: the 2-norm of a matrix is another norm
# loses: relative-error
# says: spectral norm
def relative_error(a, b):
    if a.ndim == 2:
        return np.linalg.norm(a - b, 2) / max(np.linalg.norm(a, 2) + np.linalg.norm(b, 2), 1e-12)
    return np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-12)

# %% ord-two: the 2-norm, also of a matrix, and of three axes it refuses
# loses: relative-error
# says: Improper number of dimensions to norm
# says: spectral norm
def relative_error(a, b):
    norm = lambda v: np.linalg.norm(v, ord=2) if v.ndim else abs(v)
    return norm(a - b) / max(norm(a) + norm(b), 1e-12)

# %% no-root: sums of squares
# loses: relative-error
# says: The roots are missing
def relative_error(a, b):
    return np.sum((a - b) ** 2) / max(np.sum(a**2) + np.sum(b**2), 1e-12)

# %% absolute-values: another norm
# loses: relative-error
# says: absolute values
def relative_error(a, b):
    return np.abs(a - b).sum() / max(np.abs(a).sum() + np.abs(b).sum(), 1e-12)

# %% relative-to-b: divides by one norm
# loses: relative-error
# says: divides by ‖b‖ alone
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(b), 1e-12)

# %% relative-to-the-larger: divides by the larger norm
# loses: relative-error
# says: divides by the larger
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), 1e-12)

# %% lengths-compared: the difference of the norms
# loses: relative-error
# says: the difference of the norms
def relative_error(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    return abs(na - nb) / max(na + nb, 1e-12)

# %% subtracts-in-place: a is the difference afterwards, and the norm comes too late
# loses: relative-error
# says: relative_error writes into a
def relative_error(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    a -= b
    return np.linalg.norm(a) / max(total, 1e-12)

# %% sum-of-arrays: the norm of a + b
# loses: relative-error
# says: norm of a + b
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a + b), 1e-12)

# %% expanded-square: ‖a − b‖² multiplied out, which loses every digit that matters
# loses: relative-error
# says: nearly equal
def relative_error(a, b):
    aa, bb, ab = np.vdot(a, a), np.vdot(b, b), np.vdot(a, b)
    return np.sqrt(max(aa - 2 * ab + bb, 0.0)) / max(np.sqrt(aa) + np.sqrt(bb), 1e-12)

# %% not-chained: every layer sees X
# loses: sequential-forward
# says: the same X
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(X)
        return out

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% last-left-out: the slices of another exercise
# loses: sequential-forward sequential-backward
# says: forward leaves out the last layer
# says: backward leaves out the first layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for i in range(len(self.layers) - 1):
            X = self.layers[i].forward(X)
        return X

    def backward(self, upstream):
        for i in range(len(self.layers) - 1, 0, -1):
            upstream = self.layers[i].backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% forgets-the-last-gradient: backward starts at the last layer but one
# loses: sequential-backward
# says: backward leaves out the last layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers[:-1][::-1]:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% same-direction: backward runs from first to last
# loses: sequential-backward
# says: from the first layer to the last
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% turns-the-list: reverses its own list, so that every second call goes the other way
# loses: sequential-backward
# says: turns the order of its layers around
class Sequential:
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        self.layers.reverse()
        for layer in self.layers:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% no-passing-on: every layer gets the upstream of the network
# loses: sequential-backward
# says: the same upstream
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        dX = upstream
        for layer in reversed(self.layers):
            dX = layer.backward(upstream)
        return dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% says-nothing: backward stores everything and returns nothing
# loses: sequential-backward
# says: backward returns None
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% upstream-back: backward returns what it was given
# loses: sequential-backward
# says: returns upstream as it came
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        grad = upstream
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% steps-while-going-back: backward updates, update does nothing
# loses: sequential-backward sequential-update
# says: backward updates the layers
# says: update reaches no layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
            layer.update(0.1)
        return upstream

    def update(self, learning_rate):
        pass

# %% forwards-again: backward calls forward of the layers
# loses: sequential-backward
# says: forward where backward is meant
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.forward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% overwrites-upstream: writes each gradient into the array it was given, where it fits
# loses: sequential-backward
# says: wrote into the array upstream
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            gradient = layer.backward(upstream)
            if gradient.shape == upstream.shape:
                upstream[...] = gradient
            else:
                upstream = gradient
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% overwrites-x: saves memory in forward, where the shapes allow it
# loses: sequential-forward
# says: wrote into the array X
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            output = layer.forward(X)
            if output.shape == X.shape:
                X[:] = output
            else:
                X = output
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% one-stack-for-all: the layers belong to the class
# loses: sequential-forward sequential-backward sequential-update
# says: as soon as there is another network
class Sequential:
    def __init__(self, *layers):
        Sequential.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% all-outputs: returns what every layer put out
# loses: sequential-forward
# says: output of every layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        outputs = [X]
        for layer in self.layers:
            outputs.append(layer.forward(outputs[-1]))
        return outputs

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% takes-a-list: the constructor wants one list
# loses: sequential-forward sequential-backward sequential-update
# says: positional argument
class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% answers-once: the first output is remembered for ever
# loses: sequential-forward
# says: first call
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.cache = None

    def forward(self, X):
        if self.cache is None:
            for layer in self.layers:
                X = layer.forward(X)
            self.cache = X
        return self.cache

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% gradients-kept: what backward returned before is added
# loses: sequential-backward
# says: accumulates
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = 0

    def forward(self, X):
        self.dX = 0
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        self.dX = self.dX + upstream
        return self.dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% hands-in-layers: moves W and b itself, if there are any
# loses: sequential-update
# says: update reaches no layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W -= learning_rate * layer.dW
                layer.b -= learning_rate * layer.db

# %% asks-for-w: updates only what has a W
# loses: sequential-update
# says: update reaches no layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            if getattr(layer, "W", None) is not None:
                layer.update(learning_rate)

# %% first-only: return stands inside the loop of update
# loses: sequential-update
# says: only the first layer
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            return layer.update(learning_rate)

# %% shares-the-rate: divides the step among the layers
# loses: sequential-update
# says: divided by the number of layers
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate / len(self.layers))

# %% fixed-rate: the learning rate does not get through
# loses: sequential-update
# says: another learning rate
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(0.1)

# %% decays: the learning rate is halved after each update
# loses: sequential-update
# says: another learning rate
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.scale = 1.0

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(self.scale * learning_rate)
        self.scale *= 0.5

# %% updates-twice: once on the way there, once on the way back
# loses: sequential-update
# says: more than once
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)
        for layer in reversed(self.layers):
            layer.update(learning_rate)

# %% runs-twice: calls every layer's forward and backward twice, to look at the result first
# loses: sequential-forward sequential-backward
# says: forward of each layer is to be called once
# says: backward of each layer is to be called once
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            assert layer.forward(X) is not None
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            assert layer.backward(upstream) is not None
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% needs-a-first-layer: the row may not be empty
# loses: sequential-forward sequential-backward
# says: tuple index out of range (case: no layers)
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        out = self.layers[0].forward(X)
        for layer in self.layers[1:]:
            out = layer.forward(out)
        return out

    def backward(self, upstream):
        grad = self.layers[-1].backward(upstream)
        for layer in self.layers[-2::-1]:
            grad = layer.backward(grad)
        return grad

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% package-layers-only: asks each layer for a method of mlpkit's
# loses: sequential-backward
# says: no attribute
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            if layer.parameters:
                layer.parameter_gradients(upstream)
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% stored-elsewhere: the layers are not where others look for them
# loses: sequential-forward
# says: no attribute 'layers'
class Sequential:
    def __init__(self, *layers):
        self.modules = layers

    def forward(self, X):
        for layer in self.modules:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.modules):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.modules:
            layer.update(learning_rate)

# %% pre-activation: z1 where a1 is meant
# loses: worked-example
# says: dz1 is made with z1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * z1 * (1 - z1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% pre-activation-above: the weights of the output meet z1
# loses: worked-example
# says: dW2 is made with z1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * z1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% straight-through: no derivative of the sigmoid
# loses: worked-example
# says: sigmoid's derivative is missing
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1.copy()
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% half-a-derivative: a1 without 1 − a1
# loses: worked-example
# says: factor 1 − a1 is missing
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% tanh-derivative: 1 − a² belongs to tanh
# loses: worked-example
# says: derivative of tanh
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * (1 - a1**2)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% sigmoid-twice: the derivative taken at a1
# loses: worked-example
# says: derivative of the sigmoid taken at a1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * sigmoid(a1) * (1 - sigmoid(a1))
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% tanh-hidden: tanh in the hidden layer, with its own derivative
# loses: worked-example
# says: a1 is the tanh of z1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * (1 - a1**2)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = np.tanh(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% linear-hidden: the hidden layer has no sigmoid
# loses: worked-example
# says: The hidden layer has no sigmoid
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = z1
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = (x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% updated-w2: da1 with the new W2
# loses: worked-example
# says: updated already
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    W2 = W2 - learning_rate * dW2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% sign-of-dz2: y − p
# loses: worked-example
# says: dz2 is y − p
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = y - p
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% squared-error-gradient: p(1 − p) does not cancel
# loses: worked-example
# says: times p(1 − p)
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = (p - y) * p * (1 - p)
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% squared-error: another loss, with its own gradient
# loses: worked-example
# says: squared error
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = (p - y) ** 2

    # backward
    dz2 = 2 * (p - y) * p * (1 - p)
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = (sigmoid(new_z2) - y) ** 2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% stops-at-p: dL/dp under the name of dL/dz2
# loses: worked-example
# says: derivative with respect to p
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = (p - y) / (p * (1 - p))
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% only-ones: right only for y = 1
# loses: worked-example
# says: loss is right only for y = 1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -np.log(p)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = -np.log(sigmoid(new_z2))
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% log-of-p: log(1 − p) where p is rounded to 1
# loses: worked-example
# says: from p instead of from the logit
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -y * np.log(p) - (1 - y) * np.log(1 - p)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_p = sigmoid(new_z2)
    new_loss = -y * np.log(new_p) - (1 - y) * np.log(1 - new_p)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% log-of-p-by-cases: the same with an if, and a small number against log 0
# loses: worked-example
# says: from p instead of from the logit
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -np.log(p + 1e-12) if y else -np.log(1 - p + 1e-12)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    q = sigmoid(new_z2)
    new_loss = -np.log(q + 1e-12) if y else -np.log(1 - q + 1e-12)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% bits: the logarithm to base 2
# loses: worked-example
# says: base 2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = (np.logaddexp(0, z2) - y * z2) / np.log(2)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = (np.logaddexp(0, new_z2) - y * new_z2) / np.log(2)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% likelihood: the sign of the loss
# loses: worked-example
# says: loss has the wrong sign
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = y * z2 - np.logaddexp(0, z2)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = y * new_z2 - np.logaddexp(0, new_z2)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-loss: the loss before the step, twice
# loses: worked-example
# says: new_loss is the loss before the step
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = loss
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-hidden-layer: z1 and a1 are not computed again
# loses: worked-example
# says: hidden layer of the first forward pass
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = a1 @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-biases: the new forward pass runs with the old biases
# loses: worked-example
# says: new_loss is made with the old b1 and b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    c1, c2 = b1, b2
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + c1) @ W2 + c2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% half-old: the new forward pass takes the old second layer
# loses: worked-example
# says: new_loss is made with the old W2 and b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    V2 = W2 - learning_rate * dW2
    c2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": V2, "b2": c2, "new_loss": new_loss}

# %% writes-into-w1: −= on the arrays of the caller
# loses: worked-example
# says: worked_example writes into W1
# says: worked_example writes into b1
# says: worked_example writes into W2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 -= learning_rate * dW1
    b1 -= learning_rate * db1
    W2 -= learning_rate * dW2
    b2 -= learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% transposed-dw1: hidden units in rows
# loses: worked-example
# says: dW1 is transposed
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(dz1, x)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1.T
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% transposed-w1: W1 times x, as in a lecture on columns
# loses: worked-example
# says: matmul
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(W1 @ x + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% climbs: plus the gradient
# loses: worked-example
# says: The step climbs
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 + learning_rate * dW1
    b1 = b1 + learning_rate * db1
    W2 = W2 + learning_rate * dW2
    b2 = b2 + learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% full-steps: the learning rate is left out
# loses: worked-example
# says: without the learning rate
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - dW1
    b1 = b1 - db1
    W2 = W2 - dW2
    b2 = b2 - db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% weights-only: the biases stay where they are
# loses: worked-example
# says: biases do not move
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    W2 = W2 - learning_rate * dW2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% one-bias: a single number for db1
# loses: worked-example
# says: db1 is summed
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1.sum()

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% db1-before-the-sigmoid: db1 is da1
# loses: worked-example
# says: db1 is not dz1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = da1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% keeps-the-old: returns the parameters before the step
# loses: worked-example
# says: parameters before the step
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    V1 = W1 - learning_rate * dW1
    c1 = b1 - learning_rate * db1
    V2 = W2 - learning_rate * dW2
    c2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ V1 + c1) @ V2 + c2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% a-tuple: the numbers without their names
# loses: worked-example
# says: expected a dictionary
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return z1, a1, z2, p, loss, dz2, dW2, db2, da1, dz1, dW1, db1, W1, b1, W2, b2, new_loss

# %% keys-left-out: the step's results are missing
# loses: worked-example
# says: W1 is missing from
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1,}

# %% rows: x as a matrix of one row, and nobody turns it back
# loses: worked-example
# says: mismatch in its core dimension
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    x = x.reshape(1, -1)
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = x.T @ dz1
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% rows-summed: the same, with sums in place of the products
# loses: worked-example
# says: axis too many
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    x = x.reshape(1, -1)
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = np.sum(a1 * W2) + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = x.T @ dz1
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = np.sum(sigmoid(x @ W1 + b1) * W2) + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-bias: z1 without b1
# loses: worked-example
# says: z1 lacks the bias
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-output-bias: z2 without b2
# loses: worked-example
# says: z2 lacks the bias
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-upstream: da1 is W2
# loses: worked-example
# says: da1 lacks the factor dz2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = W2.copy()
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% two-mistakes: no derivative of the sigmoid, and the loss of before
# loses: worked-example
# says: sigmoid's derivative is missing
# says: new_loss is the loss before the step
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * 1.0
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = loss
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% averaged: gradients of the first layer divided by the number of inputs
# loses: worked-example
# says: dW1 is not
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1) / len(x)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% uphill-bias: one sign of four
# loses: worked-example
# says: The step climbs with b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 + learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% names-used-twice: the second forward pass overwrites the first
# loses: worked-example
# says: those of the second forward pass
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
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
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    new_loss = np.logaddexp(0, z2) - y * z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% clipped-p: keeps p away from 0 and 1
# loses: worked-example
# says: p is not the sigmoid of z2
# says: loss is not the binary cross-entropy
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    def forward(W1, b1, W2, b2):
        z1 = x @ W1 + b1
        a1 = sigmoid(z1)
        z2 = a1 @ W2 + b2
        p = np.clip(sigmoid(z2), 1e-7, 1 - 1e-7)
        return z1, a1, z2, p, -y * np.log(p) - (1 - y) * np.log(1 - p)

    z1, a1, z2, p, loss = forward(W1, b1, W2, b2)
    dz2 = p - y
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1, db1, dW2, db2 = np.outer(x, dz1), dz1, dz2 * a1, dz2
    new = [old - learning_rate * d for old, d in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))]
    new_loss = forward(*new)[-1]
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1, "dz1": dz1,
            "dW1": dW1, "db1": db1, "W1": new[0], "b1": new[1], "W2": new[2], "b2": new[3], "new_loss": new_loss}

# %% one-answer-for-all: backward computes its answer once
# loses: sequential-backward
# says: backward answers for the first call only
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = None

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        if self.dX is None:
            for layer in reversed(self.layers):
                upstream = layer.backward(upstream)
            self.dX = upstream
        return self.dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% dX-remembered: keeps dX until the next forward, whatever upstream is
# loses: sequential-backward
# says: each call of backward starts from its own upstream
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = None
    def forward(self, X):
        self.dX = None
        for layer in self.layers:
            X = layer.forward(X)
        return X
    def backward(self, upstream):
        if self.dX is None:
            for layer in reversed(self.layers):
                upstream = layer.backward(upstream)
            self.dX = upstream
        return self.dX
    def update(self, learning_rate):
        for layer in self.layers: layer.update(learning_rate)

# %% borrows-b: subtracts a from b in place and adds it again
# loses: relative-error
# says: relative_error writes into b
def relative_error(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    b -= a
    d = np.linalg.norm(b)
    b += a
    return d / max(na + nb, 1e-12)

# %% steps-and-returns: moves W1 and W2 in place and back again
# loses: worked-example
# says: worked_example writes into W1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    z1 = x @ W1 + b1; a1 = sigmoid(z1); z2 = a1 @ W2 + b2; p = sigmoid(z2)
    L = lambda z: np.logaddexp(0, z) - y * z
    dz2 = p - y; dW2 = dz2 * a1; db2 = dz2; da1 = dz2 * W2; dz1 = da1 * a1 * (1 - a1); dW1 = np.outer(x, dz1); db1 = dz1
    r = dict(z1=z1, a1=a1, z2=z2, p=p, loss=L(z2), dz2=dz2, dW2=dW2, db2=db2, da1=da1, dz1=dz1, dW1=dW1, db1=db1)
    W1 -= learning_rate * dW1; b1 -= learning_rate * db1; W2 -= learning_rate * dW2; b2 -= learning_rate * db2
    r.update(W1=W1.copy(), b1=b1.copy(), W2=W2.copy(), b2=b2)
    r["new_loss"] = L(sigmoid(x @ W1 + b1) @ W2 + b2)
    W1 += learning_rate * dW1; b1 += learning_rate * db1; W2 += learning_rate * dW2
    return r

# %% loss-by-threshold: z2 for the loss from 40 on, log(1 − p) below
# loses: worked-example
# says: p is nearly 1, and y = 0
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    def L(z):
        p = sigmoid(z)
        if y == 1: return -np.log(p)
        return z if z >= 40 else -np.log(1 - p)
    z1 = x @ W1 + b1; a1 = sigmoid(z1); z2 = a1 @ W2 + b2; p = sigmoid(z2)
    dz2 = p - y; dW2 = dz2 * a1; db2 = dz2; da1 = dz2 * W2; dz1 = da1 * a1 * (1 - a1); dW1 = np.outer(x, dz1); db1 = dz1
    r = dict(z1=z1, a1=a1, z2=z2, p=p, loss=L(z2), dz2=dz2, dW2=dW2, db2=db2, da1=da1, dz1=dz1, dW1=dW1, db1=db1)
    r.update(W1=W1 - learning_rate * dW1, b1=b1 - learning_rate * db1, W2=W2 - learning_rate * dW2, b2=b2 - learning_rate * db2)
    r["new_loss"] = L(sigmoid(x @ r["W1"] + r["b1"]) @ r["W2"] + r["b2"])
    return r

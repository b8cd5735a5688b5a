# %% straight-from-the-formulas: the formulas as they stand where NumPy forgives it, with its overflow warnings
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        return np.tanh(z)

    def backward(self, upstream):
        return upstream * 4 / (np.exp(self.z) + np.exp(-self.z)) ** 2
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, 0)

    def backward(self, upstream):
        return np.where(self.z > 0, upstream, 0)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.z))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        shifted = z - np.max(z, axis=1)[:, None]
        self.s = np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]
        return self.s

    def backward(self, upstream):
        inner = (upstream * self.s).sum(axis=1)
        return self.s * (upstream - inner[:, None])

# %% clips-the-exponent: clips before exp, and puts right what the clip would spoil
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        z = np.clip(z, -500, 500)
        self.out = 1.0 / (1.0 + np.exp(-z))
        return self.out

    def backward(self, upstream):
        grad = self.out * (1.0 - self.out)
        return grad * upstream
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        e = np.exp(np.clip(2 * z, -700, 700))
        self.out = (e - 1) / (e + 1)
        return self.out

    def backward(self, upstream):
        return (1 - self.out) * (1 + self.out) * upstream
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 35, z, np.log1p(np.exp(np.minimum(z, 35))))

    def backward(self, upstream):
        return upstream / (1.0 + np.exp(-np.clip(self.z, -500, 500)))

# %% two-branches: masks for the two signs, assigned by index
# cell: sigmoid
class Sigmoid(Activation):
    @staticmethod
    def sigma(z):
        out = np.empty(z.shape)
        positive = z >= 0
        out[positive] = 1 / (1 + np.exp(-z[positive]))
        e = np.exp(z[~positive])
        out[~positive] = e / (1 + e)
        return out

    def forward(self, z):
        self.z = z
        return self.sigma(z)

    def backward(self, upstream):
        return upstream * self.sigma(self.z) * self.sigma(-self.z)
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.mask = z <= 0
        a = z.copy()
        a[self.mask] = 0
        return a

    def backward(self, upstream):
        dz = np.array(upstream)
        dz[self.mask] = 0
        return dz
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        out = np.zeros(z.shape)
        big = z > 0
        out[big] = z[big] + np.log1p(np.exp(-z[big]))
        out[~big] = np.log1p(np.exp(z[~big]))
        self.a = out
        return out

    def backward(self, upstream):
        return upstream * -np.expm1(-self.a)

# %% math-and-loops: plain Python numbers, one at a time
# cell: sigmoid
import math


def sigma(x):
    try:
        return 1 / (1 + math.exp(-x))
    except OverflowError:
        return 0.0


class Sigmoid(Activation):
    def forward(self, z):
        self.values = [sigma(float(x)) for x in z.flatten()]
        return np.array(self.values).reshape(z.shape)

    def backward(self, upstream):
        dz = [float(u) * a * (1 - a) for u, a in zip(upstream.flatten(), self.values)]
        return np.array(dz).reshape(upstream.shape)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.a = np.array([math.tanh(x) for x in z.reshape(-1)]).reshape(z.shape)
        return self.a

    def backward(self, upstream):
        dz = np.zeros(upstream.shape)
        for index in np.ndindex(*upstream.shape):
            dz[index] = upstream[index] * (1 - self.a[index] ** 2)
        return dz
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.z = z.copy()
        a = np.zeros(z.shape)
        for index, value in np.ndenumerate(z):
            if value > 0:
                a[index] = value
        return a

    def backward(self, upstream):
        dz = np.zeros(upstream.shape)
        for index, value in np.ndenumerate(self.z):
            if value > 0:
                dz[index] = upstream[index]
        return dz
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        values = [max(float(x), 0.0) + math.log1p(math.exp(-abs(float(x)))) for x in np.ravel(z)]
        return np.array(values).reshape(z.shape)

    def backward(self, upstream):
        return np.array([u * sigma(float(x)) for u, x in zip(np.ravel(upstream), np.ravel(self.z))]).reshape(self.z.shape)
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        rows = []
        for row in z:
            top = max(row)
            powers = [math.exp(x - top) for x in row]
            total = sum(powers)
            rows.append([p / total for p in powers])
        self.rows = rows
        return np.array(rows)

    def backward(self, upstream):
        out = []
        for s, u in zip(self.rows, upstream):
            dot = sum(si * ui for si, ui in zip(s, u))
            out.append([si * (ui - dot) for si, ui in zip(s, u)])
        return np.array(out)

# %% closures: forward leaves behind the function that backward calls
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        a = np.exp(-np.logaddexp(0, -z))
        self.pull_back = lambda u: u * a * (1 - a)
        return a

    def backward(self, upstream):
        return self.pull_back(upstream)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        a = np.tanh(z)
        self.backward = lambda u: u * (1 - a * a)
        return a
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        def pull_back(u):
            return u * np.heaviside(z, 0)

        self.pull_back = pull_back
        return (z + np.abs(z)) / 2

    def backward(self, upstream):
        return self.pull_back(upstream)
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        s = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
        self.pull_back = lambda u: s * u - s * np.einsum("nc,nc->n", u, s)[:, np.newaxis]
        return s

    def backward(self, upstream):
        return self.pull_back(upstream)

# %% whole-jacobians: builds the Jacobian of each row after all
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        e = np.exp((z.T - z.max(axis=1)).T)
        self.probabilities = (e.T / e.sum(axis=1)).T
        return self.probabilities

    def backward(self, upstream):
        dz = np.zeros(upstream.shape)
        for n in range(len(upstream)):
            s = self.probabilities[n].reshape(-1, 1)
            jacobian = np.diagflat(s) - np.dot(s, s.T)
            dz[n] = jacobian @ upstream[n]
        return dz

# %% stacked-jacobians: all Jacobians at once, with einsum
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        z = z - np.amax(z, axis=-1, keepdims=True)
        self.S = np.exp(z)
        self.S /= np.sum(self.S, axis=-1, keepdims=True)
        return self.S

    def backward(self, upstream):
        N, C = self.S.shape
        J = np.einsum("ni,ij->nij", self.S, np.eye(C)) - np.einsum("ni,nj->nij", self.S, self.S)
        return np.einsum("nij,ni->nj", J, upstream)

# %% template-method: a base class of one's own, subclasses give function and derivative
# cell: sigmoid
class Elementwise(Activation):
    def function(self, z):
        raise NotImplementedError

    def derivative(self, z):
        raise NotImplementedError

    def forward(self, z):
        self.z = np.asarray(z, dtype=np.float64)
        return self.function(self.z)

    def backward(self, upstream):
        return np.asarray(upstream, dtype=np.float64) * self.derivative(self.z)


class Sigmoid(Elementwise):
    def function(self, z):
        return 0.5 + 0.5 * np.tanh(z / 2)

    def derivative(self, z):
        return 0.25 / np.cosh(z / 2) ** 2
# cell: tanh
class Tanh(Elementwise):
    def function(self, z):
        return np.tanh(z)

    def derivative(self, z):
        return 1 / np.cosh(z) ** 2
# cell: relu
class ReLU(Elementwise):
    def function(self, z):
        return z * (z > 0)

    def derivative(self, z):
        return np.where(z > 0, 1.0, 0.0)
# cell: softplus
class Softplus(Elementwise):
    def function(self, z):
        return np.log1p(np.exp(-abs(z))) + np.maximum(z, 0)

    def derivative(self, z):
        return 0.5 + 0.5 * np.tanh(z / 2)

# %% built-on-one-another: Tanh from Sigmoid, Softplus from Sigmoid, layers inside layers
# cell: tanh
class Tanh(Activation):
    """tanh z = 2 σ(2z) − 1."""

    def __init__(self):
        self.inner = Sigmoid()

    def forward(self, z):
        return 2 * self.inner.forward(2 * z) - 1

    def backward(self, upstream):
        return 4 * self.inner.backward(upstream)
# cell: softplus
class Softplus(Activation):
    def __init__(self):
        self.sigmoid, self.relu = Sigmoid(), ReLU()

    def forward(self, z):
        self.slope = self.sigmoid.forward(z)
        return self.relu.forward(z) + np.log1p(np.exp(-np.absolute(z)))

    def backward(self, upstream):
        return upstream * self.slope

# %% slope-in-forward: forward computes the derivative too, backward only multiplies
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        a = 1 / (1 + np.exp(-np.maximum(z, -700)))
        self.slope = a - a**2
        return a

    def backward(self, upstream):
        return np.multiply(upstream, self.slope)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        a = np.tanh(z)
        self.slope = 1 - np.square(a)
        return a

    def backward(self, upstream):
        return np.multiply(upstream, self.slope)
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        a = np.fmax(0.0, z)
        self.slope = np.sign(a)
        return a

    def backward(self, upstream):
        return np.multiply(upstream, self.slope)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        e = np.exp(-np.abs(z))
        self.slope = np.where(z >= 0, 1, e) / (1 + e)
        return np.where(z >= 0, z, 0) + np.log1p(e)

    def backward(self, upstream):
        return np.multiply(upstream, self.slope)

# %% no-base-class: plain classes with slots, nothing inherited
# cell: sigmoid
class Sigmoid:
    __slots__ = ("a",)

    def forward(self, z):
        with np.errstate(over="ignore"):
            self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return self.a * (1 - self.a) * upstream

    def update(self, learning_rate):
        pass
# cell: relu
class ReLU:
    __slots__ = ("positive",)

    def forward(self, z):
        self.positive = np.greater(z, 0)
        return np.maximum(0, z)

    def backward(self, upstream):
        return self.positive * upstream

    def update(self, _):
        return None
# cell: softmax
class Softmax:
    __slots__ = ("s",)

    def forward(self, z):
        top = z.max(1, keepdims=True)
        self.s = np.exp(z - top)
        self.s = self.s / self.s.sum(1, keepdims=True)
        return self.s.copy()

    def backward(self, upstream):
        weighted = upstream * self.s
        return weighted - self.s * weighted.sum(1, keepdims=True)

    def update(self, _):
        return None

# %% talks-a-lot: prints shapes, warns of saturation, writes to stderr
# cell: sigmoid
import sys
import warnings


class Sigmoid(Activation):
    def forward(self, z):
        print("z", z.shape, z.dtype)
        if np.abs(z).max() > 10:
            warnings.warn("some units are saturated")
        self.a = 0.5 * (1 + np.tanh(0.5 * z))
        return self.a

    def backward(self, upstream):
        print("upstream", upstream.shape, file=sys.stderr)
        dz = upstream * self.a * (1 - self.a)
        assert dz.shape == upstream.shape
        return dz
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        assert z.ndim == 2, z.shape
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        print("sums of the rows:", self.s.sum(axis=1))
        return self.s

    def backward(self, upstream):
        dz = self.s * (upstream - (self.s * upstream).sum(axis=1, keepdims=True))
        print("this should be zero:", dz.sum())
        return dz

# %% annotated: types, a tuple as cache, a long double inside
# cell: softplus
from __future__ import annotations


class Softplus(Activation):
    cache: tuple[np.ndarray, ...]

    def forward(self, z: np.ndarray) -> np.ndarray:
        x = z.astype(np.longdouble)
        self.cache = (x, np.maximum(x, 0))
        return (self.cache[1] + np.log1p(np.exp(-np.abs(x)))).astype(np.float64)

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        x, _ = self.cache
        return (upstream / (1 + np.exp(-x))).astype(np.float64)
# cell: tanh
class Tanh(Activation):
    def forward(self, z: np.ndarray) -> np.ndarray:
        self.a: np.ndarray = np.sinh(np.clip(z, -300.0, 300.0)) / np.cosh(np.clip(z, -300.0, 300.0))
        return self.a

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        return upstream - upstream * self.a**2

# %% stack-of-caches: keeps every forward, answers for the last
# cell: relu
class ReLU(Activation):
    def __init__(self):
        self.seen = []

    def forward(self, z):
        self.seen.append(z.copy())
        return np.clip(z, 0, None)

    def backward(self, upstream):
        out = np.zeros(np.shape(upstream), dtype=float)
        np.copyto(out, upstream, where=self.seen[-1] > 0)
        return out
# cell: sigmoid
class Sigmoid(Activation):
    def __init__(self):
        self.cache = {}

    def forward(self, z):
        self.cache["a"] = np.reciprocal(1.0 + np.exp(-1.0 * z))
        return self.cache["a"]

    def backward(self, upstream):
        a = self.cache["a"]
        return a * upstream - a * a * upstream

# %% own-copies-in-place: works in place, but on copies of its own
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        a = np.array(z, dtype=float)
        a *= -1
        np.exp(a, out=a)
        a += 1
        np.divide(1, a, out=a)
        self.a = a
        return a.copy()

    def backward(self, upstream):
        dz = upstream.astype(float)
        dz *= self.a
        dz *= 1 - self.a
        return dz
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        s = z.astype(float)
        for row in s:
            row -= row.max()
            np.exp(row, out=row)
            row /= row.sum()
        self.s = s
        return s

    def backward(self, upstream):
        dz = upstream.astype(float)
        for row, s in zip(dz, self.s):
            row -= row @ s
            row *= s
        return dz

# %% vectorized: scalar functions and np.vectorize
# cell: relu
@np.vectorize
def positive_part(x):
    return max(x, 0.0)


class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return positive_part(z * 1.0)

    def backward(self, upstream):
        return np.vectorize(lambda u, x: float(u) if x > 0 else 0.0, otypes=[float])(upstream, self.z)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z * 1.0
        return np.piecewise(
            self.z,
            [self.z < 0],
            [lambda x: np.log1p(np.exp(x)), lambda x: x + np.log1p(np.exp(-x))],
        )

    def backward(self, upstream):
        return upstream * np.where(self.z < 0, np.exp(np.minimum(self.z, 0)), 1) / (1 + np.exp(-np.abs(self.z)))

# %% ada: masks and branches, her own way
# student: ada
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(-np.abs(z))
        self.a = np.where(z >= 0, 1, e) / (1 + e)
        return self.a

    def backward(self, upstream):
        return upstream * (self.a - self.a**2)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.t = np.tanh(z)
        return self.t

    def backward(self, upstream):
        return upstream * (1 + self.t) * (1 - self.t)
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.positive = z > 0
        return np.where(self.positive, z, 0)

    def backward(self, upstream):
        return np.where(self.positive, upstream, 0)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - np.exp(-self.a))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        powers = np.exp(z - z.max(axis=1)[:, None])
        self.p = powers / powers.sum(axis=1)[:, None]
        return self.p

    def backward(self, upstream):
        return self.p * (upstream - np.einsum("nc,nc->n", upstream, self.p)[:, None])

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

# %% sigmoid-of-minus-z: the sign in the exponent is missing
# loses: sigmoid-forward
# says: The sign in the exponent is missing
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-bracket: brackets forgotten: 1 / 1 + exp(−z)
# loses: sigmoid-forward
# says: Brackets are missing: 1 / 1 + exp(−z) is 1 + exp(−z)
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / 1 + np.exp(-z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-overflows: e^z / (1 + e^z), which is ∞/∞ for large z
# loses: sigmoid-forward
# says: forward(z) is not finite where z is large
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.a = e / (1 + e)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-overflows-without-cache: the same, and backward computes it once more
# loses: sigmoid-forward sigmoid-backward
# says: forward(z) is not finite where z is large
# says: dz is not finite where z is large
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return np.exp(z) / (1 + np.exp(z))

    def backward(self, upstream):
        e = np.exp(-self.z)
        return upstream * e / (1 + e) ** 2

# %% sigmoid-slope-overflows: forward is careful, backward divides ∞ by ∞
# loses: sigmoid-backward
# says: dz is not finite where z is large
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return 0.5 * (1 + np.tanh(z / 2))

    def backward(self, upstream):
        e = np.exp(-self.z)
        return upstream * e / (1 + e) ** 2

# %% sigmoid-is-tanh: takes any S-shaped curve for the sigmoid
# loses: sigmoid-forward sigmoid-backward
# says: This is tanh: the sigmoid runs from 0 to 1
# says: This is the derivative of tanh
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% sigmoid-half-missing: ½(1 + tanh z): the half inside is missing
# loses: sigmoid-forward
# says: This is ½(1 + tanh z) = σ(2z)
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 0.5 * (1 + np.tanh(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-hard: a straight line cut off at 0 and 1
# loses: sigmoid-forward sigmoid-backward
# says: This is a “hard” sigmoid, straight lines
# says: The derivative is that of the “hard” sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return np.clip(0.2 * z + 0.5, 0, 1)

    def backward(self, upstream):
        return upstream * 0.2 * (np.abs(self.z) < 2.5)

# %% sigmoid-clips: clips z to ±10 against the overflow
# loses: sigmoid-forward
# says: forward clips z to ±10: that changes the result beyond
class Sigmoid(Activation):
    def forward(self, z):
        z = np.clip(z, -10, 10)
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-clip-kills-the-gradient: sends nothing back where |z| > 10, as the clip's own derivative says
# loses: sigmoid-backward
# says: dz is 0 where |z| is large
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a) * (np.abs(self.z) <= 10)

# %% sigmoid-float32: single precision is enough, surely
# loses: sigmoid-forward sigmoid-backward
# says: right to about seven digits only
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z.astype(np.float32)))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-cuts-whole-numbers: fills an array like z, which cuts off the decimals when z holds integers
# loses: sigmoid-forward
# says: forward cuts off the decimals when z holds whole numbers
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.zeros_like(z)
        self.a[...] = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-in-place: negates the caller's z
# loses: sigmoid-forward
# says: forward wrote into the array z that it was given
class Sigmoid(Activation):
    def forward(self, z):
        z *= -1
        self.a = 1 / (1 + np.exp(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-slope-alone: the upstream gradient is dropped
# loses: sigmoid-backward
# says: backward ignores upstream: by the chain rule dz is upstream times the derivative
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return self.a * (1 - self.a)

# %% sigmoid-slope-of-the-input: z(1 − z): the formula for the output is fed the input
# loses: sigmoid-backward
# says: The formula a(1 − a) is fed the input
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return 1 / (1 + np.exp(-z))

    def backward(self, upstream):
        return upstream * self.z * (1 - self.z)

# %% sigmoid-twice: σ′ evaluated at σ(z)
# loses: sigmoid-backward
# says: σ is applied to the output once more before a(1 − a)
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        s = 1 / (1 + np.exp(-self.a))
        return upstream * s * (1 - s)

# %% sigmoid-one-minus: only the factor 1 − a
# loses: sigmoid-backward
# says: dz is upstream · (1 − a): the factor a is missing
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a)

# %% sigmoid-times-output: a² (1 − a): multiplies by the activation once too often
# loses: sigmoid-backward
# says: backward multiplies by the activation once too often
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * self.a * (1 - self.a)

# %% sigmoid-sign: a(a − 1)
# loses: sigmoid-backward
# says: dz has the wrong sign everywhere
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (self.a - 1)

# %% sigmoid-quarter: the slope in the middle for every z
# loses: sigmoid-backward
# says: The derivative is ¼ everywhere
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream / 4

# %% sigmoid-averages: divides by the number of rows
# loses: sigmoid-backward
# says: dz is divided by N: the loss has averaged over the batch already
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a) / len(upstream)

# %% sigmoid-first-forward: keeps the output of the first forward for good
# loses: sigmoid-backward
# says: backward answers for the first forward
class Sigmoid(Activation):
    def forward(self, z):
        a = 1 / (1 + np.exp(-z))
        if not hasattr(self, 'a'):
            self.a = a
        return a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-in-the-class: keeps the output in the class, where all sigmoids share it
# loses: sigmoid-backward
# says: backward uses what another object has kept
class Sigmoid(Activation):
    def forward(self, z):
        Sigmoid.a = 1 / (1 + np.exp(-z))
        return Sigmoid.a

    def backward(self, upstream):
        return upstream * Sigmoid.a * (1 - Sigmoid.a)

# %% sigmoid-global: keeps the output in a global variable
# loses: sigmoid-backward
# says: backward uses what another object has kept
memory = None


class Sigmoid(Activation):
    def forward(self, z):
        global memory
        memory = 1 / (1 + np.exp(-z))
        return memory

    def backward(self, upstream):
        return upstream * memory * (1 - memory)

# %% sigmoid-accumulates: adds to the gradient of the call before
# loses: sigmoid-backward
# says: dz accumulates from call to call
class Sigmoid(Activation):
    def __init__(self):
        self.dz = 0

    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        if np.shape(self.dz) != z.shape:
            self.dz = np.zeros(z.shape)
        return self.a

    def backward(self, upstream):
        self.dz = self.dz + upstream * self.a * (1 - self.a)
        return self.dz

# %% sigmoid-uses-up-its-cache: turns the kept output into the slope, in place
# loses: sigmoid-backward
# says: dz is right the first time and wrong the second
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a.copy()

    def backward(self, upstream):
        self.a *= 1 - self.a
        return upstream * self.a

# %% sigmoid-for-matrices: works with rows and columns only
# loses: sigmoid-forward sigmoid-backward
# says: forward(…) raised ValueError
class Sigmoid(Activation):
    def forward(self, z):
        N, M = z.shape
        self.a = np.empty((N, M))
        for n in range(N):
            for m in range(M):
                self.a[n, m] = 1 / (1 + np.exp(-z[n, m]))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-sums-upstream: sums the upstream gradient over the units
# loses: sigmoid-backward
# says: backward sums upstream over each row
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream.sum(axis=-1, keepdims=True) * self.a * (1 - self.a)

# %% sigmoid-syntax: a bracket too few
# loses: sigmoid-forward sigmoid-backward
# says: SyntaxError
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-no-return: the return of backward is missing
# loses: sigmoid-backward
# says: is None
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        dz = upstream * self.a * (1 - self.a)

# %% sigmoid-step: the perceptron's step
# loses: sigmoid-forward
# says: This is a step, 0 or 1: the sigmoid changes smoothly, 1 / (1 + exp(−z))
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return (z >= 0).astype(float)

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% tanh-ratio: the ratio of exponentials, NaN beyond ±710
# loses: tanh-forward
# says: forward(z) is not finite where z is large
class Tanh(Activation):
    def forward(self, z):
        self.a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-ratio-doubled: (e^2z − 1)/(e^2z + 1), NaN beyond 355
# loses: tanh-forward
# says: forward(z) is not finite where z is large
class Tanh(Activation):
    def forward(self, z):
        e = np.exp(2 * z)
        self.a = (e - 1) / (e + 1)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-ratio-everywhere: the ratio in both methods; where forward gives NaN nothing is asked of backward
# loses: tanh-forward
# says: forward(z) is not finite where z is large
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        p, m = np.exp(z), np.exp(-z)
        return (p - m) / (p + m)

    def backward(self, upstream):
        p, m = np.exp(self.z), np.exp(-self.z)
        return upstream * (1 - ((p - m) / (p + m)) ** 2)

# %% tanh-half-as-fast: 2σ(z) − 1: the 2 inside is missing
# loses: tanh-forward
# says: This is 2σ(z) − 1: the 2 inside is missing
class Tanh(Activation):
    def forward(self, z):
        self.a = 2 / (1 + np.exp(-z)) - 1
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-not-centred: σ(2z), without the −1 and the 2
# loses: tanh-forward
# says: This is σ(2z): stretch it and move it down
class Tanh(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-2 * z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-arctan: another S
# loses: tanh-forward tanh-backward
# says: This is arctan: tanh z is (e^z − e^−z) / (e^z + e^−z)
# says: This is the derivative of arctan
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        return np.arctan(z)

    def backward(self, upstream):
        return upstream / (1 + self.z ** 2)

# %% tanh-square-missing: 1 − a
# loses: tanh-backward
# says: dz is upstream · (1 − a): the square is missing
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a)

# %% tanh-square-of-the-input: 1 − z²
# loses: tanh-backward
# says: dz is upstream · (1 − z²): a is the output
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        return np.tanh(z)

    def backward(self, upstream):
        return upstream * (1 - self.z ** 2)

# %% tanh-slope-of-the-output: 1 − tanh²(a): tanh once too often
# loses: tanh-backward
# says: tanh is applied to the output once more before 1 − a²
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - np.tanh(self.a) ** 2)

# %% tanh-like-sigmoid: a(1 − a), copied from the sigmoid
# loses: tanh-backward
# says: dz is upstream · a(1 − a), the sigmoid's formula
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% tanh-sign: a² − 1
# loses: tanh-backward
# says: dz has the wrong sign everywhere
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (self.a ** 2 - 1)

# %% tanh-plus: 1 + a²
# loses: tanh-backward
# says: dz is upstream · (1 + a²): the derivative is 1 − a²
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 + self.a ** 2)

# %% tanh-slope-alone: the upstream gradient is dropped
# loses: tanh-backward
# says: backward ignores upstream: by the chain rule dz is upstream times the derivative
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return 1 - self.a ** 2

# %% tanh-upstream-in-place: multiplies the caller's upstream
# loses: tanh-backward
# says: backward cuts off the decimals when upstream holds whole numbers
# says: backward wrote into the array upstream that it was given
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        upstream[...] = upstream * (1 - self.a ** 2)
        return upstream

# %% tanh-in-place: writes tanh over z
# loses: tanh-forward
# says: forward cuts off the decimals when z holds whole numbers
# says: forward wrote into the array z that it was given
class Tanh(Activation):
    def forward(self, z):
        np.copyto(z, np.tanh(z), casting='unsafe')
        self.a = z.astype(float)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-whole-numbers: casts back to the dtype of z
# loses: tanh-forward
# says: forward cuts off the decimals when z holds whole numbers
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z).astype(z.dtype)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-remembers-shape-of-first: a buffer made at the first call
# loses: tanh-forward tanh-backward
# says: forward(…) raised ValueError
class Tanh(Activation):
    def forward(self, z):
        if not hasattr(self, 'buffer'):
            self.buffer = np.empty(z.shape)
        self.buffer[...] = np.tanh(z)
        return self.buffer

    def backward(self, upstream):
        return upstream * (1 - self.buffer ** 2)

# %% relu-identity: does nothing at all, as positive test inputs would have it
# loses: relu-forward relu-backward
# says: forward returns z as it came
# says: backward returns upstream as it came
class ReLU(Activation):
    def forward(self, z):
        return z

    def backward(self, upstream):
        return upstream

# %% relu-identity-forward: forward returns z
# loses: relu-forward
# says: forward returns z as it came
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-absolute: the absolute value
# loses: relu-forward
# says: This is |z|: negative numbers become 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.abs(z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-minimum: min for max
# loses: relu-forward
# says: min stands where max should
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.minimum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-np-max: np.max(z, 0), whose 0 is an axis
# loses: relu-forward
# says: np.max(z, 0) is the largest of each column, along axis 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.max(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-in-place: z[z < 0] = 0
# loses: relu-forward
# says: forward wrote into the array z that it was given
class ReLU(Activation):
    def forward(self, z):
        z[z < 0] = 0
        self.z = z
        return z

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-in-place-both: in place, forward and backward
# loses: relu-forward relu-backward
# says: forward wrote into the array z that it was given
# says: backward wrote into the array upstream that it was given
class ReLU(Activation):
    def forward(self, z):
        self.off = z <= 0
        z[self.off] = 0
        return z

    def backward(self, upstream):
        upstream[self.off] = 0
        return upstream

# %% relu-upstream-in-place: upstream[z <= 0] = 0
# loses: relu-backward
# says: backward wrote into the array upstream that it was given
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        upstream[self.z <= 0] = 0
        return upstream

# %% relu-tiny-leak: a slope of a millionth on the left, against dead units
# loses: relu-forward
# says: The negative side leaks: ReLU is exactly 0 there
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, 1e-6 * z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-leaky: leaky ReLU in both methods
# loses: relu-forward relu-backward
# says: The negative side leaks: ReLU is exactly 0 there
# says: A little gradient leaks where z ≤ 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, 0.01 * z)

    def backward(self, upstream):
        return np.where(self.z > 0, upstream, 0.01 * upstream)

# %% relu-leaks-backward: a leak in backward alone
# loses: relu-backward
# says: A little gradient leaks where z ≤ 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return np.where(self.z > 0, upstream, 1e-6 * upstream)

# %% relu-six: cut off at 6 as well
# loses: relu-forward relu-backward
# says: forward ends at 6 (ReLU6): ReLU has no upper end
# says: The gradient is cut off above z = 6 (ReLU6)
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.clip(z, 0, 6)

    def backward(self, upstream):
        return upstream * ((self.z > 0) & (self.z < 6))

# %% relu-one-at-zero: z >= 0: the derivative at 0 is 1
# loses: relu-backward
# says: The derivative is 1 at z = 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z >= 0)

# %% relu-half-at-zero: heaviside with ½ at 0
# loses: relu-backward
# says: The derivative is ½ at z = 0
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * np.heaviside(self.z, 0.5)

# %% relu-mask-of-upstream: the mask comes from the sign of upstream
# loses: relu-backward
# says: The mask is taken from the sign of upstream
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return np.maximum(upstream, 0)

# %% relu-both-masks: lets through only what is positive on both sides
# loses: relu-backward
# says: backward lets pass only what is positive in upstream
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0) * (upstream > 0)

# %% relu-times-output: multiplies by the activation instead of the mask
# loses: relu-backward
# says: backward multiplies upstream by the output of forward
class ReLU(Activation):
    def forward(self, z):
        self.a = np.maximum(z, 0)
        return self.a

    def backward(self, upstream):
        return upstream * self.a

# %% relu-slope-alone: the upstream gradient is dropped
# loses: relu-backward
# says: backward ignores upstream: by the chain rule dz is upstream times the derivative
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return (self.z > 0).astype(float)

# %% relu-passes-all: backward returns upstream
# loses: relu-backward
# says: backward returns upstream as it came
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream

# %% relu-other-side: the mask is upside down
# loses: relu-backward
# says: The mask is upside down: the gradient passes where z is positive
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z < 0)

# %% relu-cuts-whole-numbers: fills an array like z, so decimals of upstream are lost when z holds integers
# loses: relu-backward
# says: backward cuts off the decimals when z holds whole numbers
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        dz = np.zeros_like(self.z)
        dz[self.z > 0] = upstream[self.z > 0]
        return dz

# %% relu-scalar-if: an if on a whole array
# loses: relu-forward relu-backward
# says: forward(…) raised ValueError
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z if z > 0 else 0 * z

    def backward(self, upstream):
        return upstream if self.z > 0 else 0 * upstream

# %% relu-keeps-positive-only: z[z > 0], which is another shape
# loses: relu-forward relu-backward
# says: forward shortens the array
# says: backward shortens the array
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z[z > 0]

    def backward(self, upstream):
        return upstream[self.z > 0]

# %% relu-sums-rows: sums over the batch
# loses: relu-backward
# says: backward sums over the rows of the batch
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return (upstream * (self.z > 0)).sum(axis=0)

# %% relu-vectorize: np.vectorize, which takes the dtype from the first result
# loses: relu-forward
# says: forward cuts off decimals when the first z is not positive
@np.vectorize
def positive_part(x):
    return x if x > 0 else 0


class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return positive_part(z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-overflows: log(1 + e^z) as it stands
# loses: softplus-forward
# says: forward(z) is not finite where z is large
# says: forward(z) has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log(1 + np.exp(z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-log1p-overflows: log1p(e^z): right on the left, infinite on the right
# loses: softplus-forward
# says: forward(z) is not finite where z is large
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log1p(np.exp(z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-loses-the-tail: the stable form without log1p
# loses: softplus-forward
# says: forward(z) has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-clips: log1p(exp(clip(z))), which ends at 500
# loses: softplus-forward
# says: forward clips z to ±500: that changes the result beyond
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log1p(np.exp(np.clip(z, -500, 500)))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-of-minus-z: log(1 + e^−z)
# loses: softplus-forward
# says: This is log(1 + exp(−z)): the exponent is +z
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, -z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-base-two: logarithm to base 2
# loses: softplus-forward
# says: np.logaddexp2 works with powers of 2
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp2(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-log2: log2 of the right argument
# loses: softplus-forward
# says: The logarithm is to base 2
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z) / np.log(2)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-is-relu: max(0, z) is close enough for large z
# loses: softplus-forward softplus-backward
# says: This is ReLU: softplus adds log(1 + exp(−|z|)) to it
# says: The derivative is ReLU's step
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-no-correction: switches to z at 5
# loses: softplus-forward
# says: forward switches to z too early
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 5, z, np.log1p(np.exp(np.minimum(z, 5))))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-absolute-missing: log1p(e^−z) with max(z, 0): the absolute value is missing
# loses: softplus-forward
# says: The absolute value is missing
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log1p(np.exp(-z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-slope-tanh: the derivative is tanh
# loses: softplus-backward
# says: The derivative is tanh z: softplus's is σ(z)
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * np.tanh(self.z)

# %% softplus-slope-one: the derivative is 1
# loses: softplus-backward
# says: The derivative is 1 everywhere
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream.copy()

# %% softplus-slope-step: the derivative of ReLU
# loses: softplus-backward
# says: The derivative is ReLU's step
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-slope-of-the-output: σ applied to the output
# loses: softplus-backward
# says: σ is applied to the output
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.a))

# %% softplus-second-derivative: σ(1 − σ), the derivative of the derivative
# loses: softplus-backward
# says: The derivative is σ(1 − σ)
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        s = 0.5 * (1 + np.tanh(self.z / 2))
        return upstream * s * (1 - s)

# %% softplus-slope-overflows: e^z/(1 + e^z) in backward
# loses: softplus-backward
# says: dz is not finite where z is large
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * np.exp(self.z) / (1 + np.exp(self.z))

# %% softplus-clip-kills-the-gradient: no gradient beyond ±500
# loses: softplus-backward
# says: dz is 0 where |z| is large
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2)) * (np.abs(self.z) < 500)

# %% softplus-slope-alone: the upstream gradient is dropped
# loses: softplus-backward
# says: backward ignores upstream: by the chain rule dz is upstream times the derivative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-slope-of-minus-z: σ(−z)
# loses: softplus-backward
# says: This is upstream · σ(−z): the derivative is σ(z) = 1 / (1 + exp(−z))
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream / (1 + np.exp(self.z))

# %% softplus-slope-half: ½(1 + tanh z)
# loses: softplus-backward
# says: This is upstream · σ(2z): the derivative is σ(z) = ½(1 + tanh(z/2))
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z))

# %% softplus-exponential-of-output: e^−a for 1 − e^−a
# loses: softplus-backward
# says: This is upstream · σ(−z): the derivative is σ(z) = 1 / (1 + exp(−z))
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream * np.exp(-self.a)

# %% softmax-columns: axis 0 in forward
# loses: softmax-forward
# says: The columns sum to 1: each row is a distribution
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=0))
        self.s = e / e.sum(axis=0)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-columns-throughout: axis 0 in both methods
# loses: softmax-forward softmax-backward
# says: The columns sum to 1: each row is a distribution
# says: backward works down the columns
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=0))
        self.s = e / e.sum(axis=0)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=0))

# %% softmax-one-sum: one sum for the whole batch
# loses: softmax-forward
# says: One sum serves the whole batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum()
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-one-sum-one-maximum: as for a vector: one maximum and one sum
# loses: softmax-forward
# says: The batch is treated as one long row
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / e.sum()
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-no-shift: the formula as it stands
# loses: softmax-forward
# says: exp overflows, or a whole row underflows to 0/0
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-maximum-added: + for −
# loses: softmax-forward
# says: The maximum is added: it has to be subtracted
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z + z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-global-maximum: one maximum for all rows
# loses: softmax-forward
# says: One maximum serves the whole batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-epsilon: a little something against division by zero
# loses: softmax-forward
# says: Something is added to the sum of the row
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / (e.sum(axis=1, keepdims=True) + 1e-6)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-mean-shift: takes off the mean instead of the maximum
# loses: softmax-forward
# says: The mean is taken off instead of the maximum
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.mean(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-in-place: z -= maximum
# loses: softmax-forward
# says: forward wrote into the array z that it was given
class Softmax(Activation):
    def forward(self, z):
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-logarithm: returns the log-softmax
# loses: softmax-forward
# says: This is the log-softmax: return the probabilities themselves
class Softmax(Activation):
    def forward(self, z):
        z = z - z.max(axis=1, keepdims=True)
        logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.s = np.exp(logs)
        return logs

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-not-normalised: the division is missing
# loses: softmax-forward
# says: The division by the sum of the row is missing
class Softmax(Activation):
    def forward(self, z):
        self.s = np.exp(z - z.max(axis=1, keepdims=True))
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-sigmoid: a sigmoid for each class
# loses: softmax-forward softmax-backward
# says: Each entry goes through a sigmoid of its own
# says: This is the derivative of a sigmoid for each entry
class Softmax(Activation):
    def forward(self, z):
        self.s = 1 / (1 + np.exp(-z))
        return self.s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)

# %% softmax-base-two: 2^z
# loses: softmax-forward
# says: The powers are those of 2: softmax takes those of e
class Softmax(Activation):
    def forward(self, z):
        e = 2.0 ** (z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-shares: z divided by the sum of z
# loses: softmax-forward
# says: The exponential is missing
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return z / z.sum(axis=1, keepdims=True)

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-single-row: squeeze
# loses: softmax-forward
# says: The result has lost its axes of length 1
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s.squeeze()

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-winner: 1 for the largest, 0 for the rest
# loses: softmax-forward
# says: forward returns 1 for the largest logit and 0 for the others
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return (z == z.max(axis=1, keepdims=True)).astype(float)

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-forward-keepdims: keepdims forgotten
# loses: softmax-forward softmax-backward
# says: forward(…) raised ValueError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1))
        self.s = e / e.sum(axis=1)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-diagonal: the diagonal of the Jacobian alone
# loses: softmax-backward
# says: backward uses the diagonal of the Jacobian alone
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)

# %% softmax-off-diagonal-sign: + s_i s_j off the diagonal
# loses: softmax-backward
# says: The entries off the diagonal of the Jacobian have the wrong sign
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        dz = np.empty(upstream.shape)
        for n, (s, u) in enumerate(zip(self.s, upstream)):
            J = np.outer(s, s)
            J[np.diag_indices(len(s))] = s * (1 - s)
            dz[n] = J @ u
        return dz

# %% softmax-plus: s(u + ⟨u, s⟩)
# loses: softmax-backward
# says: The inner product is added
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream + (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-no-inner-product: s ⊙ u
# loses: softmax-backward
# says: The inner product is missing
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * upstream

# %% softmax-zeros: all zeros, which pass every test with ones
# loses: softmax-backward
# says: backward returns zeros. Only for an upstream of all ones is that right
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return np.zeros_like(upstream)

# %% softmax-negated: the sign is the wrong way round
# loses: softmax-backward
# says: dz has the wrong sign everywhere
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * ((upstream * self.s).sum(axis=1, keepdims=True) - upstream)

# %% softmax-row-zero: the Jacobian of row 0 for all rows
# loses: softmax-backward
# says: The Jacobian of the first row serves for all rows
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        s = self.s[0]
        J = np.diag(s) - np.outer(s, s)
        return upstream @ J

# %% softmax-one-inner-product: one inner product for the whole batch
# loses: softmax-backward
# says: One inner product serves the whole batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.sum(upstream * self.s))

# %% softmax-inner-over-columns: the inner product along axis 0
# loses: softmax-backward
# says: The inner product runs along axis 0
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.sum(upstream * self.s, axis=0))

# %% softmax-mean-inner: mean for sum
# loses: softmax-backward
# says: The inner product is a mean
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.mean(upstream * self.s, axis=1, keepdims=True))

# %% softmax-plain-sum: sums upstream without the weights
# loses: softmax-backward
# says: The sum of upstream is taken off without the weights s
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - upstream.sum(axis=1, keepdims=True))

# %% softmax-plain-mean: takes off the plain mean of upstream
# loses: softmax-backward
# says: The plain mean of upstream is taken off
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - upstream.mean(axis=1, keepdims=True))

# %% softmax-weight-missing: u − ⟨u, s⟩ without the factor s
# loses: softmax-backward
# says: The factor s in front is missing
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream - (upstream * self.s).sum(axis=1, keepdims=True)

# %% softmax-minus-target: s − u, as if upstream were the labels
# loses: softmax-backward
# says: dz is s − upstream: that is the gradient of softmax and cross-entropy together
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s - upstream

# %% softmax-passes-on: returns upstream, since the loss does the rest
# loses: softmax-backward
# says: backward returns upstream as it came
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream

# %% softmax-ones: the rows of the Jacobian summed, upstream ignored
# loses: softmax-backward
# says: backward returns zeros. Only for an upstream of all ones is that right
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (1 - self.s.sum(axis=1, keepdims=True))

# %% softmax-upstream-ignored: s(1 − s), without upstream
# loses: softmax-backward
# says: backward ignores upstream: it returns the diagonal of the Jacobian
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (1 - self.s)

# %% softmax-keepdims: keepdims forgotten in backward
# loses: softmax-backward
# says: backward(…) raised ValueError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1))

# %% softmax-averages: divides by the number of rows
# loses: softmax-backward
# says: dz is divided by N: the loss has averaged over the batch already
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True)) / len(upstream)

# %% softmax-upstream-in-place: upstream -= the inner product
# loses: softmax-backward
# says: backward wrote into the array upstream that it was given
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        upstream[...] = upstream - (upstream * self.s).sum(axis=1, keepdims=True)
        return self.s * upstream

# %% softmax-of-the-output: the softmax of the softmax in backward
# loses: softmax-backward
# says: Softmax is applied to the output once more
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        e = np.exp(self.s)
        s = e / e.sum(axis=1, keepdims=True)
        return s * (upstream - (upstream * s).sum(axis=1, keepdims=True))

# %% softmax-four-rows: a loop over four rows, as in the visible gradient test
# loses: softmax-forward softmax-backward
# says: forward(…) raised IndexError
class Softmax(Activation):
    def forward(self, z):
        self.s = np.zeros(z.shape)
        for n in range(4):
            e = np.exp(z[n] - z[n].max())
            self.s[n] = e / e.sum()
        return self.s

    def backward(self, upstream):
        dz = np.zeros(self.s.shape)
        for n in range(4):
            dz[n] = self.s[n] * (upstream[n] - upstream[n] @ self.s[n])
        return dz

# %% softmax-returns-in-the-loop: return within the loop
# loses: softmax-forward
# says: Only the first row is filled in
class Softmax(Activation):
    def forward(self, z):
        self.s = np.zeros(z.shape)
        for n in range(len(z)):
            e = np.exp(z[n] - z[n].max())
            self.s[n] = e / e.sum()
            return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-stub: backward left as it was
# loses: softmax-backward
# says: backward(…) raised NotImplementedError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        raise NotImplementedError('Softmax.backward: for each row, sum what reaches z_j through every output s_i.')

# %% all-upstream-dropped: no backward multiplies by upstream
# loses: sigmoid-backward tanh-backward relu-backward softplus-backward
# says: backward ignores upstream: by the chain rule dz is upstream times the derivative
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return self.a * (1 - self.a)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return 1 - self.a**2
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return 1.0 * (self.z > 0)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return 1 / (1 + np.exp(-self.z))

# %% all-overflow: every formula as it stands
# loses: sigmoid-forward tanh-forward softplus-forward softmax-forward
# says: forward(z) is not finite where z is large
# says: forward(z) has lost its digits where z is very negative
# says: exp overflows, or a whole row underflows to 0/0
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.a = e / (e + 1)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        p, m = np.exp(z), np.exp(-z)
        self.a = (p - m) / (p + m)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log(np.exp(z) + 1)

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.z))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        p = np.exp(z)
        self.s = p / np.sum(p, axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% sigmoid-cut-off: 1 above 15, to save an exponential
# loses: sigmoid-forward
# says: forward jumps to 1 too early
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.where(z > 15, 1, 1 / (1 + np.exp(-z)))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-zeros: arrays of the right shape, to be filled in later
# loses: sigmoid-forward sigmoid-backward
# says: forward returns zeros
# says: is all zeros
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.zeros(z.shape)
        return self.a

    def backward(self, upstream):
        return np.zeros(upstream.shape)

# %% tanh-remembers-by-shape: one cache entry for each shape, and the first stays
# loses: tanh-backward
# says: dz is wrong for a second batch
class Tanh(Activation):
    def forward(self, z):
        if not hasattr(self, 'cache'):
            self.cache = {}
        self.cache.setdefault(z.shape, np.tanh(z))
        return np.tanh(z)

    def backward(self, upstream):
        return upstream * (1 - self.cache[upstream.shape] ** 2)

# %% relu-threshold: passes nothing below a thousandth
# loses: relu-backward
# says: The mask begins above 0: the gradient passes wherever z is positive
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 1e-3)

# %% relu-rectifies-the-kept-z: backward writes into z, which is the caller's
# loses: relu-backward
# says: backward wrote into the array z that forward was given
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        self.z[self.z < 0] = 0
        return upstream * (self.z > 0)

# %% softmax-absolute-shift: takes off the largest absolute value
# loses: softmax-forward
# says: The largest absolute value is taken off instead of the maximum
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-kept-from-zero: clips the probabilities from below, for a logarithm to come
# loses: softmax-forward
# says: The probabilities are kept above 1e-07
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% sigmoid-remembers-dz: so that asked twice it gives the same
# loses: sigmoid-backward
# says: each call of backward starts from its own upstream
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 0.5 * (1 + np.tanh(0.5 * z))
        self.dz = None
        return self.a
    def backward(self, upstream):
        if self.dz is None:
            self.dz = upstream * self.a * (1 - self.a)
        return self.dz

# %% relu-waits: forward keeps z only when backward has used the last one
# loses: relu-backward
# says: backward answers for the latest forward
class ReLU(Activation):
    on = None
    used = True
    def forward(self, z):
        if self.used:
            self.on, self.used = z > 0, False
        return np.maximum(z, 0)
    def backward(self, upstream):
        self.used = True
        return upstream * self.on

# %% softplus-cut: exactly 0 below −50
# loses: softplus-forward
# says: has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 30, z, np.where(z < -50, 0.0, np.log1p(np.exp(np.clip(z, -50, 30)))))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

# %% softplus-clipped: clips z to ±50
# loses: softplus-forward
# says: has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log1p(np.exp(-np.minimum(np.abs(z), 50)))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

# %% softplus-exp: exp(z) below −10
# loses: softplus-forward
# says: has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z < -10, np.exp(np.minimum(z, 0)), np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

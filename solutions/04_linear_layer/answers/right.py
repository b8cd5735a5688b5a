# %% loops-in-functions: helper functions outside the class, loops inside them
def matrix_product(A, B):
    """A times B, by the definition."""
    rows, inner, columns = len(A), len(B), len(B[0])
    C = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for k in range(inner):
                C[i, j] += A[i, k] * B[k, j]
    return C


def add_to_rows(A, v):
    return np.array([row + v for row in A])


class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return add_to_rows(matrix_product(X, self.W), self.b)

    def backward(self, upstream):
        self.dW = matrix_product(self.X.T, upstream)
        self.db = sum(row for row in upstream)
        return matrix_product(upstream, self.W.T)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% einsum-everywhere: einsum, also for the bias
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.inp = X
        ones = np.ones(X.shape[0])
        return np.einsum("ij,jk->ik", X, self.W) + np.einsum("i,k->ik", ones, self.b)

    def backward(self, upstream):
        self.dW = np.einsum("ij,ik->jk", self.inp, upstream, optimize=True)
        self.db = np.einsum("ik->k", upstream)
        return np.einsum("ik,jk->ij", upstream, self.W)

    def update(self, learning_rate):
        self.W -= np.einsum(",jk->jk", learning_rate, self.dW)
        self.b -= np.einsum(",k->k", learning_rate, self.db)

# %% np-dot: np.dot and np.transpose, no operators
class Linear:

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        # keep the input for the backward pass
        self.last_input = X.copy()
        out = np.dot(X, self.W)
        out = np.add(out, self.b)
        return out

    def backward(self, upstream):
        self.dW = np.dot(np.transpose(self.last_input), upstream)
        self.db = np.sum(upstream, axis = 0)
        dX = np.dot(upstream, np.transpose(self.W))
        return dX

    def update(self, learning_rate):
        np.subtract(self.W, np.multiply(learning_rate, self.dW), out = self.W)
        np.subtract(self.b, np.multiply(learning_rate, self.db), out = self.b)

# %% tensordot: contracts axes by number
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.cache = (X,)
        return np.tensordot(X, self.W, axes=(1, 0)) + self.b

    def backward(self, upstream):
        (X,) = self.cache
        self.dW = np.tensordot(X, upstream, axes=(0, 0))
        self.db = np.tensordot(np.ones(len(upstream)), upstream, axes=(0, 0))
        return np.tensordot(upstream, self.W, axes=(1, 1))

    def update(self, learning_rate):
        self.W[...] = self.W - learning_rate * self.dW
        self.b[...] = self.b - learning_rate * self.db

# %% add-reduce: ufunc methods and a list as cache
class Linear:
    """Y = XW + b"""

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self._seen = []

    def forward(self, X):
        self._seen.append(X)
        return np.add.reduce(X[:, :, None] * self.W[None, :, :], axis=1) + self.b

    def backward(self, upstream):
        X = self._seen[-1]  # the latest batch
        self.dW = np.add.reduce(X[:, :, None] * upstream[:, None, :], axis=0)
        self.db = np.add.reduce(upstream, axis=0)
        return np.add.reduce(upstream[:, None, :] * self.W[None, :, :], axis=2)

    def update(self, learning_rate):
        np.copyto(self.W, self.W - learning_rate * self.dW)
        np.copyto(self.b, self.b - learning_rate * self.db)

# %% closure-cache: forward leaves a function behind that backward calls
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self._backward = None

    def forward(self, X):
        def _backward(upstream):
            self.dW = X.T @ upstream
            self.db = upstream.sum(axis=0)
            return upstream @ self.W.T

        self._backward = _backward
        return X @ self.W + self.b

    def backward(self, upstream):
        if self._backward is None:
            raise RuntimeError("call forward first")
        return self._backward(upstream)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% own-buffers: matmul into buffers of its own, copies handed out
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW = np.empty_like(self.W)
        self.db = np.empty_like(self.b)
        self._out = None
        self._step = np.empty_like(self.W)

    def forward(self, X):
        self._X = X
        if self._out is None or len(self._out) != len(X):
            self._out = np.empty((len(X), self.W.shape[1]))
        np.matmul(X, self.W, out=self._out)
        self._out += self.b
        return self._out.copy()

    def backward(self, upstream):
        np.matmul(self._X.T, upstream, out=self.dW)
        np.sum(upstream, axis=0, out=self.db)
        dX = np.empty(self._X.shape)
        np.matmul(upstream, self.W.T, out=dX)
        return dX

    def update(self, learning_rate):
        np.multiply(self.dW, learning_rate, out=self._step)
        np.subtract(self.W, self._step, out=self.W)
        self.b -= learning_rate * self.db

# %% prints-shapes: debugging prints left in
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        print('X', X.shape, 'W', self.W.shape, 'b', self.b.shape)
        self.X = X
        Y = X @ self.W + self.b
        print('Y', Y.shape)
        return Y

    def backward(self, upstream):
        print('upstream', upstream.shape)
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        dX = upstream @ self.W.T
        print('dW', self.dW.shape, 'db', self.db.shape, 'dX', dX.shape)
        assert dX.shape == self.X.shape
        return dX

    def update(self, learning_rate):
        print(f'{learning_rate=}')
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% warns-of-large-steps: warnings.warn about things that are harmless
import warnings


class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        if in_features == out_features:
            warnings.warn("square W: a forgotten transpose would not show", stacklevel=2)

    def forward(self, X):
        if len(X) == 1:
            warnings.warn("a batch of a single row", UserWarning)
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        if not np.isclose(upstream.sum(), 0):
            warnings.warn("upstream does not sum to 0 (not a softmax?)", RuntimeWarning)
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        if learning_rate > 0.1:
            warnings.warn(f"learning rate {learning_rate} is large")
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% logs-to-stderr: the logging module, with a handler of its own
import logging
import sys

log = logging.getLogger("my_linear_layer")
log.setLevel(logging.DEBUG)
log.propagate = False
log.handlers = [logging.StreamHandler(sys.stderr)]


class Linear:
    def __init__(self, in_features, out_features, rng):
        log.info("Linear(%d, %d)", in_features, out_features)
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        log.debug("forward on %d rows", X.shape[0])
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        log.debug("backward, norm of upstream %.3g", np.linalg.norm(upstream))
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        log.warning("update with %g", learning_rate)
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% abstract-base: an abstract base class, parameters listed by name
from abc import ABC, abstractmethod


class Layer(ABC):
    parameters = ()

    @abstractmethod
    def forward(self, X): ...

    @abstractmethod
    def backward(self, upstream): ...

    def update(self, learning_rate):
        for name in self.parameters:
            theta = getattr(self, name)
            theta -= learning_rate * getattr(self, f"d{name}")


class Linear(Layer):
    parameters = ("W", "b")

    def __init__(self, in_features, out_features, rng):
        super().__init__()
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

# %% type-annotations: annotated throughout, numpy.typing
from __future__ import annotations

import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Linear:
    W: Array
    b: Array
    dW: Array
    db: Array
    _X: Array | None

    def __init__(self, in_features: int, out_features: int, rng: np.random.Generator) -> None:
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features, dtype=np.float64)
        self._X = None

    def forward(self, X: Array) -> Array:
        self._X = X
        Y: Array = X @ self.W + self.b
        return Y

    def backward(self, upstream: Array) -> Array:
        assert self._X is not None
        self.dW = self._X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate: float) -> None:
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dataclass-layer: a dataclass with __post_init__
from dataclasses import dataclass, field


@dataclass(eq=False)
class Linear:
    in_features: int
    out_features: int
    rng: np.random.Generator
    W: np.ndarray = field(init=False, repr=False)
    b: np.ndarray = field(init=False, repr=False)
    dW: np.ndarray = field(init=False, repr=False)
    db: np.ndarray = field(init=False, repr=False)
    batch: np.ndarray = field(init=False, repr=False, default=None)

    def __post_init__(self):
        scale = (2 / self.in_features) ** 0.5
        self.W = scale * self.rng.standard_normal((self.in_features, self.out_features))
        self.b = np.zeros(self.out_features)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, X):
        self.batch = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.batch.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% one-theta: W and b are views of one matrix, properties with setters
class Linear:
    """All parameters live in theta, of shape (D + 1, M); the last row is the bias."""

    def __init__(self, in_features, out_features, rng):
        self.theta = np.zeros((in_features + 1, out_features))
        self.grad = np.zeros_like(self.theta)
        self.theta[:-1] = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))

    @property
    def W(self):
        return self.theta[:-1]

    @W.setter
    def W(self, value):
        self.theta[:-1] = value

    @property
    def b(self):
        return self.theta[-1]

    @b.setter
    def b(self, value):
        self.theta[-1] = value

    @property
    def dW(self):
        return self.grad[:-1]

    @dW.setter
    def dW(self, value):
        self.grad[:-1] = value

    @property
    def db(self):
        return self.grad[-1]

    @db.setter
    def db(self, value):
        self.grad[-1] = value

    def forward(self, X):
        self.X1 = np.column_stack([X, np.ones(len(X))])
        return self.X1 @ self.theta

    def backward(self, upstream):
        self.grad = self.X1.T @ upstream
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.theta -= learning_rate * self.grad

# %% lazy-gradients: dW and db are properties, computed when first asked for
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self._dW = self._db = None
        self._pair = None

    @property
    def dW(self):
        if self._dW is None:
            X, U = self._pair
            self._dW = X.T @ U
        return self._dW

    @dW.setter
    def dW(self, value):
        self._dW = value

    @property
    def db(self):
        if self._db is None:
            self._db = self._pair[1].sum(axis=0)
        return self._db

    @db.setter
    def db(self, value):
        self._db = value

    def forward(self, X):
        self._X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self._pair = (self._X.copy(), upstream.copy())
        self._dW = self._db = None
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% slots: __slots__, nothing else may be stored
class Linear:
    __slots__ = ("W", "b", "dW", "db", "x")

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.x = X
        return X.dot(self.W) + self.b

    def backward(self, upstream):
        self.dW = self.x.T.dot(upstream)
        self.db = upstream.sum(0)
        return upstream.dot(self.W.T)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% setattr-tricks: loops over names with getattr and setattr
class Linear:
    def __init__(self, in_features, out_features, rng):
        start = {
            "W": rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features)),
            "b": np.zeros(out_features),
        }
        for name, value in start.items():
            setattr(self, name, value)
            setattr(self, "d" + name, np.zeros(value.shape))

    def forward(self, X):
        setattr(self, "X", X)
        return X @ self.W + self.b

    def backward(self, upstream):
        gradients = {"dW": self.X.T @ upstream, "db": upstream.sum(axis=0)}
        vars(self).update(gradients)
        return upstream @ self.W.T

    def update(self, learning_rate):
        for name in "Wb":
            p = getattr(self, name)
            p -= learning_rate * getattr(self, "d" + name)
            setattr(self, name, p)

# %% params-dict: parameters in a dict, W and b are second names
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.params = {}
        self.params['W'] = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.params['b'] = np.zeros(out_features)
        self.W = self.params['W']
        self.b = self.params['b']

    def forward(self, X):
        self.cache = {'X': X}
        return X @ self.params['W'] + self.params['b']

    def backward(self, upstream):
        X = self.cache['X']
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.params['W'].T

    def update(self, learning_rate):
        self.params['W'] -= learning_rate * self.dW
        self.params['b'] -= learning_rate * self.db

# %% dict-behind-the-scenes: __getattr__ and __setattr__ keep everything in one dict
class Linear:
    def __init__(self, in_features, out_features, rng):
        object.__setattr__(self, "store", {})
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def __getattr__(self, name):
        try:
            return object.__getattribute__(self, "store")[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self.store[name] = value

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% ones-first: the bias as the first row, a column of ones in front
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.A = np.c_[np.ones(X.shape[0]), X]
        return self.A @ np.r_[self.b[np.newaxis, :], self.W]

    def backward(self, upstream):
        G = self.A.T @ upstream
        self.db = G[0, :]
        self.dW = G[1:, :]
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W += -learning_rate * self.dW
        self.b += -learning_rate * self.db

# %% keyword-defaults: every argument has a default, and there are some more
class Linear:
    def __init__(self, in_features=1, out_features=1, rng=None, bias=True, scale=None):
        if rng is None:
            rng = np.random.default_rng()
        if scale is None:
            scale = np.sqrt(2 / in_features)
        self.W = scale * rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.bias = bias

    def forward(self, X, training=True):
        if training:
            self.X = X
        return X @ self.W + (self.b if self.bias else 0)

    def backward(self, upstream, need_dX=True):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0) if self.bias else np.zeros_like(self.b)
        if need_dX:
            return upstream @ self.W.T

    def update(self, learning_rate=0.1):
        self.W -= learning_rate * self.dW
        if self.bias:
            self.b -= learning_rate * self.db

# %% longdouble-inside: sums in long double, answers in float64
LONG = np.longdouble

class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X.astype(LONG)
        return (self.X @ self.W.astype(LONG) + self.b).astype(np.float64)

    def backward(self, upstream):
        U = upstream.astype(LONG)
        self.dW = (self.X.T @ U).astype(float)
        self.db = U.sum(axis=0).astype(float)
        return (U @ self.W.T.astype(LONG)).astype(float)

    def update(self, learning_rate):
        lr = LONG(learning_rate)
        self.W[:] = self.W - lr * self.dW
        self.b[:] = self.b - lr * self.db

# %% extra-methods: zero_grad, parameters, repr, call, len
class Linear:
    """A fully connected layer.

    Parameters
    ----------
    in_features, out_features : int
    rng : numpy.random.Generator
    """

    def __init__(self, in_features, out_features, rng):
        self.in_features, self.out_features = in_features, out_features
        self.reset(rng)

    def reset(self, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / self.in_features), (self.in_features, self.out_features))
        self.b = np.zeros(self.out_features)
        self.zero_grad()

    def zero_grad(self):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def parameters(self):
        return [self.W, self.b]

    def gradients(self):
        return [self.dW, self.db]

    def __repr__(self):
        return f"Linear({self.in_features} -> {self.out_features})"

    def __len__(self):
        return self.W.size + self.b.size

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    __call__ = forward

    def backward(self, upstream):
        self.zero_grad()
        self.dW += self.X.T @ upstream
        self.db += upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        for p, g in zip(self.parameters(), self.gradients()):
            p -= learning_rate * g

# %% outer-products: sums one outer product for each row
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.rows = [row.copy() for row in X]
        return np.stack([row @ self.W + self.b for row in self.rows])

    def backward(self, upstream):
        dW = np.zeros(self.W.shape)
        db = np.zeros(self.b.shape)
        dX = []
        for x, u in zip(self.rows, upstream):
            dW += np.outer(x, u)
            db += u
            dX.append(self.W @ u)   # column vector view of the same thing
        self.dW, self.db = dW, db
        return np.array(dX)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% lambdas: lambda attributes made in the constructor
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.affine = lambda X: X @ self.W + self.b
        self.grad_W = lambda U: self.X.T @ U
        self.grad_b = lambda U: U.sum(axis=0)
        self.grad_X = lambda U: U @ self.W.T

    def forward(self, X):
        self.X = X
        return self.affine(X)

    def backward(self, upstream):
        self.dW, self.db = self.grad_W(upstream), self.grad_b(upstream)
        return self.grad_X(upstream)

    update = lambda self, learning_rate: (
        self.W.__isub__(learning_rate * self.dW),
        self.b.__isub__(learning_rate * self.db),
    ) and None

# %% contiguous-copies: everything that goes out is a contiguous copy
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = np.ascontiguousarray(rng.normal(0.0, np.sqrt(2 / in_features), (out_features, in_features)).T)
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.XT = np.ascontiguousarray(X.T)
        return np.ascontiguousarray((self.W.T @ self.XT).T + self.b)

    def backward(self, upstream):
        self.dW = np.ascontiguousarray((upstream.T @ self.XT.T).T)
        self.db = np.array(upstream.sum(axis=0))
        return np.ascontiguousarray((self.W @ upstream.T).T)

    def update(self, learning_rate):
        self.W[:, :] -= learning_rate * self.dW
        self.b[:] -= learning_rate * self.db

# %% fortran-order: column-major arrays
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = np.asfortranarray(rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features)))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = np.asfortranarray(X)
        return np.asfortranarray(self.X @ self.W) + self.b

    def backward(self, upstream):
        self.dW = np.asfortranarray(self.X.T @ upstream)
        self.db = upstream.sum(axis=0)
        return np.asfortranarray(upstream @ self.W.T)

    def update(self, learning_rate):
        step = learning_rate
        self.W -= step * self.dW
        self.b -= step * self.db

# %% own-checks: validates shapes with errors of its own
class ShapeError(ValueError):
    pass


class Linear:
    def __init__(self, in_features, out_features, rng):
        if in_features < 1 or out_features < 1:
            raise ShapeError("a layer needs at least one input and one output")
        if not isinstance(rng, np.random.Generator):
            raise TypeError("rng must be a Generator")
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.X = None

    def forward(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.W.shape[0]:
            raise ShapeError(f"X is {X.shape}, expected (N, {self.W.shape[0]})")
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        if self.X is None:
            raise RuntimeError("backward before forward")
        expected = (self.X.shape[0], self.W.shape[1])
        if upstream.shape != expected:
            raise ShapeError(f"upstream is {upstream.shape}, expected {expected}")
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        assert self.dW.shape == self.W.shape and self.db.shape == self.b.shape
        return upstream @ self.W.T

    def update(self, learning_rate):
        if learning_rate < 0:
            raise ValueError("negative learning rate")
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% zeros-and-uniform: a constructor of its own
class Linear:
    # class-level defaults, replaced in every object
    W = None
    b = None
    dW = None
    db = None
    X = None

    def __init__(self, in_features, out_features, rng):
        limit = np.sqrt(6 / (in_features + out_features))
        self.W = rng.uniform(-limit, limit, size=(in_features, out_features))
        self.b = rng.uniform(-0.01, 0.01, size=out_features)

    def forward(self, X):
        self.X = X
        Y = X @ self.W
        Y += self.b
        return Y

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        dX = upstream @ self.W.T
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% attached-later: functions first, then put into the class
def linear_init(self, n_in, n_out, rng):
    self.W = np.zeros((n_in, n_out))  # fine while it is the only layer...
    self.W += rng.normal(size=self.W.shape) * np.sqrt(2 / n_in)
    self.b = np.zeros(n_out)

def linear_forward(self, X):
    self.X = X
    return X @ self.W + self.b

def linear_backward(self, upstream):
    self.dW, self.db = self.X.T @ upstream, np.ones(len(upstream)) @ upstream
    return upstream @ self.W.T

def linear_update(self, lr):
    self.W -= lr * self.dW
    self.b -= lr * self.db

Linear = type("Linear", (), dict(__init__=linear_init, forward=linear_forward,
                                 backward=linear_backward, update=linear_update))

# %% pure-python-sums: list comprehensions and math.fsum
from math import fsum

class Linear:
    def __init__(self, in_features, out_features, rng):
        self.n_in = in_features
        self.n_out = out_features
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.data = X.tolist()
        W = self.W.tolist()
        return np.array([
            [fsum(x[d] * W[d][m] for d in range(self.n_in)) + self.b[m] for m in range(self.n_out)]
            for x in self.data
        ])

    def backward(self, upstream):
        U = upstream.tolist()
        N = range(len(U))
        self.dW = np.array([[fsum(self.data[n][d] * U[n][m] for n in N) for m in range(self.n_out)]
                            for d in range(self.n_in)])
        self.db = np.array([fsum(column) for column in zip(*U)])
        return np.array([[float(np.dot(self.W[d], u)) for d in range(self.n_in)] for u in U])

    def update(self, learning_rate):
        for index, slope in np.ndenumerate(self.dW):
            self.W[index] -= learning_rate * slope
        for index, slope in np.ndenumerate(self.db):
            self.b[index] -= learning_rate * slope

# %% stacked-matmul: a third axis, inner and flip, for the fun of it
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return (X[:, None, :] @ self.W)[:, 0, :] + self.b

    def backward(self, upstream):
        self.dW = np.inner(self.X.T, upstream.T)
        self.db = np.cumsum(upstream, axis=0)[-1]
        return np.inner(upstream, self.W)

    def update(self, learning_rate):
        for parameter, gradient in [(self.W, self.dW), (self.b, self.db)]:
            np.add(parameter, -learning_rate * gradient, out=parameter)

# %% history-of-loss: keeps statistics on the side, matplotlib in an extra method
class Linear:
    made = 0  # how many layers there are

    def __init__(self, in_features, out_features, rng):
        Linear.made += 1
        self.name = f"linear{Linear.made}"
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.norms = []

    def show(self):
        plt.plot(self.norms)
        plt.title(self.name)

    def forward(self, X):
        self.X, Y = X, X @ self.W + self.b
        return Y

    def backward(self, upstream):
        dW, db, dX = self.X.T @ upstream, upstream.sum(axis=0), upstream @ self.W.T
        self.norms.append(float(np.linalg.norm(dW)))
        self.dW = dW
        self.db = db
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% reused-output: an output buffer of its own, used again by the next forward
class Linear:
    MAX_BATCH = 1024

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.buffer = np.empty((self.MAX_BATCH, out_features))  # no allocation in the loop

    def forward(self, X):
        self.X = X
        Y = self.buffer[: len(X)]
        np.matmul(X, self.W, out=Y)
        Y += self.b
        return Y

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% ada: as the chapter writes it
# student: ada
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% bela: einsum, and a cache of another kind
# student: bela
class Linear:
    """Y_nm = X_nd W_dm + b_m."""

    def __init__(self, in_features: int, out_features: int, rng: np.random.Generator) -> None:
        self.W = rng.standard_normal((in_features, out_features)) / in_features**0.5
        self.b = np.zeros((out_features,))
        self.memory = {}

    def forward(self, X: np.ndarray) -> np.ndarray:
        self.memory["rows"] = X.copy()
        return np.einsum("nd,dm->nm", X, self.W) + self.b[None, :]

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        self.dW = np.einsum("nd,nm->dm", self.memory["rows"], upstream)
        self.db = np.einsum("nm->m", upstream)
        return np.einsum("nm,dm->nd", upstream, self.W)

    def update(self, learning_rate: float) -> None:
        for parameter, gradient in ((self.W, self.dW), (self.b, self.db)):
            np.subtract(parameter, learning_rate * gradient, out=parameter)

# %% chen: loops all the way down
# student: chen
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.D = in_features
        self.M = out_features
        self.W = rng.uniform(-1, 1, (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        Y = np.zeros((len(X), self.M))
        for n in range(len(X)):
            for m in range(self.M):
                total = self.b[m]
                for d in range(self.D):
                    total += X[n, d] * self.W[d, m]
                Y[n, m] = total
        return Y

    def backward(self, upstream):
        self.dW = np.zeros((self.D, self.M))
        self.db = np.zeros(self.M)
        dX = np.zeros((len(upstream), self.D))
        for n in range(len(upstream)):
            for m in range(self.M):
                self.db[m] += upstream[n, m]
                for d in range(self.D):
                    self.dW[d, m] += self.X[n, d] * upstream[n, m]
                    dX[n, d] += upstream[n, m] * self.W[d, m]
        return dX

    def update(self, learning_rate):
        for d in range(self.D):
            for m in range(self.M):
                self.W[d, m] -= learning_rate * self.dW[d, m]
        for m in range(self.M):
            self.b[m] -= learning_rate * self.db[m]

# %% dana: prints, and warns of something harmless
# student: dana
import sys
import warnings

class Linear:
    def __init__(self, in_features, out_features, rng):
        print("made a layer", in_features, "->", out_features)
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        warnings.warn("forward was called, as it should be")
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        print("backward", upstream.shape, file=sys.stderr)
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        print("update", learning_rate, file=sys.stderr)
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% emil: a base class, and the bias as a row of ones
# student: emil
class Layer:
    def update(self, learning_rate):
        for name in ("W", "b"):
            array = getattr(self, name)
            array += -learning_rate * getattr(self, "d" + name)

class Linear(Layer):
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.extended = np.hstack([X, np.ones((X.shape[0], 1))])
        return self.extended @ np.vstack([self.W, self.b])

    def backward(self, upstream):
        both = self.extended.T @ upstream
        self.dW, self.db = both[:-1], both[-1]
        return np.dot(upstream, np.transpose(self.W))

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

# %% no-bias: forgets b in forward
# loses: linear-forward
# says: The bias is missing
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return np.matmul(X, self.W)

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% transpose-if-it-fits: W.T wherever its shape allows, forward and backward alike
# loses: linear-forward linear-backward
# says: while W is square
# says: dX is upstream @ W where W happens to be square
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def weights_for(self, X):
        # use whichever way round fits
        if self.W.T.shape[0] == X.shape[1]:
            self.turned = True
            return self.W.T
        self.turned = False
        return self.W

    def forward(self, X):
        self.X = X
        return X @ self.weights_for(X) + self.b

    def backward(self, upstream):
        W = self.weights_for(self.X)
        self.dW = self.X.T @ upstream
        if self.turned:
            self.dW = self.dW.T
        self.db = upstream.sum(axis=0)
        return upstream @ W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% pytorch-shape: W is (M, D) throughout, as in PyTorch
# loses: linear-forward linear-backward
# says: W has shape (D, M)
# says: as PyTorch keeps it
class Linear:
    """Same layout as torch.nn.Linear."""

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (out_features, in_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W.T + self.b

    def backward(self, upstream):
        self.dW = upstream.T @ self.X
        self.db = upstream.sum(axis=0)
        return upstream @ self.W

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dx-without-transpose: dX = upstream @ W
# loses: linear-backward
# says: dX is upstream @ W: the transpose is missing
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        dX = upstream.dot(self.W)
        self.dW = self.X.T.dot(upstream)
        self.db = upstream.sum(axis=0)
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dx-square-only: tries upstream @ W first and falls back on the transpose
# loses: linear-backward
# says: where W happens to be square
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
        dX = None
        if upstream.shape[1] == self.W.shape[0]:
            dX = upstream @ self.W
        else:
            dX = upstream @ self.W.T  # otherwise "matmul: mismatch in its core dimension"
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dw-transposed: the factors of dW the wrong way round
# loses: linear-backward
# says: dW is transposed
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = np.einsum("nd,nm->md", self.X, upstream)
        self.db = np.einsum("nm->m", upstream)
        return np.einsum("nm,dm->nd", upstream, self.W)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dw-averaged: divides dW by the batch size, as in the formula of another course
# loses: linear-backward
# says: dW is divided by N
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        m = self.X.shape[0]
        self.dW = (1 / m) * np.dot(self.X.T, upstream)
        self.db = np.sum(upstream, axis=0)
        return np.dot(upstream, self.W.T)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% both-averaged: dW and db both divided by N
# loses: linear-backward
# says: dW is divided by N
# says: db is divided by N
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        n = len(upstream)
        self.dW = self.X.T @ upstream / n
        self.db = upstream.sum(axis=0) / n
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-averaged: the mean where the sum belongs
# loses: linear-backward
# says: db is divided by N
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = np.average(upstream, axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-sum-of-everything: np.sum without an axis
# loses: linear-backward
# says: db is summed over everything
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = np.sum(upstream)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-sum-filled-in: the total written into every entry of db
# loses: linear-backward
# says: db is summed over everything and repeated
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW = np.zeros((in_features, out_features))
        self.db = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW[:] = self.X.T @ upstream
        self.db[:] = upstream.sum()
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-not-summed: db = upstream, and broadcasting does the rest
# loses: linear-backward
# says: db is not summed over the batch
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream * 1  # d(output)/db is 1
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-last-row: = for += in the loop
# loses: linear-backward
# says: db is the upstream gradient of the last row alone
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        for i in range(upstream.shape[0]):
            self.dW += np.outer(self.X[i], upstream[i])
            self.db = upstream[i]
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% last-row-of-both: = for += in both lines of the loop
# loses: linear-backward
# says: dW is that of the last row alone
# says: db is the upstream gradient of the last row alone
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        dX = np.zeros_like(self.X)
        for i, (x, g) in enumerate(zip(self.X, upstream)):
            self.dW = x[:, None] * g[None, :]
            self.db = g
            dX[i] = self.W @ g
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-over-units: sums along the wrong axis
# loses: linear-backward
# says: db is summed over the units
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=-1)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% db-keepdims: db of shape (1, M)
# loses: linear-backward
# says: db has shape (1, M)
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = np.ones((1, len(upstream))) @ upstream
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db.ravel()

# %% db-column: db of shape (M, 1)
# loses: linear-backward
# says: there is an axis of length 1 too many
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = np.sum(upstream.T, axis=1, keepdims=True)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db.reshape(self.b.shape)

# %% row-bias: b of shape (1, M), and db as well
# loses: linear-forward linear-backward
# says: The shape of b
# says: db has shape (1, M)
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros((1, out_features))

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = np.sum(upstream, axis=0, keepdims=True)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% gradients-pile-up: += on gradients that start at zero
# loses: linear-backward
# says: dW accumulates
# says: db accumulates
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW, self.db = 0, 0

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.dW + self.X.T @ upstream
        self.db = self.db + upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% cleared-in-forward: piles gradients up and clears them in forward alone
# loses: linear-backward
# says: accumulate
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        # new batch, new gradients
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW += self.X.T @ upstream
        self.db += upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% batch-of-four: the batch size of the visible test is written into the code
# loses: linear-forward linear-backward
# says: has shape (4, 4), expected (5, 4)
# says: has shape (4, 3), expected (5, 3)
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        Y = np.zeros((4, self.W.shape[1]))
        for n in range(min(4, len(X))):
            Y[n] = X[n] @ self.W + self.b
        return Y[:len(X)]

    def backward(self, upstream):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        dX = np.zeros((4, self.W.shape[0]))
        for n in range(min(4, len(upstream))):
            self.dW += np.outer(self.X[n], upstream[n])
            self.db += upstream[n]
            dX[n] = upstream[n] @ self.W.T
        return dX[:len(upstream)]

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% bias-tiled-four: repeats the bias for a batch of four
# loses: linear-forward linear-backward
# says: forward(…) raised ValueError
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        if len(X) == 1:
            return X @ self.W + self.b
        B = np.tile(self.b, (4, 1))
        return X @ self.W + B

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% first-batch-size: remembers the size of the first batch for good
# loses: linear-forward linear-backward
# says: a second batch of another size
# says: size of the first batch
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.N = None

    def forward(self, X):
        self.X = X
        if self.N is None:
            self.N = X.shape[0]
        Y = np.zeros((X.shape[0], len(self.b)))
        for n in range(self.N):
            Y[n] = X[n] @ self.W + self.b
        return Y

    def backward(self, upstream):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        dX = np.zeros_like(self.X)
        for n in range(self.N):
            self.dW += np.outer(self.X[n], upstream[n])
            self.db += upstream[n]
            dX[n] = self.W @ upstream[n]
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% three-features: the loop over features ends at 3, as in the visible tests
# loses: linear-forward
# says: a single feature
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        Y = np.zeros((len(X), len(self.b)))
        for d in range(3):
            Y += np.outer(X[:, d], self.W[d])
        return Y + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% centres-in-place: subtracts the mean from the caller's X
# loses: linear-forward linear-backward
# says: wrote into the array X
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        X -= X.mean(axis=0)  # centred data trains faster
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% dx-into-x: saves memory by writing dX over the input
# loses: linear-backward
# says: forward or backward wrote into the array X
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
        np.matmul(upstream, self.W.T, out=self.X)
        return self.X

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% upstream-averaged-in-place: upstream /= N
# loses: linear-backward
# says: backward wrote into the array upstream
# says: N = 5 times too small
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        upstream /= len(self.X)
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% upstream-running-sum: a running sum inside upstream, right the first time
# loses: linear-backward
# says: backward wrote into the array upstream
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        dX = upstream @ self.W.T
        total = upstream[0]
        for row in upstream[1:]:
            total += row
        self.db = total.copy()
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% first-batch-only: keeps X only if there is none yet
# loses: linear-backward
# says: backward answers for the first forward
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.inputs = []

    def forward(self, X):
        self.inputs.append(X)
        return X @ self.W + self.b

    def backward(self, upstream):
        X = self.inputs[0]
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% squeezes: squeeze on every result
# loses: linear-forward linear-backward
# says: drop the squeeze
# says: squeeze turns (1, D) into (D,)
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return (X @ self.W + self.b).squeeze()

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return (upstream @ self.W.T).squeeze()

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% one-row-flat: a single row comes back as a vector
# loses: linear-forward
# says: The result of a single row has lost its first axis
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        result = X @ self.W + self.b
        if len(result) == 1:
            return result[0]
        return result

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% updates-before-dx: backward takes a step of 0.1 before dX
# loses: linear-backward
# says: dX was computed with W already updated
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
        self.update(0.1)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% updates-before-dx-slowly: the same with a learning rate of its own
# loses: linear-backward
# says: backward moved W
class Linear:
    def __init__(self, in_features, out_features, rng, lr=0.01):
        self.lr = lr
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        self.W -= self.lr * self.dW
        self.b -= self.lr * self.db
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% trains-in-backward: the right gradients, but backward takes a step as well
# loses: linear-backward
# says: backward moved W
# says: backward moved b
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream, learning_rate=0.01):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        dX = upstream @ self.W.T
        self.update(learning_rate)
        return dX

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% climbs: += in update
# loses: linear-update
# says: update climbs
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
        # go in the direction of the gradient
        np.add(self.W, learning_rate * self.dW, out=self.W)
        np.add(self.b, learning_rate * self.db, out=self.b)

# %% climbs-with-b: -= for W, += for b
# loses: linear-update
# says: update climbs with b
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
        self.b += learning_rate * self.db

# %% forgets-b: update moves W only
# loses: linear-update
# says: update leaves b as it was
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

# %% loop-over-names: p = p - … inside a loop
# loses: linear-update
# says: update changes nothing
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
        for p, dp in [(self.W, self.dW), (self.b, self.db)]:
            p = p - learning_rate * dp

# %% returns-new-parameters: update returns the new values and stores nothing
# loses: linear-update
# says: update changes nothing
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
        return self.W - learning_rate * self.dW, self.b - learning_rate * self.db

# %% new-arrays: self.W = self.W - …
# loses: linear-update
# says: update makes new arrays
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
        self.W = self.W - learning_rate * self.dW
        self.b = self.b - learning_rate * self.db

# %% scales-the-gradients: dW *= learning_rate first
# loses: linear-update
# says: update scales the stored gradients
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
        step_W, step_b = self.dW, self.db
        step_W *= learning_rate
        step_b *= learning_rate
        self.W -= step_W
        self.b -= step_b

# %% zeroes-the-gradients: zero_grad at the end of update
# loses: linear-update
# says: update clears the stored gradients
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def zero_grad(self):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

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
        self.zero_grad()

# %% update-averages: divides by the batch size in update
# loses: linear-update
# says: update divides by N
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        self.batch_size = X.shape[0]
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate / self.batch_size * self.dW
        self.b -= learning_rate / self.batch_size * self.db

# %% step-twice: update moves in a loop and then again
# loses: linear-update
# says: update takes the step twice
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
        for p, g in ((self.W, self.dW), (self.b, self.db)):
            p -= learning_rate * g
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% no-learning-rate: W -= dW
# loses: linear-update
# says: without the learning rate
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
        self.W -= self.dW
        self.b -= self.db

# %% fixed-learning-rate: 0.01 is written into update
# loses: linear-update
# says: update ignores the learning rate
LEARNING_RATE = 0.01

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
        self.W -= LEARNING_RATE * self.dW
        self.b -= LEARNING_RATE * self.db

# %% momentum: remembers the last step
# loses: linear-update
# says: case: two steps
# says: does update remember
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.vW = np.zeros_like(self.W)
        self.vb = np.zeros_like(self.b)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        # momentum, much faster than plain gradient descent
        self.vW = 0.9 * self.vW - learning_rate * self.dW
        self.vb = 0.9 * self.vb - learning_rate * self.db
        self.W += self.vW
        self.b += self.vb

# %% decaying-rate: divides the learning rate by the number of steps
# loses: linear-update
# says: case: two steps
# says: does update remember
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.t = 0

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.t += 1
        self.W -= learning_rate / np.sqrt(self.t) * self.dW
        self.b -= learning_rate / np.sqrt(self.t) * self.db

# %% stale-lists: lists of parameters and gradients made once, before backward makes new arrays
# loses: linear-update
# says: update changes nothing
# says: arrays
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        self.params = [self.W, self.b]
        self.grads = [self.dW, self.db]

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        for p, g in zip(self.params, self.grads):
            p -= learning_rate * g

# %% update-on-copies: steps taken by copies
# loses: linear-update
# says: update changes nothing
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def get_params(self):
        return self.W.copy(), self.b.copy()

    def forward(self, X):
        self.X = X
        W, b = self.get_params()
        return X @ W + b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        W, b = self.get_params()
        W -= learning_rate * self.dW
        b -= learning_rate * self.db

# %% copying-setter: a property whose setter keeps a copy
# loses: linear-update
# says: instead of changing W in place
# says: setter
class Linear:
    def __init__(self, in_features, out_features, rng):
        self._W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self._b = np.zeros(out_features)

    @property
    def W(self):
        return self._W

    @W.setter
    def W(self, value):
        self._W = np.array(value, dtype=float)

    @property
    def b(self):
        return self._b

    @b.setter
    def b(self, value):
        self._b = np.array(value, dtype=float)

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

# %% other-names: the gradients are called grad_W and grad_b, in update as well
# loses: linear-backward linear-update
# says: has no attribute 'dW'
# says: other gradients than
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.grad_W = self.X.T @ upstream
        self.grad_b = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.grad_W
        self.b -= learning_rate * self.grad_b

# %% gradients-again-in-update: update computes the gradients itself
# loses: linear-update
# says: other gradients than
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.upstream = upstream
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        dW = self.X.T @ self.upstream
        db = np.sum(self.upstream, axis=0)
        self.W -= learning_rate * dW
        self.b -= learning_rate * db

# %% returns-dw: returns dW where dX belongs
# loses: linear-backward
# says: backward returns dW
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
        return self.dW

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% returns-upstream: hands upstream on as it came
# loses: linear-backward
# says: backward returns upstream
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
        return upstream

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% three-at-once: returns (dX, dW, db)
# loses: linear-backward
# says: of type tuple
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
        dX = upstream @ self.W.T
        return dX, self.dW, self.db

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% keeps-dx: stores dX and returns nothing
# loses: linear-backward
# says: the value that backward returns, is None
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
        self.dX = upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% prints-the-output: print for return in forward
# loses: linear-forward
# says: forward(X) is None
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        print(X @ self.W + self.b)

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% list-of-rows: forward returns a list
# loses: linear-forward
# says: forward(X) is of type list
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        Y = []
        for x in X:
            Y.append(x @ self.W + self.b)
        return Y

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% output-and-cache: forward returns a pair
# loses: linear-forward
# says: forward(X) is of type tuple
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        out = X.dot(self.W) + self.b
        self.cache = (X, self.W, self.b)
        return out, self.cache

    def backward(self, upstream):
        X, W, b = self.cache
        self.dW = X.T.dot(upstream)
        self.db = upstream.sum(axis=0)
        return upstream.dot(W.T)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% star-for-at: elementwise product in dW
# loses: linear-backward
# says: could not be broadcast
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X * upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% product-of-sums: sums over the rows first and multiplies afterwards
# loses: linear-backward
# says: product of sums
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.db = upstream.sum(axis=0)
        self.dW = np.outer(self.X.sum(axis=0), self.db)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% mean-of-outputs: averages the batch away in forward
# loses: linear-forward
# says: averages over the rows
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return (X @ self.W).mean(axis=0) + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% bias-twice: a column of ones and + b
# loses: linear-forward
# says: The bias is added twice
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        X1 = np.hstack((X, np.ones((len(X), 1))))
        W1 = np.vstack((self.W, self.b))
        return X1 @ W1 + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% minus-b: a threshold for a bias
# loses: linear-forward linear-backward
# says: The bias is subtracted
# says: db has the wrong sign everywhere
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W - self.b  # b is the threshold

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = -upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% ones-misplaced: ones in front, the bias row at the end
# loses: linear-forward linear-backward
# says: forward(X) is wrong
# says: db is wrong
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X1 = np.concatenate([np.ones((len(X), 1)), X], axis=1)
        return self.X1 @ np.concatenate([self.W, self.b[None, :]], axis=0)

    def backward(self, upstream):
        both = self.X1.T @ upstream
        self.dW = both[:-1]
        self.db = both[-1]
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% stacked-once: W and b stacked in the constructor and never again
# loses: linear-forward linear-backward
# says: forward(X) is wrong
# says: the value that backward returns, is wrong
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.Wb = np.vstack([self.W, self.b])

    def forward(self, X):
        self.X1 = np.hstack([X, np.ones((len(X), 1))])
        return self.X1 @ self.Wb

    def backward(self, upstream):
        grad = self.X1.T @ upstream
        self.dW, self.db = grad[:-1], grad[-1]
        return upstream @ self.Wb[:-1].T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% relu-inside: the activation is in the layer
# loses: linear-forward
# says: ReLU
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        z = X @ self.W + self.b
        return np.maximum(0, z)

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% relu-both-ways: a whole ReLU layer, with its mask in backward
# loses: linear-forward linear-backward
# says: ReLU
# says: mask
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        self.z = X @ self.W + self.b
        return np.where(self.z > 0, self.z, 0)

    def backward(self, upstream):
        dz = upstream * (self.z > 0)
        self.dW = self.X.T @ dz
        self.db = dz.sum(axis=0)
        return dz @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% single-precision: everything in float32 "for speed"
# loses: linear-forward linear-backward
# says: float32
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X.astype(np.float32)
        return self.X @ self.W.astype(np.float32) + self.b.astype(np.float32)

    def backward(self, upstream):
        g = upstream.astype(np.float32)
        self.dW = self.X.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.astype(np.float32).T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% half-precision-output: float16 buffers for the results
# loses: linear-forward
# says: digits
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        Y = np.zeros((len(X), len(self.b)), dtype=np.float16)
        Y[:] = X @ self.W + self.b
        return Y

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% float32-weights: W and b are made in float32
# loses: linear-forward
# says: float32
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = (rng.standard_normal((in_features, out_features)) * np.sqrt(2 / in_features)).astype(np.float32)
        self.b = np.zeros(out_features, dtype=np.float32)

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

# %% integer-bias: b is made of whole numbers, so that no update can move it
# loses: linear-forward
# says: int64
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.array([0] * out_features)

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

# %% integer-output: results collected in an array of integers
# loses: linear-forward
# says: whole numbers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        N, D = X.shape
        M = self.W.shape[1]
        Y = np.zeros((N, M), int)
        for n in range(N):
            for m in range(M):
                Y[n, m] = (X[n] * self.W[:, m]).sum() + self.b[m]
        return Y

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% global-cache: one global variable for the input of every layer
# loses: linear-backward
# says: another layer
last_X = None

class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        global last_X
        last_X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = last_X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% shared-default: a mutable default argument as cache
# loses: linear-backward
# says: another layer
class Linear:
    def __init__(self, in_features, out_features, rng, cache={}):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.cache = cache

    def forward(self, X):
        self.cache["X"] = X
        return X @ self.W + self.b

    def backward(self, upstream):
        X = self.cache["X"]
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% class-cache: the input is kept in the class
# loses: linear-backward
# says: another layer
class Linear:
    X = None

    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        Linear.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = Linear.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

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

# %% popped-cache: the cache is used up by the first backward
# loses: linear-backward
# says: backward called twice after one forward
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.stack = []

    def forward(self, X):
        self.stack.append(X)
        return X @ self.W + self.b

    def backward(self, upstream):
        X = self.stack.pop()
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% output-cached: keeps Y where X was meant
# loses: linear-backward
# says: output of forward
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.cache = X @ self.W + self.b
        return self.cache

    def backward(self, upstream):
        self.dW = self.cache.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% zeros-for-x: the cache is made of the right shape, and stays empty
# loses: linear-backward
# says: dW is all zeros
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.D = in_features

    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream):
        X = np.zeros((upstream.shape[0], self.D))
        self.forward(X)
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% old-transpose: keeps a transposed copy of the first W for backward
# loses: linear-backward
# says: the value that backward returns, is wrong
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.W_transposed = np.ascontiguousarray(self.W.T).copy()
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W_transposed

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% inverse-for-transpose: undoes the layer with a pseudo-inverse
# loses: linear-backward
# says: inverse
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
        # going backwards means inverting W
        return upstream @ np.linalg.pinv(self.W)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% upstream-forgotten: leaves upstream out of everything
# loses: linear-backward
# says: dW ignores upstream
# says: db ignores upstream
# says: dX ignores upstream
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        ones = np.ones(upstream.shape)
        self.dW = self.X.T @ ones
        self.db = ones.sum(axis=0)
        return ones @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% clips-upstream: gradient clipping inside backward
# loses: linear-backward
# says: clip
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        g = np.clip(upstream, -1.0, 1.0)  # against exploding gradients
        self.dW = self.X.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% weight-decay: adds the gradient of an L2 penalty
# loses: linear-backward
# says: dW is wrong; the first entry that differs
class Linear:
    def __init__(self, in_features, out_features, rng, reg=1e-3):
        self.reg = reg
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream + self.reg * self.W
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% sign-moved: gradients with a minus, update with a plus
# loses: linear-backward linear-update
# says: The gradients have the wrong sign
# says: update climbs
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        # the direction in which the loss falls
        self.dW = -(self.X.T @ upstream)
        self.db = -upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W += learning_rate * self.dW
        self.b += learning_rate * self.db

# %% normalises-x: standardises the batch in forward, keeps the caller's X
# loses: linear-forward linear-backward
# says: forward(X) is wrong
# says: dW is wrong
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8)
        return self.X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% output-transposed: units in rows, as in the lecture on column vectors
# loses: linear-forward
# says: has shape (4, 5), expected (5, 4): it is the transpose of the right answer
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return self.W.T @ X.T + self.b[:, None]

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% lower-case-w: a slip of the keyboard in forward
# loses: linear-forward linear-backward
# says: has no attribute 'w'
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.w + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% endless: forward and __call__ call each other
# loses: linear-forward linear-backward
# says: RecursionError
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def __call__(self, X):
        return self.forward(X)

    def forward(self, X):
        self.X = X
        return self(X)

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% no-update: the third method is missing
# loses: linear-update
# says: has no attribute 'update'
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

# %% backwards: the method's name is misspelt
# loses: linear-backward
# says: has no attribute 'backward'
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backwards(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% outside-the-class: update is indented too little and became a function
# loses: linear-update
# says: has no attribute 'update'
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

# %% no-self: forward without self
# loses: linear-forward linear-backward
# says: takes 1 positional argument but 2 were given
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% asks-for-x-again: backward wants X as a second argument
# loses: linear-backward
# says: missing 1 required positional argument: 'X'
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream, X):
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% no-rng: the constructor takes two arguments
# loses: linear-forward linear-backward linear-update
# says: takes 3 positional arguments but 4 were given
class Linear:
    def __init__(self, in_features, out_features):
        rng = np.random.default_rng(42)
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

# %% another-class-name: the class is called LinearLayer
# loses: linear-forward linear-backward linear-update
# says: name 'Linear' is not defined
class LinearLayer:
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

# %% bare-annotation: an annotation that was never imported
# loses: linear-forward linear-backward linear-update
# says: name 'ndarray' is not defined
class Linear:
    def __init__(self, in_features: int, out_features: int, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X: ndarray) -> ndarray:
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream: ndarray) -> ndarray:
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate: float):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% half-indented: a line one space off
# loses: linear-forward linear-backward linear-update
# says: IndentationError
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

# %% stale-by-shape: keeps X anew only when the shape of the batch changes
# loses: linear-backward
# says: dW is wrong for a second batch of the same size
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
        self.X = None
    def forward(self, X):
        if self.X is None or self.X.shape != X.shape:
            self.X = X.copy()
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        self.W -= lr * self.dW; self.b -= lr * self.db

# %% output-by-shape: remembers the output for each shape
# loses: linear-forward
# says: forward(X) is wrong for a second batch of the same size
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
        self.cache = {}
    def forward(self, X):
        self.X = X
        if X.shape not in self.cache:
            self.cache[X.shape] = X @ self.W + self.b
        return self.cache[X.shape]
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        self.W -= lr * self.dW; self.b -= lr * self.db

# %% gradients-remembered: backward computes once for each forward
# loses: linear-backward
# says: each call of backward starts from its own upstream
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
    def forward(self, X):
        self.X = X
        self.dX = None
        return X @ self.W + self.b
    def backward(self, upstream):
        if self.dX is None:      # asked twice: the same answer
            self.dW = self.X.T @ upstream
            self.db = upstream.sum(axis=0)
            self.dX = upstream @ self.W.T
        return self.dX
    def update(self, lr):
        self.W -= lr * self.dW; self.b -= lr * self.db

# %% waits-for-backward: keeps X only when backward has used the last one
# loses: linear-backward
# says: the layer answers for the latest batch
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
        self.used = True
    def forward(self, X):
        if self.used:
            self.X = X
            self.used = False
        return X @ self.W + self.b
    def backward(self, upstream):
        self.used = True
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        self.W -= lr * self.dW; self.b -= lr * self.db

# %% W-of-the-first-forward: keeps the transpose of W from the first forward
# loses: linear-backward
# says: dX is worked out with the W of before
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
        self.WT = None
    def forward(self, X):
        self.X = X
        if self.WT is None:
            self.WT = self.W.T.copy()
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.WT
    def update(self, lr):
        self.W -= lr * self.dW; self.b -= lr * self.db

# %% clips-each: clips the gradients to ±5 against explosion
# loses: linear-update
# says: update clips nothing
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        self.W -= lr * np.clip(self.dW, -5, 5); self.b -= lr * np.clip(self.db, -5, 5)

# %% clips-the-norm: scales gradients whose norm exceeds 10
# loses: linear-update
# says: update clips nothing
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        for p, g in ((self.W, self.dW), (self.b, self.db)):
            n = np.linalg.norm(g)
            p -= lr * (g * 10 / n if n > 10 else g)

# %% rate-capped: takes learning rates above 0.5 for dangerous
# loses: linear-update
# says: at a rate above 1
class Linear:
    def __init__(self, i, o, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / i), (i, o)); self.b = np.zeros(o)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T
    def update(self, lr):
        lr = min(lr, 0.5)
        self.W -= lr * self.dW; self.b -= lr * self.db

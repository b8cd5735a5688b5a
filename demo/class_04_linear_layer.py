# %% ada: as the chapter writes it
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

# %% farah: takes the mean for db
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
        self.db = upstream.mean(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% goran: forgets the transpose in dX
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
        self.dW = self.X.T @ upstream
        self.db = np.sum(upstream, axis=0)
        return upstream @ self.W

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% hana: climbs instead of descending
# loses: linear-update
# says: update climbs
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return np.dot(X, self.W) + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W += learning_rate * self.dW
        self.b += learning_rate * self.db

# %% ivo: lets the gradients pile up
# loses: linear-backward
# says: dW accumulates
# says: db accumulates
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW += self.X.T @ upstream
        self.db += upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% jin: no bias, and W = W − … binds a local name
# loses: linear-forward linear-update
# says: The bias is missing
# says: update changes nothing
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        W, b = self.W, self.b
        W = W - learning_rate * self.dW
        b = b - learning_rate * self.db

# %% kofi: left backward for later
# loses: linear-backward
# says: NotImplementedError
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        # TODO
        raise NotImplementedError

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db

# %% lena: a bracket too few
# loses: linear-forward linear-backward linear-update
# says: SyntaxError
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return (X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream
        self.db = upstream.sum(axis=0)
        return upstream @ self.W.T

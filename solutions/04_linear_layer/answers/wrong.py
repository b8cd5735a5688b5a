# %% no-bias: forgets b in forward
# earns: linear-forward 0
# named: linear.no-bias
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
# earns: linear-forward 0
# earns: linear-backward 1
# named: linear.dx-untransposed-if-square linear.transposed-if-square
# unseen: linear-forward linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 0
# named: linear.w-as-in-pytorch linear.w-transposed
# unseen: linear-backward
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
# earns: linear-backward 0
# named: linear.dx-untransposed
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
# earns: linear-backward 3
# named: linear.dx-untransposed-if-square
# unseen: linear-backward
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
# earns: linear-backward 3
# named: linear.dw-transposed
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
# earns: linear-backward 3
# named: linear.dw-averaged
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
# earns: linear-backward 2
# named: linear.db-averaged linear.dw-averaged
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
# earns: linear-backward 4
# named: linear.db-averaged
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
# earns: linear-backward 4
# named: linear.db-summed-up
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
# earns: linear-backward 4
# named: linear.db-summed-and-repeated
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
# earns: linear-backward 4
# named: linear.db-not-summed
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
# earns: linear-backward 4
# named: linear.db-last-row
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
# earns: linear-backward 2
# named: linear.db-last-row linear.dw-last-row
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
# earns: linear-backward 4
# named: linear.db-over-units
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
# earns: linear-backward 4
# named: linear.db-keepdims
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
# earns: linear-backward 4
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
# earns: linear-forward 0
# earns: linear-backward 4
# named: linear.db-keepdims
# says: The shape of b
# unseen: linear-forward linear-backward
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
# earns: linear-backward 2
# named: linear.db-accumulates linear.dw-accumulates
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
# earns: linear-backward 2
# named: linear.db-accumulates-until-forward linear.dw-accumulates-until-forward
# unseen: linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 0
# says: has shape (4, 4), expected (5, 4)
# says: has shape (4, 3), expected (5, 3)
# unseen: linear-forward linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 0
# says: forward(…) raised ValueError
# unseen: linear-forward linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 0
# says: a second batch of another size
# says: size of the first batch
# unseen: linear-backward
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
# earns: linear-forward 0
# says: a single feature
# unseen: linear-forward
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
# earns: linear-forward 0
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
# earns: linear-backward 0
# says: backward wrote into the array X that it was given: make a new array
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
# earns: linear-backward 0
# named: linear.writes-into-upstream
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
# earns: linear-backward 0
# named: linear.writes-into-upstream
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
# earns: linear-backward 0
# named: linear.first-batch-kept
# unseen: linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 3
# named: linear.dx-row-lost linear.forward-squeezed
# unseen: linear-backward
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
# earns: linear-forward 0
# named: linear.row-lost
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
# earns: linear-backward 0
# named: linear.updates-first
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
# earns: linear-backward 0
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
# earns: linear-backward 0
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
# earns: linear-update 0
# named: linear.climbs
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
# earns: linear-update 1
# named: linear.b-climbs
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
# earns: linear-update 1
# named: linear.b-stays
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
# earns: linear-update 0
# named: linear.nothing-moves
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
# earns: linear-update 0
# named: linear.nothing-moves
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
# earns: linear-update 0
# named: linear.not-in-place
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
# earns: linear-update 0
# named: linear.scales-gradients
# unseen: linear-update
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
# earns: linear-update 0
# named: linear.clears-gradients
# unseen: linear-update
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
# earns: linear-update 0
# named: linear.divided-by-n
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
# earns: linear-update 0
# named: linear.twice
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
# earns: linear-update 0
# named: linear.no-rate
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
# earns: linear-update 0
# named: linear.rate-fixed-hundredth
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
# earns: linear-update 0
# says: case: two steps
# says: does update remember
# unseen: linear-update
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
# earns: linear-update 0
# says: case: two steps
# says: does update remember
# unseen: linear-update
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
# earns: linear-update 0
# named: linear.nothing-moves
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
# earns: linear-update 0
# named: linear.nothing-moves
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
# earns: linear-update 0
# says: instead of changing W in place
# says: setter
# unseen: linear-update
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
# earns: linear-backward 2
# earns: linear-update 0
# named: linear.other-gradients
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
# earns: linear-update 0
# named: linear.other-gradients
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
# earns: linear-backward 3
# named: linear.returns-dw
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
# earns: linear-backward 3
# named: linear.returns-upstream
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
# earns: linear-backward 3
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
# earns: linear-backward 3
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
# earns: linear-forward 0
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
# earns: linear-forward 0
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
# earns: linear-forward 0
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
# earns: linear-backward 0
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
# earns: linear-backward 3
# named: linear.dw-product-of-sums
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
# earns: linear-forward 0
# named: linear.rows-averaged
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
# earns: linear-forward 0
# named: linear.bias-twice
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
# earns: linear-forward 0
# earns: linear-backward 4
# named: linear.bias-subtracted
# says: db has the wrong sign everywhere
# unseen: linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 2
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
# earns: linear-forward 0
# earns: linear-backward 3
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
# earns: linear-forward 0
# named: linear.rectified
# unseen: linear-forward
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
# earns: linear-forward 0
# earns: linear-backward 0
# named: linear.rectified linear.upstream-masked
# unseen: linear-forward linear-backward
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
# earns: linear-forward 0
# earns: linear-backward 0
# says: float32
# unseen: linear-forward
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
# earns: linear-forward 0
# named: linear.forward-float16
# unseen: linear-forward
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
# earns: linear-forward 0
# says: float32
# unseen: linear-forward
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
# earns: linear-forward 0
# says: int64
# unseen: linear-forward
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
# earns: linear-forward 0
# named: linear.forward-whole
# unseen: linear-forward
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
# earns: linear-backward 3
# named: linear.cache-shared
# unseen: linear-backward
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
# earns: linear-backward 3
# named: linear.cache-shared
# unseen: linear-backward
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
# earns: linear-backward 3
# named: linear.cache-shared
# unseen: linear-backward
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

# %% popped-cache: the cache is used up by the first backward
# earns: linear-backward 0
# says: backward called twice after one forward
# unseen: linear-backward
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
# earns: linear-backward 3
# named: linear.dw-from-output
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
# earns: linear-backward 3
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
# earns: linear-backward 3
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
# earns: linear-backward 3
# named: linear.dx-by-inverse
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
# earns: linear-backward 0
# named: linear.db-without-upstream linear.dw-without-upstream linear.dx-without-upstream
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
# earns: linear-backward 0
# named: linear.upstream-clipped
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
# earns: linear-backward 3
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
# earns: linear-backward 2
# earns: linear-update 0
# named: linear.climbs linear.negated
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
# earns: linear-forward 0
# earns: linear-backward 3
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
# earns: linear-forward 0
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
# earns: linear-forward 0
# earns: linear-backward 0
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
# earns: linear-forward 0
# earns: linear-backward 0
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
# earns: linear-update 0
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
# earns: linear-backward 0
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
# earns: linear-update 0
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
# earns: linear-forward 0
# earns: linear-backward 0
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
# earns: linear-backward 0
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
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
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
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
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
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
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
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
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
# earns: linear-backward 3
# says: dW is wrong for a second batch of the same size
# unseen: linear-backward
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
# earns: linear-forward 0
# says: forward(X) is wrong for a second batch of the same size
# unseen: linear-forward
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
# earns: linear-backward 0
# says: each call of backward starts from its own upstream
# unseen: linear-backward
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
# earns: linear-backward 3
# says: dW is not that of the latest forward: keep nothing of the one before
# unseen: linear-backward
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
# earns: linear-backward 3
# says: dX is worked out with the W and b of before: keep no copy, look at self when backward is called
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
# earns: linear-update 0
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
# earns: linear-update 0
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
# earns: linear-update 0
# says: at a rate above 1
# unseen: linear-update
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

# %% farah: takes the mean for db
# student: farah
# earns: linear-backward 4
# named: linear.db-averaged
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
# student: goran
# earns: linear-backward 0
# named: linear.dx-untransposed
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
# student: hana
# earns: linear-update 0
# named: linear.climbs
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
# student: ivo
# earns: linear-backward 2
# named: linear.db-accumulates linear.dw-accumulates
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
# student: jin
# earns: linear-forward 0
# earns: linear-update 0
# named: linear.no-bias linear.nothing-moves
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
# student: kofi
# earns: linear-backward 0
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
# student: lena
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
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

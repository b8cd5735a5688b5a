# %% softmax-at-the-end: ends in a softmax of its own, in both
# earns: build-network 0
# earns: train-digits 0
# named: build-network.softmax train-digits.softmax
# unseen: build-network
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)


class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        return self.S

    def backward(self, upstream):
        return self.S * (upstream - (upstream * self.S).sum(axis=1, keepdims=True))

    def update(self, learning_rate):
        pass
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng), Softmax())
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% relu-at-the-end: a ReLU after the logits
# earns: build-network 0
# earns: train-digits 0
# named: build-network.end train-digits.end
# unseen: build-network
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng), ReLU())
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% no-activation: two linear layers and nothing between them
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.linear
# says: The network reads
# unseen: build-network
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(2):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch]), y[batch])
            network.backward(loss.backward())
            network.update(0.02)
    return network

# %% softmax-regression: no hidden layer at all
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.shallow
# says: The network reads
# unseen: build-network
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(5):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch]), y[batch])
            network.backward(loss.backward())
            network.update(0.05)
    return network

# %% activation-first: the activation stands before the linear layers
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.dx build-network.linear
# says: The network reads
# cell: build
def build_network(rng):
    return Sequential(ReLU(), Linear(64, 128, rng), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(2):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch]), y[batch])
            network.backward(loss.backward())
            network.update(0.02)
    return network

# %% positive-weights: absolute values: no ReLU is ever off
# earns: build-network 0
# named: build-network.straight
# unseen: build-network
# cell: build
def build_network(rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    network.layers[0].W = abs(network.layers[0].W)
    return network
# cell: training
def train_digits(X, y, rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% zeros: weights of zero
# earns: build-network 0
# earns: train-digits 0
# named: build-network.uphill build-network.zero train-digits.constant
# cell: layers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = np.zeros((in_features, out_features))
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% alike: every weight is 0.05
# earns: build-network 0
# earns: train-digits 0
# named: build-network.alike train-digits.guessing
# cell: layers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = np.full((in_features, out_features), 0.05)
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% alike-columns: one column, copied to every hidden unit
# earns: build-network 0
# named: build-network.alike
# unseen: build-network
# cell: build
def build_network(rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    network.layers[0].W[:] = abs(rng.normal(0, 0.1, (64, 1)))
    return network
# cell: training
def train_digits(X, y, rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% own-seed: makes a generator of its own
# earns: build-network 0
# earns: train-digits 0
# named: build-network.fixed train-digits.unused
# unseen: train-digits
# cell: build
def build_network(rng):
    rng = np.random.default_rng(42)
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    rng = np.random.default_rng(0)
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% no-seed: a fresh generator without a seed
# earns: build-network 0
# named: build-network.irreproducible
# cell: build
def build_network(rng):
    rng = np.random.default_rng()
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))

# %% global-state: np.random.randn in Linear
# earns: build-network 0
# earns: train-digits 0
# named: build-network.global train-digits.global
# unseen: train-digits
# cell: layers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = np.random.randn(in_features, out_features) * np.sqrt(2 / in_features)
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% built-once: the layers are made outside, once
# earns: build-network 0
# named: build-network.shared
# cell: build
made = []


def build_network(rng):
    if not made:
        made.append(Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng)))
    return made[0]
# cell: training
def train_digits(X, y, rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% no-return: forgets both returns
# earns: build-network 0
# earns: train-digits 0
# named: build-network.no-layers train-digits.no-layers
# cell: build
def build_network(rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)

# %% history-too: returns the losses as well
# earns: train-digits 0
# named: train-digits.no-layers
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network, loss

# %% mlpkits-layers: imports what it should have pasted
# earns: build-network 0
# earns: train-digits 0
# named: build-network.mlpkit train-digits.mlpkit
# unseen: build-network train-digits
# cell: layers
from mlpkit import Linear, ReLU, Sequential, SoftmaxCrossEntropy

# %% mlpkits-sequential: its own layers in mlpkit's Sequential
# earns: build-network 0
# earns: train-digits 0
# named: build-network.mlpkit train-digits.mlpkit
# unseen: build-network train-digits
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


from mlpkit import Sequential


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% wrong-size: images of 28 by 28
# earns: build-network 0
# earns: train-digits 0
# says: raised ValueError
# cell: build
def build_network(rng):
    return Sequential(Linear(784, 128, rng), ReLU(), Linear(128, 10, rng))

# %% nine-logits: forgets that 0 is a digit too
# earns: build-network 0
# named: build-network.logits
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 9, rng))
# cell: training
def train_digits(X, y, rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% softmax-in-sequential: Sequential applies the softmax itself
# earns: build-network 0
# earns: train-digits 0
# named: build-network.softmax train-digits.softmax
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        e = np.exp(X - X.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, upstream):
        for layer in self.layers[::-1]:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% skips-relu: Sequential's forward leaves out every second layer when there is one row
# earns: build-network 0
# named: build-network.other
# unseen: build-network
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers if len(X) > 1 else self.layers[::2]:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers[::-1]:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% relu-without-mask: ReLU passes every gradient back
# earns: build-network 0
# named: build-network.gradient
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% relu-masks-upstream: ReLU looks at the sign of upstream
# earns: build-network 0
# earns: train-digits 0
# named: build-network.gradient train-digits.constant
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (upstream > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% bias-forgotten: update leaves b alone
# earns: build-network 0
# named: build-network.bias
# unseen: build-network
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% uphill: update adds the gradient
# earns: build-network 0
# earns: train-digits 0
# named: build-network.uphill train-digits.diverged
# unseen: build-network
# cell: layers
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
        self.W += learning_rate * self.dW
        self.b += learning_rate * self.db


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% divided-twice: dW and db are means
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.last
# says: The network reads
# cell: layers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / in_features), (in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.X.T @ upstream / len(upstream)
        self.db = upstream.mean(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(4):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.5)
    return network

# %% only-the-last: Sequential updates its last layer only
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.hidden-still
# says: The network reads
# unseen: build-network
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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
        self.layers[-1].update(learning_rate)


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(5):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch]), y[batch])
            network.backward(loss.backward())
            network.update(0.05)
    return network

# %% backward-returns-nothing: Sequential.backward has no return
# earns: build-network 0
# named: build-network.dx
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% out-of-place-update: update makes new arrays under local names
# earns: build-network 0
# earns: train-digits 0
# named: build-network.still train-digits.guessing
# unseen: build-network
# cell: layers
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
        W = self.W - learning_rate * self.dW
        b = self.b - learning_rate * self.db


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% three-epochs: stops much too early
# earns: train-digits 0-9.9
# says: Train for more epochs
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(3):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.05)
    return network

# %% tiny-rate: a learning rate of a millionth
# earns: train-digits 0
# named: train-digits.guessing
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(5):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(1e-6)
    return network

# %% huge-rate: a learning rate of 1000
# earns: train-digits 0
# named: train-digits.diverged
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction)
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target]))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(3):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(1000)
    return network

# %% labels-not-shuffled: shuffles X and not y
# earns: train-digits 0
# named: train-digits.guessing
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(20):
        images = rng.permutation(X)
        for i in range(0, len(X), 20):
            loss.forward(network.forward(images[i:i + 20]), y[i:i + 20])
            network.backward(loss.backward())
            network.update(0.1)
    return network

# %% fresh-network: returns a network that was not trained
# earns: train-digits 0
# named: train-digits.guessing
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(2):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return build_network(rng)

# %% by-heart: overfits fifteen rows, which was a check
# earns: train-digits 0
# says: The network reads
# cell: training
def train_digits(X, y, rng):
    rows = rng.permutation(len(X))[:15]
    X, y = X[rows], y[rows]
    network, loss = build_network(rng), SoftmaxCrossEntropy()
    for step in range(300):
        loss.forward(network.forward(X), y)
        network.backward(loss.backward())
        network.update(0.2)
    return network

# %% one-batch: trains on the first batch of every epoch
# earns: train-digits 0
# says: The network reads
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(30):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.05)
            break
    return network

# %% shuffles-in-place: rng.shuffle on X and y themselves
# earns: train-digits 0
# named: train-digits.touched
# unseen: train-digits
# cell: training
def train_digits(X, y, rng):
    network, loss = build_network(rng), SoftmaxCrossEntropy()
    seed = int(rng.integers(1000))
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    for epoch in range(40):
        for i in range(0, len(X), 20):
            loss.forward(network.forward(X[i:i + 20]), y[i:i + 20])
            network.backward(loss.backward())
            network.update(0.1)
    return network

# %% np-random-permutation: shuffles with NumPy's global state
# earns: train-digits 0
# named: train-digits.global
# unseen: train-digits
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = np.random.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% mlpkits-labels: trains on all digits, which it loads itself
# earns: train-digits 0
# named: train-digits.elsewhere
# unseen: train-digits
# cell: training
def train_digits(X, y, rng):
    X, y = digits()
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% standardised-in-training: standardises the training images and nobody else's
# earns: train-digits 0-9.9
# says: The network reads
# cell: training
def train_digits(X, y, rng):
    X = (X - X.mean()) / X.std()
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return network

# %% nearest-neighbour: a network in name: looks up the most similar image
# earns: train-digits 0
# named: train-digits.other
# unseen: train-digits
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)

    def forward(rows):
        distances = (rows**2).sum(axis=1)[:, None] - 2 * rows @ X.T + (X**2).sum(axis=1)
        return 5.0 * np.eye(10)[y[distances.argmin(axis=1)]] - 1

    network.forward = forward
    return network

# %% lookup-layer: a layer that looks up the most similar image
# earns: train-digits 0
# named: train-digits.alone
# unseen: train-digits
# cell: training
class Memory:
    def __init__(self, X, y):
        self.rows, self.labels = X, y

    def forward(self, X):
        distances = (X**2).sum(axis=1)[:, None] - 2 * X @ self.rows.T + (self.rows**2).sum(axis=1)
        out = np.zeros(X.shape)
        out[np.arange(len(X)), self.labels[distances.argmin(axis=1)]] = 3
        return out


def train_digits(X, y, rng):
    last = Linear(64, 10, rng)
    last.W[...] = np.eye(64, 10)
    return Sequential(Memory(X, y), last)

# %% disguised-linear: a linear layer that looks up the most similar image
# earns: train-digits 0
# named: train-digits.affine
# unseen: train-digits
# cell: training
class Wise(Linear):
    def forward(self, X):
        distances = (X**2).sum(axis=1)[:, None] - 2 * X @ self.rows.T + (self.rows**2).sum(axis=1)
        return np.eye(10)[self.labels[distances.argmin(axis=1)]] * 3 - 1


def train_digits(X, y, rng):
    last = Wise(64, 10, rng)
    last.rows, last.labels = X, y
    return Sequential(last)

# %% dropout-stays-on: dropout in training and in use
# earns: build-network 0
# earns: train-digits 0
# named: build-network.changing train-digits.changing
# unseen: train-digits
# cell: layers
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


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z) * (np.random.default_rng().uniform(size=z.shape) < 0.9)

    def backward(self, upstream):
        return upstream * (self.z > 0)

    def update(self, learning_rate):
        pass


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


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)

# %% misspelt: a name that does not exist
# earns: train-digits 0
# says: name 'netwrok' is not defined
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(60):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            batch = order[i:i + 20]
            loss.forward(network.forward(X[batch] + 0.2 * rng.normal(size=(len(batch), 64))), y[batch])
            network.backward(loss.backward())
            network.update(0.2)
    return netwrok

# %% six-hundred: 600 hidden units
# earns: build-network 0
# earns: train-digits 0
# named: build-network.wide train-digits.wide
# unseen: build-network train-digits
# cell: layers
class Linear:
    def __init__(self, D, M, rng):
        self.W = rng.normal(0, np.sqrt(2 / D), (D, M)); self.b = np.zeros(M)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream; self.db = upstream.sum(0)
        return upstream @ self.W.T
    def update(self, learning_rate):
        self.W -= learning_rate * self.dW; self.b -= learning_rate * self.db
class ReLU:
    def forward(self, z):
        self.on = z > 0
        return z * self.on
    def backward(self, upstream): return upstream * self.on
    def update(self, learning_rate): pass
class Sequential:
    def __init__(self, *layers): self.layers = list(layers)
    def forward(self, X):
        for l in self.layers: X = l.forward(X)
        return X
    def backward(self, g):
        for l in self.layers[::-1]: g = l.backward(g)
        return g
    def update(self, lr):
        for l in self.layers: l.update(lr)
class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(1, keepdims=True)); self.P = E / E.sum(1, keepdims=True); self.y = y
        return -np.log(self.P[np.arange(len(y)), y] + 1e-300).mean()
    def backward(self):
        G = self.P.copy(); G[np.arange(len(self.y)), self.y] -= 1
        return G / len(G)
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 600, rng), ReLU(), Linear(600, 10, rng))
# cell: training
def train_digits(X, y, rng):
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    for _ in range(8):
        order = rng.permutation(len(X))
        for s in range(0, len(X), 20):
            r = order[s:s+20]
            loss.forward(net.forward(X[r]), y[r]); net.backward(loss.backward()); net.update(0.2)
    return net

# %% softmax-inside: a softmax by rows as the hidden activation
# earns: build-network 0
# earns: train-digits 0
# named: build-network.alone train-digits.alone
# unseen: build-network
# cell: layers
class Linear:
    def __init__(self, D, M, rng):
        self.W = rng.normal(0, np.sqrt(2 / D), (D, M)); self.b = np.zeros(M)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream; self.db = upstream.sum(0)
        return upstream @ self.W.T
    def update(self, learning_rate):
        self.W -= learning_rate * self.dW; self.b -= learning_rate * self.db
class ReLU:
    def forward(self, z):
        self.on = z > 0
        return z * self.on
    def backward(self, upstream): return upstream * self.on
    def update(self, learning_rate): pass
class Sequential:
    def __init__(self, *layers): self.layers = list(layers)
    def forward(self, X):
        for l in self.layers: X = l.forward(X)
        return X
    def backward(self, g):
        for l in self.layers[::-1]: g = l.backward(g)
        return g
    def update(self, lr):
        for l in self.layers: l.update(lr)
class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(1, keepdims=True)); self.P = E / E.sum(1, keepdims=True); self.y = y
        return -np.log(self.P[np.arange(len(y)), y] + 1e-300).mean()
    def backward(self):
        G = self.P.copy(); G[np.arange(len(self.y)), self.y] -= 1
        return G / len(G)
class Softmax:
    def forward(self, z):
        E = np.exp(z - z.max(1, keepdims=True)); self.p = E / E.sum(1, keepdims=True)
        return self.p
    def backward(self, u): return self.p * (u - (u * self.p).sum(1, keepdims=True))
    def update(self, learning_rate): pass
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), Softmax(), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    for _ in range(5):
        order = rng.permutation(len(X))
        for s in range(0, len(X), 20):
            r = order[s:s+20]
            loss.forward(net.forward(X[r]), y[r]); net.backward(loss.backward()); net.update(0.2)
    return net

# %% gradients-add-up: dW += and never back to zero
# earns: build-network 0
# earns: train-digits 0
# named: build-network.second train-digits.guessing
# cell: layers
class Linear:
    def __init__(self, D, M, rng):
        self.W = rng.normal(0, np.sqrt(2 / D), (D, M)); self.b = np.zeros(M); self.dW = np.zeros((D, M)); self.db = np.zeros(M)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW += self.X.T @ upstream; self.db += upstream.sum(0)
        return upstream @ self.W.T
    def update(self, learning_rate):
        self.W -= learning_rate * self.dW; self.b -= learning_rate * self.db
class ReLU:
    def forward(self, z):
        self.on = z > 0
        return z * self.on
    def backward(self, upstream): return upstream * self.on
    def update(self, learning_rate): pass
class Sequential:
    def __init__(self, *layers): self.layers = list(layers)
    def forward(self, X):
        for l in self.layers: X = l.forward(X)
        return X
    def backward(self, g):
        for l in self.layers[::-1]: g = l.backward(g)
        return g
    def update(self, lr):
        for l in self.layers: l.update(lr)
class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(1, keepdims=True)); self.P = E / E.sum(1, keepdims=True); self.y = y
        return -np.log(self.P[np.arange(len(y)), y] + 1e-300).mean()
    def backward(self):
        G = self.P.copy(); G[np.arange(len(self.y)), self.y] -= 1
        return G / len(G)
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    for _ in range(3):
        order = rng.permutation(len(X))
        for s in range(0, len(X), 20):
            r = order[s:s+20]
            loss.forward(net.forward(X[r]), y[r]); net.backward(loss.backward()); net.update(0.2)
    return net

# %% momentum-inside: momentum in Linear.update
# earns: build-network 0
# named: build-network.second
# unseen: build-network
# cell: layers
class Linear:
    def __init__(self, D, M, rng):
        self.W = rng.normal(0, np.sqrt(2 / D), (D, M)); self.b = np.zeros(M); self.vW = self.vb = 0
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream; self.db = upstream.sum(0)
        return upstream @ self.W.T
    def update(self, learning_rate):
        self.vW = 0.9 * self.vW - learning_rate * self.dW; self.vb = 0.9 * self.vb - learning_rate * self.db; self.W += self.vW; self.b += self.vb
class ReLU:
    def forward(self, z):
        self.on = z > 0
        return z * self.on
    def backward(self, upstream): return upstream * self.on
    def update(self, learning_rate): pass
class Sequential:
    def __init__(self, *layers): self.layers = list(layers)
    def forward(self, X):
        for l in self.layers: X = l.forward(X)
        return X
    def backward(self, g):
        for l in self.layers[::-1]: g = l.backward(g)
        return g
    def update(self, lr):
        for l in self.layers: l.update(lr)
class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(1, keepdims=True)); self.P = E / E.sum(1, keepdims=True); self.y = y
        return -np.log(self.P[np.arange(len(y)), y] + 1e-300).mean()
    def backward(self):
        G = self.P.copy(); G[np.arange(len(self.y)), self.y] -= 1
        return G / len(G)
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    for _ in range(15):
        order = rng.permutation(len(X))
        for s in range(0, len(X), 20):
            r = order[s:s+20]
            loss.forward(net.forward(X[r]), y[r]); net.backward(loss.backward()); net.update(0.05)
    return net

# %% twins: half of the units are copies of the others
# earns: build-network 0
# named: build-network.twins
# unseen: build-network
# cell: layers
class Linear:
    def __init__(self, D, M, rng):
        self.W = rng.normal(0, np.sqrt(2 / D), (D, M)); self.b = np.zeros(M)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, upstream):
        self.dW = self.X.T @ upstream; self.db = upstream.sum(0)
        return upstream @ self.W.T
    def update(self, learning_rate):
        self.W -= learning_rate * self.dW; self.b -= learning_rate * self.db
class ReLU:
    def forward(self, z):
        self.on = z > 0
        return z * self.on
    def backward(self, upstream): return upstream * self.on
    def update(self, learning_rate): pass
class Sequential:
    def __init__(self, *layers): self.layers = list(layers)
    def forward(self, X):
        for l in self.layers: X = l.forward(X)
        return X
    def backward(self, g):
        for l in self.layers[::-1]: g = l.backward(g)
        return g
    def update(self, lr):
        for l in self.layers: l.update(lr)
class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(1, keepdims=True)); self.P = E / E.sum(1, keepdims=True); self.y = y
        return -np.log(self.P[np.arange(len(y)), y] + 1e-300).mean()
    def backward(self):
        G = self.P.copy(); G[np.arange(len(self.y)), self.y] -= 1
        return G / len(G)
# cell: build
def build_network(rng):
    net = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    net.layers[0].W[:, 64:] = net.layers[0].W[:, :64]
    return net
# cell: training
def train_digits(X, y, rng):
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    for _ in range(25):
        order = rng.permutation(len(X))
        for s in range(0, len(X), 20):
            r = order[s:s+20]
            loss.forward(net.forward(X[r]), y[r]); net.backward(loss.backward()); net.update(0.2)
    return net

# %% chen: no activation between the layers, and two epochs
# student: chen
# earns: build-network 0
# earns: train-digits 0-9.9
# named: build-network.linear
# says: The network reads
# unseen: build-network
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 128, rng), Linear(128, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(2):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, len(X) // 20):
            loss.forward(network.forward(X[rows]), y[rows])
            network.backward(loss.backward())
            network.update(0.02)
    return network

# %% farah: stops after two epochs
# student: farah
# earns: train-digits 0-9.9
# says: Train for more epochs
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(2):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 20):
            rows = order[i:i + 20]
            loss.forward(network.forward(X[rows]), y[rows])
            network.backward(loss.backward())
            network.update(0.05)
    return network

# %% kofi: training left for later
# student: kofi
# earns: train-digits 0
# says: not yet
# cell: training
def train_digits(X, y, rng):
    raise NotImplementedError("not yet")

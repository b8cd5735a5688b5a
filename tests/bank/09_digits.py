# %% deeper-tanh: two hidden layers of tanh
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


class Tanh:
    def forward(self, z):
        self.out = np.tanh(z)
        return self.out

    def backward(self, upstream):
        return upstream * (1 - self.out ** 2)

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
# cell: build
def build_network(rng):
    return Sequential(Linear(64, 96, rng), Tanh(), Linear(96, 48, rng), Tanh(), Linear(48, 10, rng))
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

# %% base-class-and-list: a base class, layers in a list, the loop of assignment 7
# cell: layers
class Layer:
    def update(self, learning_rate):
        for name in getattr(self, "names", []):
            setattr(self, name, getattr(self, name) - learning_rate * getattr(self, "d" + name))


class Linear(Layer):
    names = ["W", "b"]

    def __init__(self, D, M, rng):
        limit = np.sqrt(6 / D)
        self.W, self.b = rng.uniform(-limit, limit, (D, M)), np.zeros(M)

    def forward(self, X):
        self.X = X
        return np.dot(X, self.W) + self.b

    def backward(self, upstream):
        self.dW = np.dot(self.X.T, upstream)
        self.db = np.sum(upstream, axis=0)
        return np.dot(upstream, self.W.T)


class Relu(Layer):
    def forward(self, X):
        out = X.copy()
        out[out < 0] = 0
        self.mask = out > 0
        return out

    def backward(self, upstream):
        return np.where(self.mask, upstream, 0.0)


class Net(Layer):
    def __init__(self, layers):
        self.layers = list(layers)

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, upstream):
        for i in range(len(self.layers) - 1, -1, -1):
            upstream = self.layers[i].backward(upstream)
        return upstream

    def update(self, learning_rate):
        [layer.update(learning_rate) for layer in self.layers]


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.S = e / e.sum(axis=1, keepdims=True)
        self.y = target
        return -np.mean(np.log(self.S[np.arange(len(target)), target] + 1e-300))

    def backward(self):
        return (self.S - np.eye(10)[self.y]) / len(self.y)
# cell: build
def build_network(rng):
    layers = [Linear(64, 200, rng)]
    layers.append(Relu())
    layers.append(Linear(200, 10, rng))
    return Net(layers)
# cell: training
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield X[order[start:start + batch_size]], y[order[start:start + batch_size]]


def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    means = []
    for _ in range(epochs):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            X_batch = X_batch + rng.normal(0, 0.2, X_batch.shape)
            losses.append(loss.forward(network.forward(X_batch), y_batch))
            network.backward(loss.backward())
            network.update(learning_rate)
        means.append(np.mean(losses))
    return means


def train_digits(X, y, rng):
    network = build_network(rng)
    train(network, SoftmaxCrossEntropy(), X, y, epochs=50, batch_size=16, learning_rate=0.15, rng=rng)
    return network

# %% momentum-from-outside: velocities kept in train_digits, prints on the way
# cell: training
def train_digits(X, y, rng):
    net = build_network(rng)
    L = SoftmaxCrossEntropy()
    dense = [layer for layer in net.layers if hasattr(layer, "W")]
    speed = [[np.zeros_like(layer.W), np.zeros_like(layer.b)] for layer in dense]
    for epoch in range(40):
        p = rng.permutation(len(X))
        total = 0
        for rows in np.array_split(p, 60):
            total += L.forward(net.forward(X[rows] + 0.2 * rng.standard_normal((len(rows), 64))), y[rows])
            net.backward(L.backward())
            for layer, v in zip(dense, speed):
                v[0] = 0.9 * v[0] - 0.03 * layer.dW
                v[1] = 0.9 * v[1] - 0.03 * layer.db
                layer.W += v[0]
                layer.b += v[1]
        print(epoch, total / 60)
    return net

# %% nested: sequences within a sequence
# cell: build
def block(D, M, rng):
    return Sequential(Linear(D, M, rng), ReLU())


def build_network(rng):
    hidden = Sequential(block(64, 128, rng), block(128, 64, rng))
    return Sequential(hidden, Sequential(Linear(64, 10, rng)))

# %% swish: an activation that is not monotone
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


class Swish:
    def forward(self, z):
        self.z, self.s = z, 0.5 * (1 + np.tanh(z / 2))
        return z * self.s

    def backward(self, upstream):
        return upstream * (self.s + self.z * self.s * (1 - self.s))

    def update(self, learning_rate):
        return None


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
# cell: build
build_network = lambda rng: Sequential(Linear(64, 128, rng), Swish(), Linear(128, 10, rng))
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

# %% validation: keeps the weights of the best epoch on a part of X set aside
# cell: training
import copy


def train_digits(X, y, rng):
    everything = rng.permutation(len(X))
    aside, rest = everything[:120], everything[120:]
    net, loss = build_network(rng), SoftmaxCrossEntropy()
    best, kept = 0, net
    for epoch in range(80):
        rng.shuffle(rest)
        for i in range(0, len(rest), 20):
            rows = rest[i:i + 20]
            images = X[rows] + rng.normal(0, 0.2, (len(rows), 64))
            loss.forward(net.forward(images), y[rows])
            net.backward(loss.backward())
            net.update(0.2 if epoch < 60 else 0.05)
        right = (net.forward(X[aside]).argmax(axis=1) == y[aside]).mean()
        if right >= best:
            best, kept = right, copy.deepcopy(net)
    return kept

# %% sigmoid-with-adam: Sigmoid, Xavier weights, Adam in the loop, and a network of its own for training
# cell: layers
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(0.0, np.sqrt(2 / (in_features + out_features)), (in_features, out_features))
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


class Sigmoid:
    def forward(self, z):
        self.s = 1 / (1 + np.exp(-z))
        return self.s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)

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
# cell: build
def build_network(rng, M=128):
    return Sequential(Linear(64, M, rng), Sigmoid(), Linear(M, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network, loss = build_network(rng, 200), SoftmaxCrossEntropy()
    theta = [(layer, name) for layer in network.layers for name in ("W", "b") if hasattr(layer, name)]
    m = [0.0] * len(theta)
    v = [0.0] * len(theta)
    t = 0
    for _ in range(80):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            rows = order[start:start + 32]
            loss.forward(network.forward(X[rows] + 0.1 * rng.normal(size=(len(rows), 64))), y[rows])
            network.backward(loss.backward())
            t += 1
            for i, (layer, name) in enumerate(theta):
                g = getattr(layer, "d" + name)
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                setattr(layer, name, getattr(layer, name) - 0.003 * (m[i] / (1 - 0.9**t)) / (np.sqrt(v[i] / (1 - 0.999**t)) + 1e-8))
    return network

# %% centred-pixels: a layer of its own that shifts and stretches pixels, dropout that is off after training
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


class Centre:
    def forward(self, X):
        return 2 * X - 1

    def backward(self, upstream):
        return 2 * upstream

    def update(self, learning_rate):
        pass


class Dropout:
    rng = None

    def forward(self, X):
        self.keep = 1.0 if self.rng is None else (self.rng.uniform(size=X.shape) < 0.8) / 0.8
        return X * self.keep

    def backward(self, upstream):
        return upstream * self.keep

    def update(self, learning_rate):
        pass
# cell: build
def build_network(rng):
    return Sequential(Centre(), Linear(64, 200, rng), ReLU(), Dropout(), Linear(200, 10, rng))
# cell: training
def train_digits(X, y, rng):
    network, loss = build_network(rng), SoftmaxCrossEntropy()
    network.layers[3].rng = rng
    for epoch in range(60):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            rows = order[start:start + 32]
            loss.forward(network.forward(X[rows] + 0.15 * rng.normal(size=(len(rows), 64))), y[rows])
            network.backward(loss.backward())
            network.update(0.05)
    network.layers[3].rng = None
    return network

# %% zero-output-layer: the output layer starts at zero, hidden biases do not, ReLU works in place
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
        self.on = z > 0
        np.maximum(z, 0, out=z)
        return z

    def backward(self, upstream):
        return upstream * self.on

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
# cell: build
def build_network(rng):
    network = Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))
    network.layers[0].b += 0.01 * rng.normal(size=128)
    network.layers[2].W[:] = 0
    return network
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

# %% softmax-at-the-end: ends in a softmax of its own, in both
# loses: build-network train-digits
# says: ends in a softmax
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
# loses: build-network train-digits
# says: The last layer is no linear layer
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
# loses: build-network train-digits
# says: No activation stands between the linear layers
# says: The network reads
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
# loses: build-network train-digits
# says: There is no hidden layer
# says: The network reads
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
# loses: build-network train-digits
# says: No activation stands between the linear layers
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
# loses: build-network
# says: bends nothing
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
# loses: build-network train-digits
# says: The weights of a hidden layer start at 0
# says: one and the same answer
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
# loses: build-network train-digits
# says: start all alike
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
# loses: build-network
# says: start all alike
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
# loses: build-network train-digits
# says: Whatever rng is, the weights are the same
# says: rng is never used
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
# loses: build-network
# says: The same seed gives different weights
# cell: build
def build_network(rng):
    rng = np.random.default_rng()
    return Sequential(Linear(64, 128, rng), ReLU(), Linear(128, 10, rng))

# %% global-state: np.random.randn in Linear
# loses: build-network train-digits
# says: NumPy's global random state was used
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
# loses: build-network
# says: Two networks share their layers
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
# loses: build-network train-digits
# says: What build_network returns has no layers
# says: What train_digits returns has no layers
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
# loses: train-digits
# says: What train_digits returns has no layers
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
# loses: build-network train-digits
# says: The network uses mlpkit's classes
# cell: layers
from mlpkit import Linear, ReLU, Sequential, SoftmaxCrossEntropy

# %% mlpkits-sequential: its own layers in mlpkit's Sequential
# loses: build-network train-digits
# says: The network uses mlpkit's classes
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
# loses: build-network train-digits
# says: raised ValueError
# cell: build
def build_network(rng):
    return Sequential(Linear(784, 128, rng), ReLU(), Linear(128, 10, rng))

# %% nine-logits: forgets that 0 is a digit too
# loses: build-network
# says: forward must return an array of shape (N, 10)
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
# loses: build-network train-digits
# says: ends in a softmax
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
# loses: build-network
# says: forward does not return what the layers make of the rows
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
# loses: build-network
# says: The last layer moves as it should, a layer before it does not
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
# loses: build-network train-digits
# says: The last layer moves as it should, a layer before it does not
# says: one and the same answer
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
# loses: build-network
# says: update moves W and leaves b as it was
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
# loses: build-network train-digits
# says: update climbs
# says: returns nan or inf
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
# loses: build-network train-digits
# says: update does not move the last layer by
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
# loses: build-network train-digits
# says: update leaves a hidden layer's W as it was
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
# loses: build-network
# says: backward(upstream) does not return dL/dX
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
# loses: build-network train-digits
# says: update leaves the last layer's W as it was
# says: no better than guessing
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
# loses: train-digits
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
# loses: train-digits
# says: no better than guessing
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
# loses: train-digits
# says: returns nan or inf
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
# loses: train-digits
# says: no better than guessing
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
# loses: train-digits
# says: no better than guessing
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
# loses: train-digits
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
# loses: train-digits
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
# loses: train-digits
# says: train_digits has changed X or y
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
# loses: train-digits
# says: NumPy's global random state was used
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
# loses: train-digits
# says: not on mlpkit.data.digits
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
# loses: train-digits
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
# loses: train-digits
# says: forward does not return what the layers make of the rows
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)

    def forward(rows):
        distances = (rows**2).sum(axis=1)[:, None] - 2 * rows @ X.T + (X**2).sum(axis=1)
        return 5.0 * np.eye(10)[y[distances.argmin(axis=1)]] - 1

    network.forward = forward
    return network

# %% lookup-layer: a layer that looks up the most similar image
# loses: train-digits
# says: more than apply one function to each number on its own
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
# loses: train-digits
# says: does not return X W + b
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
# loses: build-network train-digits
# says: other logits when forward is called again
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
# loses: train-digits
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
# loses: build-network train-digits
# says: more than 500 units
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
# loses: build-network train-digits
# says: more than apply one function to each number on its own
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
# loses: build-network train-digits
# says: The first step is right and the second is not
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
# loses: build-network
# says: The first step is right and the second is not
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
# loses: build-network
# says: Some units of a hidden layer start equal to others
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

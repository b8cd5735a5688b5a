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

# %% ada: 64-100-10, noise on the pixels
# student: ada
# cell: build
def build_network(rng):
    hidden = Linear(64, 100, rng)
    output = Linear(100, 10, rng)
    return Sequential(hidden, ReLU(), output)
# cell: training
def train_digits(X, y, rng):
    network = build_network(rng)
    loss = SoftmaxCrossEntropy()
    for epoch in range(50):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, len(X) // 20):
            images = X[rows] + rng.normal(0, 0.2, (len(rows), 64))
            loss.forward(network.forward(images), y[rows])
            network.backward(loss.backward())
            network.update(0.2)
    return network

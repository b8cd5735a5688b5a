# %% ada: 64-100-10, noise on the pixels
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

# %% chen: no activation between the layers, and two epochs
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
        for rows in np.array_split(order, len(X) // 20):
            loss.forward(network.forward(X[rows]), y[rows])
            network.backward(loss.backward())
            network.update(0.02)
    return network

# %% farah: stops after two epochs
# loses: train-digits
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
# loses: train-digits
# says: not yet
# cell: training
def train_digits(X, y, rng):
    raise NotImplementedError("not yet")

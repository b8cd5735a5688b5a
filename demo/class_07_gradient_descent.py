# %% ada: as the chapter writes it, with means over the rows
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        yield X[start:stop], y[start:stop]
# cell: roll
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities = None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [np.zeros(theta.shape) for theta in parameters]
        for i, (theta, g) in enumerate(zip(parameters, gradients)):
            self.velocities[i] = self.momentum * self.velocities[i] - self.learning_rate * g
            theta += self.velocities[i]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    history = []
    for epoch in range(epochs):
        total = 0.0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            prediction = network.forward(X_batch)
            total += loss.forward(prediction, y_batch) * len(X_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        history.append(total / len(X))
    return history

# %% chen: the velocity does not survive the step
# loses: momentum
# says: The velocity starts from zero again in every step
class Momentum:
    def __init__(self, learning_rate, momentum):
        self.learning_rate = learning_rate
        self.momentum = momentum

    def step(self, parameters, gradients):
        for parameter, gradient in zip(parameters, gradients):
            velocity = np.zeros_like(parameter)
            velocity = self.momentum * velocity - self.learning_rate * gradient
            parameter += velocity

# %% farah: shuffles X without y, and reports the last batch
# loses: minibatches train
# says: X and y come in different orders
# says: The loss of the last batch is reported
# cell: deal
def minibatches(X, y, batch_size, rng):
    X = rng.permutation(X)
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    losses = []
    for epoch in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            L = loss.forward(network.forward(X_batch), y_batch)
            network.backward(loss.backward())
            network.update(learning_rate)
        losses.append(L)
    return losses

# %% kofi: did not get to train, and loses the last batch
# loses: minibatches train
# says: The last, shorter batch is dropped
# says: for each epoch and each of its batches make the five calls
# cell: deal
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size:(k + 1) * batch_size]
        yield X[rows], y[rows]
# cell: loop
def train(network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
    raise NotImplementedError("train: for each epoch and each of its batches make the five calls; append the mean of the epoch's losses to a list.")

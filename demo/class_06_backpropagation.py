# %% ada: a style of her own throughout
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    def nudged(place, step):
        there = x.copy()
        there[place] += step
        return f(there)

    slopes = [(nudged(place, h) - nudged(place, -h)) / (2 * h) for place in np.ndindex(x.shape)]
    return np.reshape(slopes, x.shape)
# cell: ratio
def relative_error(a, b):
    norm = np.linalg.norm
    return norm(a - b) / max(norm(a) + norm(b), 1e-12)
# cell: sequential
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
# cell: example
def forward_pass(x, y, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "p": sigmoid(z2), "loss": np.logaddexp(0, z2) - y * z2}


def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    r = forward_pass(x, y, W1, b1, W2, b2)
    r["dz2"] = r["db2"] = r["p"] - y
    r["dW2"] = r["dz2"] * r["a1"]
    r["da1"] = r["dz2"] * W2
    r["dz1"] = r["db1"] = r["da1"] * r["a1"] * (1 - r["a1"])
    r["dW1"] = np.outer(x, r["dz1"])
    new = {name: old - learning_rate * r["d" + name] for name, old in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))}
    return r | new | {"new_loss": forward_pass(x, y, **new)["loss"]}

# %% chen: divides by h, and runs the layers the same way twice
# loses: numerical-gradient sequential-backward
# says: The difference is divided by h
# says: from the first layer to the last
# cell: differences
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        grad[i] = (f(x + e) - f(x - e)) / h
    return grad
# cell: sequential
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% farah: moves W2 before da1 is computed
# loses: worked-example
# says: da1 is made with a W2 that has been updated already
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # output layer
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # hidden layer
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1

    t = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, t) - y * t
    names = "z1 a1 z2 p loss dz2 dW2 db2 da1 dz1 dW1 db1 W1 b1 W2 b2 new_loss"
    here = locals()
    return {name: here[name] for name in names.split()}

# %% kofi: no floor under the ratio, and the last task left for later
# loses: relative-error worked-example
# says: max(…, 1e-12) is missing
# says: NotImplementedError
# cell: ratio
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # TODO
    raise NotImplementedError

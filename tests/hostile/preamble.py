class Linear:
    """Wrong in every method."""

    def __init__(self, in_features, out_features, rng):
        self.W = np.zeros((in_features, out_features))
        self.b = np.zeros(out_features)
        self.dW, self.db = self.W, self.b

    def forward(self, X):
        return np.zeros((len(X), len(self.b)))

    def backward(self, upstream):
        return np.zeros((len(upstream), len(self.W)))

    def update(self, learning_rate):
        pass

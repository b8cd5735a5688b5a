# %% ada: as the chapter writes it, with helpers of her own
# cell: mse
def same_shape(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError(f"prediction {prediction.shape} and target {target.shape} must have the same shape")


class MeanSquaredError:
    def forward(self, prediction, target):
        same_shape(prediction, target)
        self.difference = prediction - target
        return float(np.mean(self.difference**2))

    def backward(self):
        return 2 / self.difference.size * self.difference

# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        same_shape(prediction, target)
        if prediction.shape not in [(len(prediction),), (len(prediction), 1)]:
            raise ValueError(f"one logit for each example, not {prediction.shape}")
        self.z, self.y = prediction, target
        self.e = np.exp(-np.abs(prediction))
        return float(np.mean(np.maximum(prediction, 0) + np.log1p(self.e) - target * prediction))

    def backward(self):
        p = np.where(self.z >= 0, 1, self.e) / (1 + self.e)
        return (p - self.y) / len(self.y)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        shifted = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.at_label = np.arange(len(target)), target
        return float(-self.log_s[self.at_label].mean())

    def backward(self):
        gradient = np.exp(self.log_s)
        gradient[self.at_label] -= 1
        return gradient / len(gradient)

# %% chen: loops, and an ε where the logarithm met 0
# loses: bce-forward
# says: A small constant inside the logarithm caps the loss
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("different shapes")
        self.prediction = prediction
        self.target = target
        total = 0.0
        for p, t in zip(prediction.flat, target.flat):
            total += (p - t) ** 2
        return total / prediction.size

    def backward(self):
        gradient = np.zeros(self.prediction.shape)
        for i in np.ndindex(*self.prediction.shape):
            gradient[i] = 2 * (self.prediction[i] - self.target[i]) / self.prediction.size
        return gradient

# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("different shapes")
        if prediction.ndim > 2 or (prediction.ndim == 2 and prediction.shape[1] != 1):
            raise ValueError("one column, please")
        self.p = 1 / (1 + np.exp(-prediction))
        self.y = target
        total = 0.0
        for p, y in zip(self.p.flat, target.flat):
            total -= np.log(p + 1e-12) if y == 1 else np.log(1 - p + 1e-12)
        return total / len(prediction)

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% farah: the mean in forward, the sum in backward
# loses: bce-backward cross-entropy-backward
# says: was the mean over the batch forgotten
# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("logits and targets must both be (N,) or (N, 1)")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return 1 / (1 + np.exp(-self.z)) - self.y

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        gradient = self.e / self.e.sum(axis=1, keepdims=True)
        gradient[np.arange(len(gradient)), self.y] -= 1
        return gradient

# %% kofi: trusts NumPy with the shapes, and left the last method for later
# loses: mse-forward cross-entropy-backward
# says: forward lets shapes through that differ
# says: NotImplementedError
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        self.difference = prediction - target
        return np.mean(self.difference**2)

    def backward(self):
        return 2 * self.difference / self.difference.size

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z = prediction - prediction.max(axis=1, keepdims=True)
        self.labels = target
        return np.mean(np.log(np.exp(self.z).sum(axis=1)) - self.z[np.arange(len(target)), target])

    def backward(self):
        raise NotImplementedError("SoftmaxCrossEntropy.backward: return softmax minus one-hot, divided by N, and leave what forward stored as it is.")

"""Losses: `forward(prediction, target)` is a number averaged over the batch, `backward()` is dL/d(prediction).

The 1/N of the average is in `backward` here, and nowhere else in the package.
"""

import numpy as np

from mlpkit.activations import sigmoid, softplus
from mlpkit.arrays import as_floats, as_labels, require_matrix
from mlpkit.checks import recall


class Loss:
    """What every loss has."""

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the loss averaged over the batch."""
        raise NotImplementedError(f"{type(self).__name__} does not define forward.")

    def backward(self) -> np.ndarray:
        """Return dL/d(prediction) for the latest `forward`, in the shape of the prediction."""
        raise NotImplementedError(f"{type(self).__name__} does not define backward.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class MeanSquaredError(Loss):
    """L = (1/n) Σ (prediction − target)², over all n elements."""

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the mean squared difference. Raises ValueError when the two shapes differ."""
        prediction, target = _same_shape(self, prediction, target)
        self._difference = prediction - target
        return (self._difference**2).sum().item() / self._difference.size

    def backward(self) -> np.ndarray:
        """Return 2 (prediction − target) / n."""
        difference = recall(self, "_difference")
        return difference * (2 / difference.size)


class BinaryCrossEntropy(Loss):
    """L = mean of log(1 + eᶻ) − y z over logits z and targets y in {0, 1}.

    With p = σ(z) this is −y log p − (1 − y) log(1 − p), rewritten so that no logarithm meets a zero.
    """

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the mean over the batch; both are (N,) or both (N, 1), else ValueError."""
        z, y = _same_shape(self, prediction, target)
        if z.ndim not in (1, 2) or z.size != len(z):
            raise ValueError(f"{self}: logits must have shape (N,) or (N, 1), but have shape {z.shape}.")
        if not ((y == 0) | (y == 1)).all():
            raise ValueError(f"{self}: targets must be 0 or 1, but one is {y[(y != 0) & (y != 1)][0]}.")
        self._z, self._y = z, y
        return (softplus(z) - y * z).sum().item() / len(z)

    def backward(self) -> np.ndarray:
        """Return (σ(z) − y) / N: the derivative of log(1 + eᶻ) is σ(z)."""
        z = recall(self, "_z")
        return (sigmoid(z) - self._y) * (1 / len(z))


class SoftmaxCrossEntropy(Loss):
    """L = mean of −log softmax(z)_y over rows of logits z, shape (N, C), and integer labels y, shape (N,).

    Softmax and logarithm in one step: −log softmax(z)_y = log Σ_j e^(z_j) − z_y, with each row's maximum taken off first.
    """

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the mean over the batch. Raises ValueError for a label outside 0 … C − 1."""
        z = as_floats(self, "logits", prediction)
        require_matrix(self, "logits", z)
        self._at_label = np.arange(len(z)), as_labels(self, target, *z.shape)
        z = z - z.max(axis=1, keepdims=True)
        exponentials = np.exp(z)
        totals = exponentials.sum(axis=1, keepdims=True)
        self._probabilities = np.divide(exponentials, totals, out=exponentials)
        return (np.log(totals).sum() - z[self._at_label].sum()).item() / len(z)

    def backward(self) -> np.ndarray:
        """Return (softmax(z) − onehot(y)) / N: −z_y contributes −1 at the label, the log-sum contributes softmax(z)."""
        gradient = recall(self, "_probabilities").copy()
        gradient[self._at_label] -= 1
        gradient *= 1 / len(gradient)
        return gradient


def _same_shape(loss: Loss, prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    prediction, target = as_floats(loss, "prediction", prediction), as_floats(loss, "target", target)
    if prediction.shape != target.shape:
        shapes = f"prediction {prediction.shape} and target {target.shape}"
        raise ValueError(f"{loss}: prediction and target must have equal shapes, but have {shapes}; reshape one.")
    if prediction.size == 0:
        raise ValueError(f"{loss}: the batch is empty.")
    return prediction, target.astype(prediction.dtype, copy=False)

"""Losses: `forward(prediction, target)` is a number averaged over the batch, `backward()` is dL/d(prediction).

The 1/N of the average is in `backward` here, and nowhere else in the package. With `weights=`, one for each row, the
average is Σ w_n L_n / Σ w_n: then row n has the share w_n / Σ w in place of 1/N.
"""

import numpy as np

from mlpkit.activations import sigmoid, softplus
from mlpkit.arrays import as_floats, as_labels, require_matrix, require_shape
from mlpkit.checks import recall


class Loss:
    """What every loss has."""

    def forward(self, prediction: np.ndarray, target: np.ndarray, weights: np.ndarray | None = None) -> float:
        """Return the loss averaged over the batch."""
        raise NotImplementedError(f"{type(self).__name__} does not define forward.")

    def backward(self) -> np.ndarray:
        """Return dL/d(prediction) for the latest `forward`, in the shape of the prediction."""
        raise NotImplementedError(f"{type(self).__name__} does not define backward.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class MeanSquaredError(Loss):
    """L = (1/n) Σ (prediction − target)², over all n elements."""

    def forward(self, prediction: np.ndarray, target: np.ndarray, weights: np.ndarray | None = None) -> float:
        """Return the mean squared difference. Raises ValueError when the two shapes differ."""
        prediction, target = _same_shape(self, prediction, target)
        self._difference, columns = prediction - target, prediction.size / len(prediction)
        self._shares = _shares(self, weights, prediction) * (1 / columns)
        return (self._difference**2 * self._shares).sum().item()

    def backward(self) -> np.ndarray:
        """Return 2 (prediction − target) / n."""
        return recall(self, "_difference") * (2 * self._shares)


class BinaryCrossEntropy(Loss):
    """L = mean of log(1 + eᶻ) − y z over logits z and targets y in {0, 1}.

    With p = σ(z) this is −y log p − (1 − y) log(1 − p), rewritten so that no logarithm meets a zero.
    """

    def forward(self, prediction: np.ndarray, target: np.ndarray, weights: np.ndarray | None = None) -> float:
        """Return the mean over the batch; both are (N,) or both (N, 1), else ValueError."""
        z, y = _same_shape(self, prediction, target)
        if z.ndim not in (1, 2) or z.size != len(z):
            raise ValueError(f"{self}: logits must have shape (N,) or (N, 1), but have shape {z.shape}.")
        if not ((y == 0) | (y == 1)).all():
            raise ValueError(f"{self}: targets must be 0 or 1, but one is {y[(y != 0) & (y != 1)][0]}.")
        self._z, self._y, self._shares = z, y, _shares(self, weights, z)
        return ((softplus(z) - y * z) * self._shares).sum().item()

    def backward(self) -> np.ndarray:
        """Return (σ(z) − y) / N: the derivative of log(1 + eᶻ) is σ(z)."""
        z = recall(self, "_z")
        return (sigmoid(z) - self._y) * self._shares


class SoftmaxCrossEntropy(Loss):
    """L = mean of −log softmax(z)_y over rows of logits z, shape (N, C), and integer labels y, shape (N,).

    Softmax and logarithm in one step: −log softmax(z)_y = log Σ_j e^(z_j) − z_y, with each row's maximum taken off first.
    """

    def forward(self, prediction: np.ndarray, target: np.ndarray, weights: np.ndarray | None = None) -> float:
        """Return the mean over the batch. Raises ValueError for a label outside 0 … C − 1."""
        z = as_floats(self, "logits", prediction)
        require_matrix(self, "logits", z)
        self._at_label, self._shares = (np.arange(len(z)), as_labels(self, target, *z.shape)), _shares(self, weights, z)
        z = z - z.max(axis=1, keepdims=True)
        exponentials = np.exp(z)
        totals = exponentials.sum(axis=1, keepdims=True)
        self._probabilities = np.divide(exponentials, totals, out=exponentials)
        return ((np.log(totals) - z[self._at_label][:, None]) * self._shares).sum().item()

    def backward(self) -> np.ndarray:
        """Return (softmax(z) − onehot(y)) / N: −z_y contributes −1 at the label, the log-sum contributes softmax(z)."""
        gradient = recall(self, "_probabilities").copy()
        gradient[self._at_label] -= 1
        gradient *= self._shares
        return gradient


def _shares(loss: Loss, weights: object, like: np.ndarray) -> np.ndarray | float:
    """Return 1/N or, with weights, the share of each row, in a shape that multiplies rows of `like`."""
    if weights is None:
        return 1 / len(like)
    weights = as_floats(loss, "weights", weights)
    require_shape(loss, "weights", weights, (len(like),))
    if not (np.isfinite(weights).all() and weights.min() >= 0 and weights.sum() > 0):
        raise ValueError(f"{loss}: weights must be finite and not negative, and one at least must be greater than 0.")
    return (weights / weights.sum()).astype(like.dtype).reshape(-1, *[1] * (like.ndim - 1))


def _same_shape(loss: Loss, prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    prediction, target = as_floats(loss, "prediction", prediction), as_floats(loss, "target", target)
    if prediction.shape != target.shape:
        shapes = f"prediction {prediction.shape} and target {target.shape}"
        raise ValueError(f"{loss}: prediction and target must have equal shapes, but have {shapes}; reshape one.")
    if prediction.size == 0:
        raise ValueError(f"{loss}: the batch is empty.")
    return prediction, target.astype(prediction.dtype, copy=False)

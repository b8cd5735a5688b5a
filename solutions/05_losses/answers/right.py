# %% blackboard: the formulas as they stand in the chapter
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.prediction, self.target = prediction, target
        return np.mean((prediction - target) ** 2)

    def backward(self):
        return 2 / self.prediction.size * (self.prediction - self.target)

# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.ndim > 2 or prediction.size != len(prediction):
            raise ValueError("both (N,) or both (N, 1), please")
        self.z, self.y, self.N = prediction, target, len(prediction)
        softplus = np.maximum(self.z, 0) + np.log(1 + np.exp(-np.abs(self.z)))
        return np.mean(softplus - self.y * self.z)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / self.N

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y, self.N = prediction, target, len(target)
        top = self.z.max(axis=1)
        logsumexp = top + np.log(np.sum(np.exp(self.z - top[:, None]), axis=1))
        return np.mean(logsumexp - self.z[np.arange(self.N), self.y])

    def backward(self):
        e = np.exp(self.z - self.z.max(axis=1)[:, None])
        s = e / e.sum(axis=1)[:, None]
        onehot = np.zeros(s.shape)
        onehot[np.arange(self.N), self.y] = 1
        return (s - onehot) / self.N

# %% no-numpy-inside: loops and the math module
# cell: mse
import math


def entries(array):
    """The numbers of an array, one after the other."""
    return [float(number) for number in np.asarray(array).reshape(-1)]


class MeanSquaredError:
    def forward(self, prediction, target):
        if tuple(prediction.shape) != tuple(target.shape):
            raise ValueError("prediction and target must have the same shape")
        self.shape = prediction.shape
        self.differences = []
        for p, t in zip(entries(prediction), entries(target)):
            self.differences.append(p - t)
        total = 0
        for d in self.differences:
            total += d * d
        return total / len(self.differences)

    def backward(self):
        n = len(self.differences)
        return np.array([2 * d / n for d in self.differences]).reshape(self.shape)

# cell: bce
def term(z, y):
    """log(1 + e^z) - y z of one example."""
    if z > 0:
        return z + math.log1p(math.exp(-z)) - y * z
    return math.log1p(math.exp(z)) - y * z


def slope(z, y):
    if z > 0:
        return 1 / (1 + math.exp(-z)) - y
    return math.exp(z) / (1 + math.exp(z)) - y


class BinaryCrossEntropy:
    def forward(self, prediction, target):
        n = prediction.shape[0]
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        if prediction.shape != (n,) and prediction.shape != (n, 1):
            raise ValueError("one logit for each example")
        self.shape, self.pairs = prediction.shape, list(zip(entries(prediction), entries(target)))
        return sum(term(z, y) for z, y in self.pairs) / n

    def backward(self):
        n = len(self.pairs)
        return np.array([slope(z, y) / n for z, y in self.pairs]).reshape(self.shape)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.rows = [[float(z) for z in row] for row in prediction]
        self.labels = [int(label) for label in target]
        losses = []
        for row, label in zip(self.rows, self.labels):
            top = max(row)
            losses.append(top - row[label] + math.log(sum(math.exp(z - top) for z in row)))
        return math.fsum(losses) / len(losses)

    def backward(self):
        gradient = []
        for row, label in zip(self.rows, self.labels):
            top = max(row)
            e = [math.exp(z - top) for z in row]
            s = [x / sum(e) for x in e]
            s[label] -= 1
            gradient.append([x / len(self.rows) for x in s])
        return np.array(gradient)

# %% logaddexp: lets NumPy do the stable part
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if np.shape(prediction) != np.shape(target):
            raise ValueError
        self.d = np.subtract(prediction, target)
        return np.linalg.norm(self.d) ** 2 / self.d.size

    def backward(self):
        return np.multiply(self.d, 2 / self.d.size)

# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if np.shape(prediction) != np.shape(target):
            raise ValueError
        if np.shape(prediction)[1:] not in ((), (1,)):
            raise ValueError
        self.z, self.y = prediction, target
        return float((np.logaddexp(0, prediction) - target * prediction).mean())

    def backward(self):
        log_p = -np.logaddexp(0, -self.z)
        return (np.exp(log_p) - self.y) / self.z.size

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.log_p = prediction - np.logaddexp.reduce(prediction, axis=1, keepdims=True)
        self.at = (np.arange(len(target)), target)
        return -self.log_p[self.at].mean()

    def backward(self):
        g = np.exp(self.log_p)
        g[self.at] -= 1.0
        return g / g.shape[0]

# %% gradient-in-forward: a common base class, the gradient is computed in forward already
# cell: mse
class Loss:
    def forward(self, prediction, target):
        value, self.gradient = self.compute(np.asarray(prediction, dtype=float), np.asarray(target))
        return value

    def backward(self):
        return self.gradient


class MeanSquaredError(Loss):
    def compute(self, p, t):
        if p.shape != t.shape:
            raise ValueError(f"{p.shape} is not {t.shape}")
        d = p - t
        return np.average(d * d), d * 2 / d.size

# cell: bce
class BinaryCrossEntropy(Loss):
    def compute(self, z, y):
        ok = z.ndim == 1 or (z.ndim == 2 and z.shape[1] == 1)
        if not ok or z.shape != y.shape:
            raise ValueError(f"{z.shape}, {y.shape}")
        e = np.exp(-abs(z))
        p = np.where(z >= 0, 1, e) / (1 + e)
        return (z.clip(min=0) - z * y + np.log1p(e)).mean().item(), (p - y) / y.size

# cell: cross-entropy
class SoftmaxCrossEntropy(Loss):
    def compute(self, z, labels):
        N, C = z.shape
        z = z - z.max(axis=-1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=-1, keepdims=True)
        onehot = labels[:, None] == np.arange(C)
        loss = (np.log(total)[:, 0] - z[onehot]).sum() / N
        return loss, (e / total - onehot) / N

# %% one-hot-einsum: np.eye and einsum
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("no broadcasting here")
        self.r = (prediction - target).ravel()
        self.s = prediction.shape
        return np.einsum("i,i->", self.r, self.r) / len(self.r)

    def backward(self):
        return (2.0 * self.r / len(self.r)).reshape(self.s)

# cell: bce
class BinaryCrossEntropy:
    """As a softmax over the two logits 0 and z."""

    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape not in {(len(prediction),), (len(prediction), 1)}:
            raise ValueError("shapes")
        self.shape = prediction.shape
        z = np.stack([np.zeros(len(prediction)), prediction.reshape(-1)], axis=1)
        z = z - z.max(axis=1, keepdims=True)
        self.log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.onehot = np.eye(2)[target.reshape(-1).astype(int)]
        return -np.einsum("nc,nc->", self.log_s, self.onehot) / len(z)

    def backward(self):
        return ((np.exp(self.log_s) - self.onehot)[:, 1] / len(self.onehot)).reshape(self.shape)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        n, c = prediction.shape
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.onehot = np.eye(c)[target]
        return -np.einsum("nc,nc->", self.log_s, self.onehot) / n

    def backward(self):
        return (np.exp(self.log_s) - self.onehot) / len(self.onehot)

# %% warns-of-overflow: both branches of np.where are computed, and one of them overflows without harm
# cell: bce
class BinaryCrossEntropy:
    def sigmoid(self, z):
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shape mismatch")
        if prediction.ndim == 2 and prediction.shape[1] != 1 or prediction.ndim > 2:
            raise ValueError("only one logit per example")
        self.y = target
        self.p = self.sigmoid(prediction)
        softplus = np.where(prediction > 0, prediction + np.log(1 + np.exp(-prediction)), np.log(1 + np.exp(prediction)))
        return np.mean(softplus - target * prediction)

    def backward(self):
        return (self.p - self.y) / self.p.shape[0]

# %% borrowed-activations: Softplus, Sigmoid and Softmax of assignment 2
# cell: bce
from mlpkit import Sigmoid, Softmax, Softplus


class BinaryCrossEntropy:
    def __init__(self):
        self.softplus, self.sigmoid = Softplus(), Sigmoid()

    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape not in ((len(target),), (len(target), 1)):
            raise ValueError("(N,) or (N, 1)")
        self.z, self.y = prediction, target
        return np.mean(self.softplus.forward(prediction) - target * prediction)

    def backward(self):
        return (self.sigmoid.forward(self.z) - self.y) / len(self.y)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.target = prediction, target
        biggest = prediction.max(axis=1)
        own = np.take_along_axis(prediction, target[:, None], axis=1)[:, 0]
        return np.mean(biggest - own + np.log(np.exp(prediction - biggest[:, None]).sum(axis=1)))

    def backward(self):
        s = Softmax().forward(self.z)
        at = self.target[:, None]
        np.put_along_axis(s, at, np.take_along_axis(s, at, axis=1) - 1, axis=1)
        return s / len(self.target)

# %% talks-a-lot: prints and warnings left in
# cell: mse
import sys
import warnings


class MeanSquaredError:
    def forward(self, prediction, target):
        print("mse", prediction.shape, target.shape)
        if prediction.shape != target.shape:
            print("these do not fit", file=sys.stderr)
            raise ValueError("these do not fit")
        self.diff = prediction - target
        return np.square(self.diff).mean()

    def backward(self):
        print("gradient", self.diff.shape, file=sys.stderr)
        return 2 * self.diff / np.prod(self.diff.shape)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        if abs(prediction).max() > 100:
            warnings.warn("these logits are large")
        z = prediction - np.amax(prediction, axis=1).reshape(-1, 1)
        log_probs = z - np.log(np.exp(z).sum(axis=1)).reshape(-1, 1)
        self.p, self.t = np.exp(log_probs), target
        loss = sum(-log_probs[i, t] for i, t in enumerate(target)) / len(target)
        print(f"loss {loss:.4f}")
        return loss

    def backward(self):
        warnings.warn("backward was called", RuntimeWarning)
        grad = self.p.copy()
        for i, t in enumerate(self.t):
            grad[i, t] -= 1
        grad /= len(self.t)
        return grad

# %% log-sigmoid: log p and log(1 − p), each computed stably
# cell: bce
def log_sigmoid(z):
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.ndim not in (1, 2) or prediction.shape[-1] != 1 and prediction.ndim == 2:
            raise ValueError(f"{prediction.shape} and {target.shape}")
        self.z, self.y = prediction, target
        losses = -(target * log_sigmoid(prediction) + (1 - target) * log_sigmoid(-prediction))
        return float(np.mean(losses))

    def backward(self):
        sigma = np.exp(log_sigmoid(self.z))
        return (-self.y * (1 - sigma) + (1 - self.y) * sigma) / len(self.y)

# %% signed-labels: turns 0 and 1 into −1 and +1
# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        z, y = np.array(prediction), np.array(target)
        if not (z.shape == y.shape and (z.ndim == 1 or z.ndim == 2 and z.shape[1] == 1)):
            raise ValueError("expected two vectors or two columns")
        self.sign = 2.0 * y - 1
        self.margin = self.sign * z
        return np.logaddexp(0, -self.margin).sum() / len(z)

    def backward(self):
        # 1 / (1 + e^m) without overflow
        return -self.sign * 0.5 * (1 - np.tanh(self.margin / 2)) / len(self.sign)

# %% masks: positive and negative logits apart
# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        n = len(prediction)
        for array in (prediction, target):
            if array.shape != (n,) and array.shape != (n, 1):
                raise ValueError("bad shape")
        if prediction.shape != target.shape:
            raise ValueError("bad shapes")
        up, down = prediction > 0, prediction <= 0
        soft = np.empty_like(prediction)
        soft[up] = prediction[up] + np.log1p(np.exp(-prediction[up]))
        soft[down] = np.log1p(np.exp(prediction[down]))
        self.grad = np.empty_like(prediction)
        self.grad[up] = 1 / (1 + np.exp(-prediction[up]))
        self.grad[down] = np.exp(prediction[down]) / (1 + np.exp(prediction[down]))
        self.grad -= target
        self.grad /= n
        return np.mean(soft - prediction * target)

    def backward(self):
        return self.grad.copy()

# %% properties-and-slots: slots, a dataclass, a property
# cell: mse
from dataclasses import dataclass, field


@dataclass
class MeanSquaredError:
    residual: np.ndarray = field(default=None, repr=False)

    @property
    def n(self):
        return self.residual.size

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        if prediction.shape != target.shape:
            raise ValueError(f"shapes {prediction.shape} and {target.shape} differ")
        self.residual = prediction - target
        return float(np.vdot(self.residual, self.residual)) / self.n

    def backward(self) -> np.ndarray:
        return (self.residual + self.residual) / self.n

# cell: cross-entropy
class SoftmaxCrossEntropy:
    __slots__ = ("_z", "_labels")

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        self._z = prediction - np.max(prediction, axis=1, keepdims=True)
        self._labels = target
        return float(np.mean(np.log(np.sum(np.exp(self._z), axis=1)) - self._z.ravel()[self._index]))

    @property
    def _index(self):
        rows, classes = self._z.shape
        return np.arange(rows) * classes + self._labels

    def backward(self) -> np.ndarray:
        flat = (np.exp(self._z) / np.exp(self._z).sum(axis=1, keepdims=True)).ravel()
        flat[self._index] -= 1
        return flat.reshape(self._z.shape) / len(self._z)

# %% long-double: more digits inside, float64 outside
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError
        self.d = prediction.astype(np.longdouble) - target
        return float((self.d**2).mean())

    def backward(self):
        return (2 * self.d / self.d.size).astype(float)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction.astype(np.longdouble)
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.target = e / e.sum(axis=1, keepdims=True), target
        return float((np.log(e.sum(axis=1)) - z[range(len(z)), target]).mean())

    def backward(self):
        minus = np.zeros(self.s.shape)
        minus[range(len(minus)), self.target] = 1
        return np.array(self.s - minus, dtype=float) / len(minus)

# %% own-error: a subclass of ValueError, and copies of everything
# cell: mse
class ShapeError(ValueError):
    pass


class MeanSquaredError:
    def __init__(self):
        self.history = []

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ShapeError(prediction.shape, target.shape)
        self.history.append((prediction.copy(), target.copy()))
        return np.array(np.mean((target - prediction) ** 2))  # 0-d

    def backward(self):
        prediction, target = self.history[-1]
        return -2 * (target - prediction) / target.size

# cell: bce
class BinaryCrossEntropy:
    def __init__(self):
        self.history = []

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ShapeError(prediction.shape, target.shape)
        if len(prediction.shape) > 1 and prediction.shape[1:] != (1,):
            raise ShapeError(prediction.shape)
        self.history.append((prediction.copy(), target.copy()))
        m = np.maximum(0, prediction)
        return (m + np.log(np.exp(-m) + np.exp(prediction - m)) - prediction * target).mean()

    def backward(self):
        z, y = self.history[-1]
        m = np.maximum(0, z)
        return (np.exp(z - m) / (np.exp(-m) + np.exp(z - m)) - y) / len(z)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        rows = [row - row.max() for row in prediction]
        self.s = np.array([np.exp(row) / np.exp(row).sum() for row in rows])
        self.target = target.copy()
        return np.array(np.mean([np.log(np.exp(row).sum()) - row[t] for row, t in zip(rows, target)]))

    def backward(self):
        return np.array([(s - np.eye(len(s))[t]) / len(self.s) for s, t in zip(self.s, self.target)])

# %% closures: forward leaves a function behind
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes")
        d = prediction - target
        self.backward = lambda: (2 / d.size) * d
        # mean of squares = variance + square of the mean
        return d.var() + d.mean() ** 2

    def backward(self):
        raise RuntimeError("forward first")

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        N = len(prediction)
        z = (prediction.T - prediction.max(axis=1)).T
        norm = np.exp(z).sum(axis=1)

        def gradient():
            g = (np.exp(z).T / norm).T / N
            g[np.arange(N), target] -= 1 / N
            return g

        self.gradient = gradient
        return (np.log(norm).sum() - z[np.arange(N), target].sum()) / N

    def backward(self):
        return self.gradient()

# %% expanded-square: a² − 2ab + b², and the mean taken axis by axis
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("different shapes")
        self.p, self.t = prediction, target
        result = prediction**2 - 2 * prediction * target + target**2
        while np.ndim(result):
            result = result.mean(axis=-1)
        return result

    def backward(self):
        return (2 * self.p - 2 * self.t) / self.p.size

# %% sorted-logits: sums the exponentials from the smallest to the largest
# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        ordered = np.sort(prediction, axis=1)
        self.top, self.rest = ordered[:, -1], ordered[:, :-1]
        others = np.exp(self.rest - self.top[:, None]).sum(axis=1)
        self.log_total = np.log1p(others)
        self.z, self.y = prediction, target
        return np.mean(self.log_total + (self.top - np.choose(target, prediction.T)))

    def backward(self):
        s = np.exp(self.z - self.top[:, None] - self.log_total[:, None])
        return (s - np.identity(s.shape[1])[self.y]) / s.shape[0]

# %% ada: as the chapter writes it, with helpers of her own
# student: ada
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

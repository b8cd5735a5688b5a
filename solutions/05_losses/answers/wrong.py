# %% mse-sum: adds up and never divides
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.gradient-of-sum mse.summed
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.sum(self.d**2)

    def backward(self):
        return 2 * self.d

# %% mse-rows: divides by the number of rows
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.by-rows mse.gradient-by-rows
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.sum(self.d**2) / len(self.d)

    def backward(self):
        return 2 * self.d / len(self.d)

# %% mse-half: the ½ of another textbook
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.halved mse.no-two
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return 0.5 * np.mean(self.d**2)

    def backward(self):
        return self.d / self.d.size

# %% mse-half-per-row: ½ Σ over the features, mean over the rows
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.difference-by-rows mse.half-sum-by-rows
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.sum(self.d**2) / (2 * len(self.d))

    def backward(self):
        return self.d / len(self.d)

# %% mse-no-two: forgets the inner derivative
# earns: mse-backward 0
# named: mse.no-two
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return self.d / self.d.size

# %% mse-bare-difference: neither the 2 nor the mean
# earns: mse-backward 0
# named: mse.bare-difference
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return self.d

# %% mse-sign: target minus prediction
# earns: mse-backward 0
# says: wrong sign
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.err = target - prediction
        return np.mean(self.err**2)

    def backward(self):
        return 2 * self.err / self.err.size

# %% mse-broadcasts: no look at the shapes
# earns: mse-forward 1
# named: mse.shapes-unchecked
class MeanSquaredError:
    def forward(self, prediction, target):
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-helpful: reshapes the target until it fits
# earns: mse-forward 1
# named: mse.reshapes
class MeanSquaredError:
    def forward(self, prediction, target):
        target = np.asarray(target).reshape(prediction.shape)
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-compares-sizes: the number of elements instead of the shape
# earns: mse-forward 1
# named: mse.reshapes
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.size != target.size:
            raise ValueError("not the same number of elements")
        self.shape = prediction.shape
        self.d = prediction.ravel() - target.ravel()
        return np.mean(self.d**2)

    def backward(self):
        return (2 * self.d / self.d.size).reshape(self.shape)

# %% mse-compares-lengths: the first axis only
# earns: mse-forward 1
# named: mse.compares-rows
class MeanSquaredError:
    def forward(self, prediction, target):
        if len(prediction) != len(target):
            raise ValueError("not the same number of examples")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-compares-ndim: the number of axes only
# earns: mse-forward 1
# named: mse.compares-axes
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.ndim != target.ndim:
            raise ValueError("not the same number of axes")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-asserts: an assert for the shapes
# earns: mse-forward 1
# named: mse.asserts
class MeanSquaredError:
    def forward(self, prediction, target):
        assert prediction.shape == target.shape, "shapes differ"
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-prints-error: complains and goes on
# earns: mse-forward 1
# named: mse.shapes-unchecked
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            print("ValueError: shapes differ")
            return None
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-root: the root mean square
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.gradient-of-root mse.root
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        self.loss = np.sqrt(np.mean(self.d**2))
        return self.loss

    def backward(self):
        return self.d / (self.d.size * self.loss)

# %% mse-absolute: the mean absolute error
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.absolute mse.gradient-of-absolute
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(np.abs(self.d))

    def backward(self):
        return np.sign(self.d) / self.d.size

# %% mse-in-place: computes the difference in the caller's array
# earns: mse-forward 0
# says: forward wrote into the array prediction
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        prediction -= target
        self.d = prediction
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-late-in-place: keeps the caller's arrays and subtracts in backward
# earns: mse-backward 0
# named: mse.backward-writes-prediction
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.prediction, self.target = prediction, target
        return np.mean((prediction - target) ** 2)

    def backward(self):
        self.prediction -= self.target
        return 2 * self.prediction / self.prediction.size

# %% mse-scaled-cache: scales what forward kept
# earns: mse-backward 0
# says: The gradient is right the first time and wrong the second: backward must leave what is kept as it is, and start anew
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        self.d *= 2 / self.d.size
        return self.d

# %% mse-per-column: the mean over the rows only
# earns: mse-forward 0
# says: an array
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2, axis=0)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-divided-twice: the mean, and once more the batch
# earns: mse-backward 0
# named: mse.gradient-by-n-again
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size / len(self.d)

# %% mse-two-axes: loops that need exactly two axes
# earns: mse-forward 0
# earns: mse-backward 0
# says: forward(…) raised ValueError
# says: backward(…) raised
# unseen: mse-forward mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        N, M = prediction.shape
        self.grad = np.zeros((N, M))
        total = 0.0
        for n in range(N):
            for m in range(M):
                d = prediction[n, m] - target[n, m]
                total += d**2
                self.grad[n, m] = 2 * d / (N * M)
        return total / (N * M)

    def backward(self):
        return self.grad

# %% mse-twelve: the number of elements of the visible test
# earns: mse-backward 0
# named: mse.gradient-by-test-size
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return self.d / 6

# %% mse-first-size: keeps the number of elements of the first batch
# earns: mse-forward 0
# earns: mse-backward 0
# says: The loss is wrong for a second batch of another size: is the size of the first batch remembered?
# unseen: mse-backward
class MeanSquaredError:
    n = None

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        if self.n is None:
            self.n = prediction.size
        self.d = prediction - target
        return np.sum(self.d**2) / self.n

    def backward(self):
        return 2 * self.d / self.n

# %% mse-first-batch: the gradient is computed once and for all
# earns: mse-backward 0
# says: The gradient is wrong for a second batch of another size: is the size of the first batch remembered?
# unseen: mse-backward
class MeanSquaredError:
    def __init__(self):
        self.grad = None

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        if self.grad is None:
            self.grad = 2 * self.d / self.d.size
        return self.grad

# %% mse-integer-buffer: the gradient is collected in an array like the target
# earns: mse-backward 0
# says: integer targets
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.prediction, self.target = prediction, target
        return np.mean((prediction - target) ** 2)

    def backward(self):
        gradient = np.zeros_like(self.target)
        gradient[...] = 2 * (self.prediction - self.target) / self.target.size
        return gradient

# %% mse-class-cache: one difference for all objects
# earns: mse-backward 0
# says: another loss
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        MeanSquaredError.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-square-of-mean: the mean first, then the square
# earns: mse-forward 0
# earns: mse-backward 0
# named: mse.gradient-of-square-of-mean mse.square-of-mean
# unseen: mse-backward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d) ** 2

    def backward(self):
        return np.full(self.d.shape, 2 * np.mean(self.d) / self.d.size)

# %% mse-variance: np.var of the difference
# earns: mse-forward 0
# named: mse.variance
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.var(self.d)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-upstream: a loss like a layer
# earns: mse-backward 0
# says: missing 1 required positional argument
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self, upstream):
        return upstream * 2 * self.d / self.d.size

# %% mse-single-precision: float32 inside
# earns: mse-forward 0
# earns: mse-backward 0
# says: float32
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = (prediction - target).astype("float32")
        return float(np.mean(self.d**2))

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-prints: prints the loss and stores the gradient
# earns: mse-forward 0
# earns: mse-backward 0
# says: None
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        print(np.mean(self.d**2))

    def backward(self):
        self.gradient = 2 * self.d / self.d.size

# %% mse-times-loss: multiplies by the loss, "chain rule"
# earns: mse-backward 0
# named: mse.gradient-times-loss
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        self.L = np.mean(self.d**2)
        return self.L

    def backward(self):
        return self.L * 2 * self.d / self.d.size

# %% mse-pair: forward returns the gradient as well
# earns: mse-forward 0
# says: of type tuple
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2), 2 * self.d / self.d.size

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-no-backward: only the first method
# earns: mse-backward 0
# says: has no attribute 'backward'
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        return np.mean((prediction - target) ** 2)

# %% from-p: sigmoid first, logarithm afterwards
# earns: bce-forward 0
# named: bce.from-p
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return -np.mean(target * np.log(self.p) + (1 - target) * np.log(1 - self.p))

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% from-p-where: the same with np.where
# earns: bce-forward 0
# named: bce.from-p
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 0.5 + 0.5 * np.tanh(prediction / 2), target
        return -np.log(np.where(target == 1, self.p, 1 - self.p)).mean()

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% bce-epsilon: 1e-12 inside the logarithms
# earns: bce-forward 0
# named: bce.capped
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return -np.mean(target * np.log(self.p + 1e-12) + (1 - target) * np.log(1 - self.p + 1e-12))

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% bce-large-epsilon: 1e-5 inside the logarithms
# earns: bce-forward 0
# named: bce.capped
class BinaryCrossEntropy:
    eps = 1e-5

    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return -np.mean(target * np.log(self.p + self.eps) + (1 - target) * np.log(1 - self.p + self.eps))

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% bce-clipped-p: clips the probability, in both methods
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.capped bce.clipped
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = np.clip(1 / (1 + np.exp(-prediction)), 1e-7, 1 - 1e-7), target
        return -np.mean(target * np.log(self.p) + (1 - target) * np.log(1 - self.p))

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% bce-finely-clipped-p: the same with 1e-12, in backward too
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.capped bce.clipped
# unseen: bce-backward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = np.clip(1 / (1 + np.exp(-prediction)), 1e-12, 1 - 1e-12), target
        return -np.mean(target * np.log(self.p) + (1 - target) * np.log(1 - self.p))

    def backward(self):
        return (self.p - self.y) / len(self.y)

# %% bce-stable-plus-epsilon: a stable formula, and an ε for luck
# earns: bce-forward 0
# named: bce.needless-epsilon
# unseen: bce-forward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.maximum(self.z, 0) - self.y * self.z + np.log(1 + np.exp(-np.abs(self.z)) + 1e-10))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-clipped-logits: clips the logits to ±500
# earns: bce-forward 0
# says: large logits
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = np.clip(prediction, -500, 500), target
        return np.mean(np.log1p(np.exp(self.z)) - self.y * self.z)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-threshold: softplus is the identity from 20 on, as in a famous library
# earns: bce-forward 0
# says: must be tiny
# unseen: bce-forward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        softplus = np.where(prediction > 20, prediction, np.log1p(np.exp(np.minimum(prediction, 20))))
        return np.mean(softplus - self.y * self.z)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-takes-probabilities: no sigmoid anywhere
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.logits-as-probabilities bce.slopes-of-probabilities
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = prediction, target
        return -np.mean(target * np.log(prediction) + (1 - target) * np.log(1 - prediction))

    def backward(self):
        return (self.p - self.y) / (self.p * (1 - self.p)) / len(self.y)

# %% bce-no-sigmoid-in-backward: z − y
# earns: bce-backward 0
# named: bce.no-sigmoid
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (self.z - self.y) / len(self.y)

# %% bce-class-one-only: −y log p and nothing else
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.class-1-alone bce.slopes-class-1-alone
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(target * np.logaddexp(0, -prediction))

    def backward(self):
        return self.y * (1 / (1 + np.exp(-self.z)) - 1) / len(self.y)

# %% bce-class-zero-only: softplus alone, right as long as every target is 0
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.all-0 bce.slopes-all-0
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z = prediction
        return np.mean(np.logaddexp(0, prediction))

    def backward(self):
        return 1 / (1 + np.exp(-self.z)) / len(self.z)

# %% bce-drops-class-one: (1 − y) softplus(z)
# earns: bce-forward 0
# named: bce.class-0-alone
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean((1 - target) * np.logaddexp(0, prediction))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-sum: sums, in forward and backward
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.summed
# says: was the mean over the batch forgotten
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.sum(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return 1 / (1 + np.exp(-self.z)) - self.y

# %% bce-no-mean-in-backward: p − y, and that is all
# earns: bce-backward 0
# says: was the mean over the batch forgotten
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return 1 / (1 + np.exp(-self.z)) - self.y

# %% bce-divided-twice: / N and a mean
# earns: bce-backward 0
# named: bce.gradient-by-n-twice
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.N = len(target)
        self.delta = (1 / (1 + np.exp(-prediction)) - target) / self.N
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return self.delta / self.N

# %% bce-sign: y − p
# earns: bce-backward 0
# says: wrong sign
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (self.y - 1 / (1 + np.exp(-self.z))) / len(self.y)

# %% bce-negative: the minus sign is lost
# earns: bce-forward 0
# named: bce.no-minus
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(target * prediction - np.logaddexp(0, prediction))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-sigmoid-prime-stays: the factor p (1 − p) is not cancelled
# earns: bce-backward 0
# named: bce.factor-left-over
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (self.p - self.y) * self.p * (1 - self.p) / len(self.y)

# %% bce-stops-at-p: dL/dp, not dL/dz
# earns: bce-backward 0
# named: bce.stops-at-p
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (self.p - self.y) / (self.p * (1 - self.p)) / len(self.y)

# %% bce-chain-through-p: divides by p (1 − p) and multiplies again
# earns: bce-backward 0
# named: bce.gradient-not-finite
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        dp = -self.y / self.p + (1 - self.y) / (1 - self.p)
        return dp * self.p * (1 - self.p) / len(self.y)

# %% bce-chain-with-epsilon: the same, with 1e-12 against division by zero
# earns: bce-backward 0
# says: large logits
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        dp = (self.p - self.y) / (self.p * (1 - self.p) + 1e-12)
        return dp * self.p * (1 - self.p) / len(self.y)

# %% bce-overflowing-sigmoid: e^z / (1 + e^z)
# earns: bce-backward 0
# named: bce.gradient-not-finite
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (np.exp(self.z) / (1 + np.exp(self.z)) - self.y) / len(self.y)

# %% bce-clipped-gradient: no gradient outside ±20
# earns: bce-backward 0
# says: large logits
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) * (np.abs(self.z) < 20) / len(self.y)

# %% bce-log10: base 10
# earns: bce-forward 0
# named: bce.base-10
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        z = prediction
        return np.mean((np.maximum(z, 0) - z * target) / np.log(10) + np.log10(1 + np.exp(-np.abs(z))))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-half-log10: base 10 where the logarithm is written, nowhere else
# earns: bce-forward 0
# named: bce.log10
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        z = prediction
        return np.mean(np.maximum(z, 0) - z * target + np.log10(1 + np.exp(-np.abs(z))))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-softplus-overflows: log(1 + e^z) as it stands
# earns: bce-forward 0
# named: bce.exponential-overflows
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.log(1 + np.exp(prediction)) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-no-abs: e^(−z) where e^(−|z|) belongs
# earns: bce-forward 0
# named: bce.no-absolute-value
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.maximum(prediction, 0) - prediction * target + np.log1p(np.exp(-prediction)))

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-broadcasts: shapes are never looked at
# earns: bce-forward 2
# named: bce.shapes-unchecked
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-any-equal-shapes: checks that the shapes agree, but not what they are
# earns: bce-forward 2
# named: bce.any-equal-shapes
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / self.y.size

# %% bce-flattens: flattens both, whatever they are
# earns: bce-forward 2
# earns: bce-backward 0
# named: bce.backward-flat bce.reshapes
# unseen: bce-backward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y = prediction.ravel(), target.ravel()
        if len(self.z) != len(self.y):
            raise ValueError("lengths differ")
        return np.mean(np.logaddexp(0, self.z) - self.y * self.z)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-vectors-only: refuses (N, 1)
# earns: bce-forward 0
# earns: bce-backward 0
# says: forward(…) raised ValueError: only (N,)
# says: backward(…) raised
# unseen: bce-backward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.ndim != 1 or prediction.shape != target.shape:
            raise ValueError("only (N,)")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-type-error: the wrong kind of error
# earns: bce-forward 2
# named: bce.raises-type-error
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise TypeError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-signed-formula: log(1 + e^(−yz)) is for labels −1 and +1
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.signed-labels bce.slopes-class-1-alone
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, -target * prediction))

    def backward(self):
        return -self.y / (1 + np.exp(self.y * self.z)) / len(self.y)

# %% bce-sigmoid-twice: the loss of σ(σ(z))
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.sigmoid-twice bce.slopes-sigmoid-twice
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = sigmoid(prediction), target
        return np.mean(np.logaddexp(0, self.p) - target * self.p)

    def backward(self):
        return (sigmoid(self.p) - self.y) / len(self.y)

# %% bce-decides: the predicted class instead of the probability
# earns: bce-backward 0
# named: bce.decides
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        return ((self.z >= 0) - self.y) / len(self.y)

# %% bce-eats-p: p − y is computed in the cache
# earns: bce-backward 0
# says: The gradient is right the first time and wrong the second: backward must leave what is kept as it is, and start anew
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        self.p -= self.y
        return self.p / len(self.y)

# %% bce-vector-of-one: sum over the rows only
# earns: bce-forward 0
# named: bce.vector-of-one
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return sum(np.logaddexp(0, prediction) - target * prediction) / len(target)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-swapped: targets the other way round
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.slopes-swapped bce.swapped
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - (1 - target) * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - (1 - self.y)) / len(self.y)

# %% bce-brier: the squared error of the probability
# earns: bce-forward 0
# earns: bce-backward 0
# named: bce.slopes-squared-error bce.squared-error
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean((self.p - target) ** 2)

    def backward(self):
        return 2 * (self.p - self.y) * self.p * (1 - self.p) / len(self.y)

# %% bce-column-mean: divides by the number of columns
# earns: bce-backward 0
# says: was the mean over the batch forgotten
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.logaddexp(0, prediction) - target * prediction)

    def backward(self):
        columns = self.y.shape[1] if self.y.ndim == 2 else 1
        return (1 / (1 + np.exp(-self.z)) - self.y) / columns

# %% bce-integer-losses: collects the losses in an array like the targets
# earns: bce-forward 0
# named: bce.whole-terms
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        losses = np.zeros_like(target)
        losses[...] = np.logaddexp(0, prediction) - target * prediction
        return losses.mean()

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% ce-sum: sums, in forward and backward
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.summed
# says: was the mean over the batch forgotten
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.sum(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return self.e / self.e.sum(axis=1, keepdims=True) - np.eye(self.e.shape[1])[self.y]

# %% ce-mean-of-all: np.mean over N·C entries
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.by-c-too cross-entropy.gradient-by-c-too
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.s, self.onehot = np.exp(log_s), np.eye(z.shape[1])[target]
        return -np.mean(self.onehot * log_s)

    def backward(self):
        return (self.s - self.onehot) / self.s.size

# %% ce-no-shift: exponentials as they come
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-unshifted cross-entropy.loss-unshifted
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return -np.mean(np.log(self.s[np.arange(len(target)), target]))

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-log-of-softmax: a stable softmax, whose logarithm is taken afterwards
# earns: cross-entropy-forward 0
# named: cross-entropy.log-of-softmax
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return -np.mean(np.log(self.s[np.arange(len(target)), target]))

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-epsilon: log(s + 1e-12)
# earns: cross-entropy-forward 0
# named: cross-entropy.capped
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return -np.mean(np.log(self.s[np.arange(len(target)), target] + 1e-12))

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-clipped: np.clip(s, 1e-7, 1 − 1e-7)
# earns: cross-entropy-forward 0
# named: cross-entropy.capped
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        e = np.exp(prediction - prediction.max(axis=1, keepdims=True))
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return -np.mean(np.log(np.clip(self.s, 1e-7, 1 - 1e-7)[np.arange(len(target)), target]))

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-stable-plus-epsilon: 1e-10 in a logarithm that needs none
# earns: cross-entropy-forward 0
# named: cross-entropy.needless-epsilon
# unseen: cross-entropy-forward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1) + 1e-10) - z[np.arange(len(z)), target])

    def backward(self):
        g = self.e / self.e.sum(axis=1, keepdims=True)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-padded-denominator: + 1e-8 below the fraction line
# earns: cross-entropy-backward 0
# named: cross-entropy.softmax-padded
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        g = self.e / (self.e.sum(axis=1, keepdims=True) + 1e-8)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-finely-padded: + 1e-12 below the fraction line
# earns: cross-entropy-backward 0
# named: cross-entropy.softmax-padded
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        g = self.e / (self.e.sum(axis=1, keepdims=True) + 1e-12)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-global-maximum: one shift for the whole batch
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-one-maximum cross-entropy.loss-one-maximum
# unseen: cross-entropy-forward cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max()
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        g = self.e / self.e.sum(axis=1, keepdims=True)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-maximum-added: plus for minus
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-maximum-added cross-entropy.loss-maximum-added
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction + prediction.max(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        g = self.e / self.e.sum(axis=1, keepdims=True)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-shift-by-label: every row shifted by the logit of its label
# earns: cross-entropy-forward 0
# named: cross-entropy.shifted-by-label
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y = prediction, target
        own = prediction[np.arange(len(target)), target][:, None]
        return np.mean(np.log(np.exp(prediction - own).sum(axis=1)))

    def backward(self):
        e = np.exp(self.z - self.z.max(axis=1, keepdims=True))
        g = e / e.sum(axis=1, keepdims=True)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-half-shifted: shifts inside the sum, but not at the label
# earns: cross-entropy-forward 0
# named: cross-entropy.half-shift
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.e, self.y = np.exp(prediction - prediction.max(axis=1, keepdims=True)), target
        return np.mean(np.log(self.e.sum(axis=1)) - prediction[np.arange(len(target)), target])

    def backward(self):
        g = self.e / self.e.sum(axis=1, keepdims=True)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-axis-zero: a softmax down the columns
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-down-columns cross-entropy.loss-down-columns
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=0)
        log_s = z - np.log(np.exp(z).sum(axis=0))
        self.s, self.y = np.exp(log_s), target
        return -np.mean(log_s[np.arange(len(z)), target])

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-one-normaliser: one sum for the whole batch
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-one-sum cross-entropy.loss-one-sum
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max()
        log_s = z - np.log(np.exp(z).sum())
        self.s, self.y = np.exp(log_s), target
        return -np.mean(log_s[np.arange(len(z)), target])

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-softmax-twice: probabilities go through the softmax again
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-softmax-twice cross-entropy.loss-softmax-twice
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.s, self.y = softmax(softmax(prediction)), target
        return -np.mean(np.log(self.s[np.arange(len(target)), target]))

    def backward(self):
        g = self.s.copy()
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-takes-probabilities: no softmax anywhere
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.logits-as-probabilities cross-entropy.slopes-of-probabilities
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.p, self.y = prediction, target
        return -np.mean(np.log(prediction[np.arange(len(target)), target]))

    def backward(self):
        g = np.zeros_like(self.p)
        rows = np.arange(len(g))
        g[rows, self.y] = -1 / self.p[rows, self.y]
        return g / len(g)

# %% ce-logits-minus-one-hot: no softmax in backward
# earns: cross-entropy-backward 0
# named: cross-entropy.no-softmax
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y = prediction, target
        z = prediction - prediction.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.z - np.eye(self.z.shape[1])[self.y]) / len(self.z)

# %% ce-whole-columns: z[:, labels]
# earns: cross-entropy-forward 0
# named: cross-entropy.whole-columns
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target
        return -np.mean(self.log_s[:, target])

    def backward(self):
        g = np.exp(self.log_s)
        g[np.arange(len(g)), self.y] -= 1
        return g / len(g)

# %% ce-minus-one-in-columns: g[:, labels] −= 1
# earns: cross-entropy-backward 0
# named: cross-entropy.slopes-whole-columns
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target
        return -np.mean(self.log_s[np.arange(len(z)), target])

    def backward(self):
        g = np.exp(self.log_s)
        g[:, self.y] -= 1
        return g / len(g)

# %% ce-expects-one-hot: multiplies the class numbers into the logarithms
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.numbers-as-one-hot cross-entropy.slopes-numbers-as-one-hot
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target.reshape(-1, 1)
        return -np.sum(self.y * self.log_s) / len(z)

    def backward(self):
        return (np.exp(self.log_s) - self.y) / len(self.y)

# %% ce-one-hot-by-broadcast: s − labels[:, None], the index subtracted as a number
# earns: cross-entropy-backward 0
# named: cross-entropy.slopes-numbers-as-one-hot
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target
        return -np.mean(self.log_s[np.arange(len(z)), target])

    def backward(self):
        return (np.exp(self.log_s) - self.y[:, None]) / len(self.y)

# %% ce-eats-s: s − one-hot is computed in the cache
# earns: cross-entropy-backward 0
# says: The gradient is right the first time and wrong the second: backward must leave what is kept as it is, and start anew
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        self.s[np.arange(len(self.s)), self.y] -= 1
        return self.s / len(self.s)

# %% ce-divides-the-cache: the probabilities are scaled in place
# earns: cross-entropy-backward 0
# says: The gradient is right the first time and wrong the second: backward must leave what is kept as it is, and start anew
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.grad = e / e.sum(axis=1, keepdims=True)
        self.grad[np.arange(len(z)), target] -= 1
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        self.grad /= len(self.grad)
        return self.grad

# %% ce-no-one-hot: the softmax alone
# earns: cross-entropy-backward 0
# named: cross-entropy.no-one-hot
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return self.s / len(self.s)

# %% ce-label-only: a gradient for the right class and none for the others
# earns: cross-entropy-backward 0
# named: cross-entropy.label-column-alone
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        g = np.zeros(self.s.shape)
        rows = np.arange(len(g))
        g[rows, self.y] = self.s[rows, self.y] - 1
        return g / len(g)

# %% ce-sign: one-hot − s
# earns: cross-entropy-backward 0
# says: wrong sign
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (np.eye(self.s.shape[1])[self.y] - self.s) / len(self.s)

# %% ce-negative: the mean of log s
# earns: cross-entropy-forward 0
# named: cross-entropy.no-minus
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        self.log_s, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target
        return np.mean(self.log_s[np.arange(len(z)), target])

    def backward(self):
        return (np.exp(self.log_s) - np.eye(self.log_s.shape[1])[self.y]) / len(self.y)

# %% ce-jacobian-again: s − one-hot goes through the softmax's backward once more
# earns: cross-entropy-backward 0
# named: cross-entropy.softmax-again
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        u = (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)
        return self.s * (u - (u * self.s).sum(axis=1, keepdims=True))

# %% ce-through-probabilities: −1/s at the label, then the softmax's backward
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-not-finite
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        u = -np.eye(self.s.shape[1])[self.y] / self.s / len(self.s)
        return self.s * (u - (u * self.s).sum(axis=1, keepdims=True))

# %% ce-no-mean-in-backward: s − one-hot, and that is all
# earns: cross-entropy-backward 0
# says: was the mean over the batch forgotten
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return self.s - np.eye(self.s.shape[1])[self.y]

# %% ce-divided-twice: 1/N and 1/N
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-by-n-twice
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.g = (e / e.sum(axis=1, keepdims=True) - np.eye(z.shape[1])[target]) / len(z)
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return self.g / len(self.g)

# %% ce-divides-half: 1/N for the one-hot rows only
# earns: cross-entropy-backward 0
# named: cross-entropy.one-hot-alone-by-n
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return self.s - np.eye(self.s.shape[1])[self.y] / len(self.s)

# %% ce-classes-seen: as many classes as the largest label says
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: could not be broadcast
# unseen: cross-entropy-forward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.s, self.onehot = np.exp(log_s), np.zeros((len(target), target.max() + 1))
        self.onehot[np.arange(len(target)), target] = 1
        return -np.sum(self.onehot * log_s) / len(z)

    def backward(self):
        return (self.s - self.onehot) / len(self.s)

# %% ce-shift-in-place: takes the maximum off the caller's logits
# earns: cross-entropy-forward 0
# says: forward wrote into the array prediction
# unseen: cross-entropy-forward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        prediction -= prediction.max(axis=1, keepdims=True)
        e = np.exp(prediction)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - prediction[np.arange(len(e)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-log2: bits instead of nats
# earns: cross-entropy-forward 0
# named: cross-entropy.base-2
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target]) / np.log(2)

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-half-log10: np.log10 of the sum
# earns: cross-entropy-forward 0
# named: cross-entropy.log10
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log10(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-classes-from-one: labels − 1
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-from-one cross-entropy.loss-from-one
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target - 1
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), self.y])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-most-likely: the predicted class instead of the label
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-predicted-class cross-entropy.loss-predicted-class
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return -np.mean(np.log(self.s.max(axis=1)))

    def backward(self):
        onehot = np.eye(self.s.shape[1])[self.s.argmax(axis=1)]
        return (self.s - onehot) / len(self.s)

# %% ce-last-row: = for += in the loop
# earns: cross-entropy-forward 0
# named: cross-entropy.last-row
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.z, self.y = prediction, target
        total = 0
        for row, label in zip(prediction, target):
            row = row - row.max()
            total = np.log(np.exp(row).sum()) - row[label]
        return total / len(target)

    def backward(self):
        e = np.exp(self.z - self.z.max(axis=1, keepdims=True))
        return (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[self.y]) / len(e)

# %% ce-first-label: the first label serves for every row
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-first-label cross-entropy.loss-first-label
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.s, self.y = np.exp(log_s), target[0]
        return -np.mean(log_s[:, self.y])

    def backward(self):
        g = self.s.copy()
        g[:, self.y] -= 1
        return g / len(g)

# %% ce-squeezes: squeeze turns a single row into a vector
# earns: cross-entropy-backward 0
# named: cross-entropy.backward-squeezed
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return np.squeeze((self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s))

# %% ce-three-classes: the number of classes of the visible test
# earns: cross-entropy-backward 0
# says: backward(…) raised
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(3)[self.y]) / len(self.s)

# %% ce-batch-of-four: the batch of the visible test
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-by-test-size
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / 4

# %% ce-shared-default: a mutable default argument as cache
# earns: cross-entropy-backward 0
# says: another loss
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def __init__(self, cache={}):
        self.cache = cache

    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.cache["s"], self.cache["y"] = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        s = self.cache["s"]
        return (s - np.eye(s.shape[1])[self.cache["y"]]) / len(s)

# %% ce-keeps-first-labels: the one-hot rows are made once
# earns: cross-entropy-backward 0
# says: could not be broadcast together
class SoftmaxCrossEntropy:
    onehot = None

    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        if self.onehot is None:
            self.onehot = np.eye(z.shape[1])[target]
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - self.onehot) / len(self.s)

# %% ce-sorts-labels: sorts the caller's labels "for speed"
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: forward wrote into the array target
# unseen: cross-entropy-forward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        target.sort()
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-list: the gradient is a list of rows
# earns: cross-entropy-backward 0
# says: of type list
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        gradient = (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)
        return gradient.tolist()

# %% ce-clipped-logits: logits clipped to ±700
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: The loss is wrong for logits that all lie far from 0
# says: The gradient is wrong for logits that all lie far from 0
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = np.clip(prediction, -700, 700)
        z = z - z.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-not-finished: the second method is still empty
# earns: cross-entropy-backward 0
# says: is None
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        ...

# %% ce-syntax: a bracket too few
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: SyntaxError
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1, keepdims=True
        return 0

# %% wrong-everywhere: sums, a sign and an overflow, one in each class
# earns: mse-forward 0
# earns: mse-backward 0
# earns: bce-forward 0
# earns: bce-backward 0
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: bce.from-p cross-entropy.gradient-unshifted cross-entropy.loss-unshifted mse.summed
# says: wrong sign
# unseen: cross-entropy-backward
# cell: mse
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = target - prediction
        return np.sum(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# cell: bce
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.p, self.y = 1 / (1 + np.exp(-prediction)), target
        return np.mean(-target * np.log(self.p) - (1 - target) * np.log(1 - self.p))

    def backward(self):
        return (self.y - self.p) / len(self.y)

# cell: cross-entropy
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.e, self.y = np.exp(prediction), target
        return np.mean(np.log(self.e.sum(axis=1)) - prediction[np.arange(len(target)), target])

    def backward(self):
        return (self.e / self.e.sum(axis=1, keepdims=True) - np.eye(self.e.shape[1])[self.y]) / len(self.y)

# %% mse-rounded: four decimals look nicer
# earns: mse-forward 0
# named: mse.forward-rounded
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        return round(float(np.mean(self.d**2)), 4)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-result-fits: looks at the shape of the difference instead of the target's
# earns: mse-forward 1
# says: What forward raises
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        self.d = prediction - target
        if self.d.shape != prediction.shape:
            raise ValueError("broadcast")
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-queue: backward answers for the oldest forward that has not been asked for
# earns: mse-backward 0
# says: The gradient is wrong for a second batch of another size: is the size of the first batch remembered?
# unseen: mse-backward
class MeanSquaredError:
    def __init__(self):
        self.waiting = []

    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.waiting.append(prediction - target)
        return np.mean(self.waiting[-1] ** 2)

    def backward(self):
        d = self.waiting.pop(0) if len(self.waiting) > 1 else self.waiting[0]
        return 2 * d / d.size

# %% bce-minus-one: turns the caller's zeros into −1
# earns: bce-forward 0
# says: forward wrote into the array target
# unseen: bce-forward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        target[target == 0] = -1
        self.m, self.sign = target * prediction, target.copy()
        return np.mean(np.logaddexp(0, -self.m))

    def backward(self):
        return -self.sign / (1 + np.exp(self.m)) / len(self.m)

# %% bce-other-exponent: log(1 + e^(−z)) + (1 − y) z, which overflows on the other side
# earns: bce-forward 0
# named: bce.exponential-overflows
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.z, self.y = prediction, target
        return np.mean(np.log1p(np.exp(-prediction)) + (1 - target) * prediction)

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)

# %% bce-integer-targets-only: uses the targets as an index
# earns: bce-forward 0
# earns: bce-backward 0
# says: raised IndexError
# unseen: bce-forward bce-backward
class BinaryCrossEntropy:
    def forward(self, prediction, target):
        if prediction.shape != target.shape or prediction.shape[1:] not in [(), (1,)]:
            raise ValueError("shapes")
        self.sign = np.array([-1.0, 1.0])[target]
        self.m = self.sign * prediction
        return np.mean(np.logaddexp(0, -self.m))

    def backward(self):
        return -self.sign / (1 + np.exp(self.m)) / len(self.m)

# %% ce-no-keepdims: the row maxima stand in a row instead of a column
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: could not be broadcast
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.max(axis=1)
        e = np.exp(z)
        self.s, self.y = (e.T / e.sum(axis=1)).T, target
        return np.mean(np.log(e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) / len(self.s)

# %% ce-weighted-by-class: every class gets the same weight, however often it occurs
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# says: the first entry that differs
# unseen: cross-entropy-forward cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        counts = np.bincount(target, minlength=prediction.shape[1])
        self.weight = 1 / counts[target] / np.count_nonzero(counts)
        z = prediction - prediction.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s, self.y = e / e.sum(axis=1, keepdims=True), target
        return np.sum(self.weight * (np.log(e.sum(axis=1)) - z[np.arange(len(z)), target]))

    def backward(self):
        return (self.s - np.eye(self.s.shape[1])[self.y]) * self.weight[:, None]

# %% mse-compares-sorted-shapes: the same numbers in any order
# earns: mse-forward 1
# says: What forward raises is nothing
# unseen: mse-forward
class MeanSquaredError:
    def forward(self, prediction, target):
        if sorted(prediction.shape) != sorted(target.shape):
            raise ValueError("shapes differ")
        self.d = prediction - target
        return np.mean(self.d**2)

    def backward(self):
        return 2 * self.d / self.d.size

# %% mse-skips-zeros: averages the differences that are not 0
# earns: mse-forward 0
# says: some predictions are exactly right
class MeanSquaredError:
    def forward(self, prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("shapes differ")
        self.d = prediction - target
        wrong = self.d[self.d != 0]
        return np.mean(wrong**2) if wrong.size else 0.0

    def backward(self):
        return 2 * self.d / self.d.size

# %% ce-shift-by-mean: shifts each row by its mean
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-not-finite cross-entropy.loss-not-finite
# unseen: cross-entropy-forward cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - prediction.mean(axis=1, keepdims=True)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.e / self.e.sum(axis=1, keepdims=True) - np.eye(self.e.shape[1])[self.y]) / len(self.e)

# %% ce-positive-maximum: shifts only rows whose maximum is positive
# earns: cross-entropy-forward 0
# earns: cross-entropy-backward 0
# named: cross-entropy.gradient-not-finite cross-entropy.loss-not-finite
# unseen: cross-entropy-forward cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        z = prediction - np.maximum(prediction.max(axis=1, keepdims=True), 0)
        self.e, self.y = np.exp(z), target
        return np.mean(np.log(self.e.sum(axis=1)) - z[np.arange(len(z)), target])

    def backward(self):
        return (self.e / self.e.sum(axis=1, keepdims=True) - np.eye(self.e.shape[1])[self.y]) / len(self.e)

# %% difference-by-shape: the difference computed anew only when the shape changes
# earns: mse-backward 0
# says: wrong for a second batch of the same size
# unseen: mse-backward
class MeanSquaredError:
    d = None
    def forward(self, prediction, target):
        if np.shape(prediction) != np.shape(target):
            raise ValueError("shapes")
        d = prediction - target
        if self.d is None or self.d.shape != d.shape:
            self.d = d
        return float(np.mean(d ** 2))
    def backward(self):
        return 2 * self.d / self.d.size

# %% one-hot-by-shape: one-hot rows made anew only when the shape changes
# earns: cross-entropy-backward 0
# says: wrong for a second batch of the same size
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.y = target
        self.s = prediction - prediction.max(axis=1, keepdims=True)
        self.logs = self.s - np.log(np.exp(self.s).sum(axis=1, keepdims=True))
        return float(-self.logs[np.arange(len(target)), target].mean())
    hot = None
    def backward(self):
        if self.hot is None or self.hot.shape != self.s.shape:
            self.hot = np.zeros(self.s.shape)
            self.hot[np.arange(len(self.y)), self.y] = 1
        return (np.exp(self.logs) - self.hot) / len(self.y)

# %% one-hot-not-cleared: the one-hot buffer is used again and never cleared
# earns: cross-entropy-backward 0
# says: wrong for a second batch of the same size
# unseen: cross-entropy-backward
class SoftmaxCrossEntropy:
    def forward(self, prediction, target):
        self.y = target
        self.s = prediction - prediction.max(axis=1, keepdims=True)
        self.logs = self.s - np.log(np.exp(self.s).sum(axis=1, keepdims=True))
        return float(-self.logs[np.arange(len(target)), target].mean())
    hot = None
    def backward(self):
        if self.hot is None or self.hot.shape != self.s.shape:
            self.hot = np.zeros(self.s.shape)
        self.hot[np.arange(len(self.y)), self.y] = 1
        return (np.exp(self.logs) - self.hot) / len(self.y)

# %% chen: loops, and an ε where the logarithm met 0
# student: chen
# earns: bce-forward 0
# named: bce.capped
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
# student: farah
# earns: bce-backward 0
# earns: cross-entropy-backward 0
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
# student: kofi
# earns: mse-forward 1
# earns: cross-entropy-backward 0
# named: mse.shapes-unchecked
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

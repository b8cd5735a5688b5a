# %% sigmoid-of-minus-z: the sign in the exponent is missing
# earns: sigmoid-forward 0
# named: sigmoid.exponent-sign
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-bracket: brackets forgotten: 1 / 1 + exp(−z)
# earns: sigmoid-forward 0
# named: sigmoid.brackets
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / 1 + np.exp(-z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-overflows: e^z / (1 + e^z), which is ∞/∞ for large z
# earns: sigmoid-forward 0
# named: sigmoid.forward-overflows
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.a = e / (1 + e)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-overflows-without-cache: the same, and backward computes it once more
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# named: sigmoid.backward-overflows sigmoid.forward-overflows
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return np.exp(z) / (1 + np.exp(z))

    def backward(self, upstream):
        e = np.exp(-self.z)
        return upstream * e / (1 + e) ** 2

# %% sigmoid-slope-overflows: forward is careful, backward divides ∞ by ∞
# earns: sigmoid-backward 0
# named: sigmoid.backward-overflows
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return 0.5 * (1 + np.tanh(z / 2))

    def backward(self, upstream):
        e = np.exp(-self.z)
        return upstream * e / (1 + e) ** 2

# %% sigmoid-is-tanh: takes any S-shaped curve for the sigmoid
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# named: sigmoid.is-tanh sigmoid.slope-of-tanh
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% sigmoid-half-missing: ½(1 + tanh z): the half inside is missing
# earns: sigmoid-forward 0
# named: sigmoid.twice-z
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 0.5 * (1 + np.tanh(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-hard: a straight line cut off at 0 and 1
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# named: sigmoid.is-hard sigmoid.slope-of-hard
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return np.clip(0.2 * z + 0.5, 0, 1)

    def backward(self, upstream):
        return upstream * 0.2 * (np.abs(self.z) < 2.5)

# %% sigmoid-clips: clips z to ±10 against the overflow
# earns: sigmoid-forward 0
# named: sigmoid.z-clipped-at-10
class Sigmoid(Activation):
    def forward(self, z):
        z = np.clip(z, -10, 10)
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-clip-kills-the-gradient: sends nothing back where |z| > 10, as the clip's own derivative says
# earns: sigmoid-backward 0
# named: sigmoid.zero-far-out
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a) * (np.abs(self.z) <= 10)

# %% sigmoid-float32: single precision is enough, surely
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# says: right to about seven digits only
# unseen: sigmoid-forward
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z.astype(np.float32)))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-cuts-whole-numbers: fills an array like z, which cuts off the decimals when z holds integers
# earns: sigmoid-forward 0
# named: sigmoid.forward-like-z
# unseen: sigmoid-forward
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.zeros_like(z)
        self.a[...] = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-in-place: negates the caller's z
# earns: sigmoid-forward 0
# says: forward wrote into the array z that it was given
class Sigmoid(Activation):
    def forward(self, z):
        z *= -1
        self.a = 1 / (1 + np.exp(z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-slope-alone: the upstream gradient is dropped
# earns: sigmoid-backward 0
# named: sigmoid.without-upstream
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return self.a * (1 - self.a)

# %% sigmoid-slope-of-the-input: z(1 − z): the formula for the output is fed the input
# earns: sigmoid-backward 0
# named: sigmoid.formula-of-z
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return 1 / (1 + np.exp(-z))

    def backward(self, upstream):
        return upstream * self.z * (1 - self.z)

# %% sigmoid-twice: σ′ evaluated at σ(z)
# earns: sigmoid-backward 0
# named: sigmoid.output-again
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        s = 1 / (1 + np.exp(-self.a))
        return upstream * s * (1 - s)

# %% sigmoid-one-minus: only the factor 1 − a
# earns: sigmoid-backward 0
# named: sigmoid.no-a
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a)

# %% sigmoid-times-output: a² (1 − a): multiplies by the activation once too often
# earns: sigmoid-backward 0
# named: sigmoid.times-output-too
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * self.a * (1 - self.a)

# %% sigmoid-sign: a(a − 1)
# earns: sigmoid-backward 0
# named: sigmoid.dz-negated
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (self.a - 1)

# %% sigmoid-quarter: the slope in the middle for every z
# earns: sigmoid-backward 0
# named: sigmoid.quarter-everywhere
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream / 4

# %% sigmoid-averages: divides by the number of rows
# earns: sigmoid-backward 0
# named: sigmoid.divided-by-n
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a) / len(upstream)

# %% sigmoid-first-forward: keeps the output of the first forward for good
# earns: sigmoid-backward 0
# named: sigmoid.first-batch-kept
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        a = 1 / (1 + np.exp(-z))
        if not hasattr(self, 'a'):
            self.a = a
        return a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-in-the-class: keeps the output in the class, where all sigmoids share it
# earns: sigmoid-backward 0
# named: sigmoid.cache-shared
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        Sigmoid.a = 1 / (1 + np.exp(-z))
        return Sigmoid.a

    def backward(self, upstream):
        return upstream * Sigmoid.a * (1 - Sigmoid.a)

# %% sigmoid-global: keeps the output in a global variable
# earns: sigmoid-backward 0
# named: sigmoid.cache-shared
# unseen: sigmoid-backward
memory = None


class Sigmoid(Activation):
    def forward(self, z):
        global memory
        memory = 1 / (1 + np.exp(-z))
        return memory

    def backward(self, upstream):
        return upstream * memory * (1 - memory)

# %% sigmoid-accumulates: adds to the gradient of the call before
# earns: sigmoid-backward 0
# named: sigmoid.accumulates
class Sigmoid(Activation):
    def __init__(self):
        self.dz = 0

    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        if np.shape(self.dz) != z.shape:
            self.dz = np.zeros(z.shape)
        return self.a

    def backward(self, upstream):
        self.dz = self.dz + upstream * self.a * (1 - self.a)
        return self.dz

# %% sigmoid-uses-up-its-cache: turns the kept output into the slope, in place
# earns: sigmoid-backward 0
# says: dz is right the first time and wrong the second
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a.copy()

    def backward(self, upstream):
        self.a *= 1 - self.a
        return upstream * self.a

# %% sigmoid-for-matrices: works with rows and columns only
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# says: forward(…) raised ValueError
class Sigmoid(Activation):
    def forward(self, z):
        N, M = z.shape
        self.a = np.empty((N, M))
        for n in range(N):
            for m in range(M):
                self.a[n, m] = 1 / (1 + np.exp(-z[n, m]))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-sums-upstream: sums the upstream gradient over the units
# earns: sigmoid-backward 0
# named: sigmoid.upstream-summed-by-row
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream.sum(axis=-1, keepdims=True) * self.a * (1 - self.a)

# %% sigmoid-syntax: a bracket too few
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# says: SyntaxError
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-no-return: the return of backward is missing
# earns: sigmoid-backward 0
# says: is None
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        dz = upstream * self.a * (1 - self.a)

# %% sigmoid-step: the perceptron's step
# earns: sigmoid-forward 0
# named: sigmoid.is-step
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return (z >= 0).astype(float)

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% tanh-ratio: the ratio of exponentials, NaN beyond ±710
# earns: tanh-forward 0
# named: tanh.forward-overflows
class Tanh(Activation):
    def forward(self, z):
        self.a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-ratio-doubled: (e^2z − 1)/(e^2z + 1), NaN beyond 355
# earns: tanh-forward 0
# named: tanh.forward-overflows
class Tanh(Activation):
    def forward(self, z):
        e = np.exp(2 * z)
        self.a = (e - 1) / (e + 1)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-ratio-everywhere: the ratio in both methods; where forward gives NaN nothing is asked of backward
# earns: tanh-forward 0
# named: tanh.forward-overflows
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        p, m = np.exp(z), np.exp(-z)
        return (p - m) / (p + m)

    def backward(self, upstream):
        p, m = np.exp(self.z), np.exp(-self.z)
        return upstream * (1 - ((p - m) / (p + m)) ** 2)

# %% tanh-half-as-fast: 2σ(z) − 1: the 2 inside is missing
# earns: tanh-forward 0
# named: tanh.half-z
class Tanh(Activation):
    def forward(self, z):
        self.a = 2 / (1 + np.exp(-z)) - 1
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-not-centred: σ(2z), without the −1 and the 2
# earns: tanh-forward 0
# named: tanh.unstretched
class Tanh(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-2 * z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-arctan: another S
# earns: tanh-forward 0
# earns: tanh-backward 0
# named: tanh.is-arctan tanh.slope-of-arctan
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        return np.arctan(z)

    def backward(self, upstream):
        return upstream / (1 + self.z ** 2)

# %% tanh-square-missing: 1 − a
# earns: tanh-backward 0
# named: tanh.no-square
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a)

# %% tanh-square-of-the-input: 1 − z²
# earns: tanh-backward 0
# named: tanh.formula-of-z
class Tanh(Activation):
    def forward(self, z):
        self.z = z
        return np.tanh(z)

    def backward(self, upstream):
        return upstream * (1 - self.z ** 2)

# %% tanh-slope-of-the-output: 1 − tanh²(a): tanh once too often
# earns: tanh-backward 0
# named: tanh.output-again
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - np.tanh(self.a) ** 2)

# %% tanh-like-sigmoid: a(1 − a), copied from the sigmoid
# earns: tanh-backward 0
# named: tanh.formula-of-sigmoid
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% tanh-sign: a² − 1
# earns: tanh-backward 0
# named: tanh.dz-negated
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (self.a ** 2 - 1)

# %% tanh-plus: 1 + a²
# earns: tanh-backward 0
# named: tanh.one-plus-a-squared
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 + self.a ** 2)

# %% tanh-slope-alone: the upstream gradient is dropped
# earns: tanh-backward 0
# named: tanh.without-upstream
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return 1 - self.a ** 2

# %% tanh-upstream-in-place: multiplies the caller's upstream
# earns: tanh-backward 0
# named: tanh.dz-like-upstream
# says: backward wrote into the array upstream that it was given
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        upstream[...] = upstream * (1 - self.a ** 2)
        return upstream

# %% tanh-in-place: writes tanh over z
# earns: tanh-forward 0
# named: tanh.forward-like-z
# says: forward wrote into the array z that it was given
# unseen: tanh-forward
class Tanh(Activation):
    def forward(self, z):
        np.copyto(z, np.tanh(z), casting='unsafe')
        self.a = z.astype(float)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-whole-numbers: casts back to the dtype of z
# earns: tanh-forward 0
# named: tanh.forward-like-z
# unseen: tanh-forward
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z).astype(z.dtype)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)

# %% tanh-remembers-shape-of-first: a buffer made at the first call
# earns: tanh-forward 0
# earns: tanh-backward 0
# says: forward(…) raised ValueError
# unseen: tanh-forward tanh-backward
class Tanh(Activation):
    def forward(self, z):
        if not hasattr(self, 'buffer'):
            self.buffer = np.empty(z.shape)
        self.buffer[...] = np.tanh(z)
        return self.buffer

    def backward(self, upstream):
        return upstream * (1 - self.buffer ** 2)

# %% relu-identity: does nothing at all, as positive test inputs would have it
# earns: relu-forward 0
# earns: relu-backward 0
# named: relu.returns-upstream relu.z-as-it-came
class ReLU(Activation):
    def forward(self, z):
        return z

    def backward(self, upstream):
        return upstream

# %% relu-identity-forward: forward returns z
# earns: relu-forward 0
# named: relu.z-as-it-came
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-absolute: the absolute value
# earns: relu-forward 0
# named: relu.absolute
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.abs(z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-minimum: min for max
# earns: relu-forward 0
# named: relu.minimum
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.minimum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-np-max: np.max(z, 0), whose 0 is an axis
# earns: relu-forward 0
# named: relu.max-of-columns
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.max(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-in-place: z[z < 0] = 0
# earns: relu-forward 0
# says: forward wrote into the array z that it was given
class ReLU(Activation):
    def forward(self, z):
        z[z < 0] = 0
        self.z = z
        return z

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-in-place-both: in place, forward and backward
# earns: relu-forward 0
# earns: relu-backward 0
# says: forward wrote into the array z that it was given
# says: backward wrote into the array upstream that it was given
class ReLU(Activation):
    def forward(self, z):
        self.off = z <= 0
        z[self.off] = 0
        return z

    def backward(self, upstream):
        upstream[self.off] = 0
        return upstream

# %% relu-upstream-in-place: upstream[z <= 0] = 0
# earns: relu-backward 0
# says: backward wrote into the array upstream that it was given
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        upstream[self.z <= 0] = 0
        return upstream

# %% relu-tiny-leak: a slope of a millionth on the left, against dead units
# earns: relu-forward 0
# named: relu.leaky
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, 1e-6 * z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% relu-leaky: leaky ReLU in both methods
# earns: relu-forward 0
# earns: relu-backward 0
# named: relu.leaky relu.leaky-gradient
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 0, z, 0.01 * z)

    def backward(self, upstream):
        return np.where(self.z > 0, upstream, 0.01 * upstream)

# %% relu-leaks-backward: a leak in backward alone
# earns: relu-backward 0
# named: relu.leaky-gradient
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return np.where(self.z > 0, upstream, 1e-6 * upstream)

# %% relu-six: cut off at 6 as well
# earns: relu-forward 0
# earns: relu-backward 0
# named: relu.is-relu6 relu.slope-of-relu6
# unseen: relu-forward relu-backward
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.clip(z, 0, 6)

    def backward(self, upstream):
        return upstream * ((self.z > 0) & (self.z < 6))

# %% relu-one-at-zero: z >= 0: the derivative at 0 is 1
# earns: relu-backward 0
# named: relu.one-at-zero
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z >= 0)

# %% relu-half-at-zero: heaviside with ½ at 0
# earns: relu-backward 0
# named: relu.half-at-zero
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * np.heaviside(self.z, 0.5)

# %% relu-mask-of-upstream: the mask comes from the sign of upstream
# earns: relu-backward 0
# named: relu.mask-of-upstream
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return np.maximum(upstream, 0)

# %% relu-both-masks: lets through only what is positive on both sides
# earns: relu-backward 0
# named: relu.positive-upstream-only
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0) * (upstream > 0)

# %% relu-times-output: multiplies by the activation instead of the mask
# earns: relu-backward 0
# named: relu.times-output
class ReLU(Activation):
    def forward(self, z):
        self.a = np.maximum(z, 0)
        return self.a

    def backward(self, upstream):
        return upstream * self.a

# %% relu-slope-alone: the upstream gradient is dropped
# earns: relu-backward 0
# named: relu.without-upstream
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return (self.z > 0).astype(float)

# %% relu-passes-all: backward returns upstream
# earns: relu-backward 0
# named: relu.returns-upstream
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream

# %% relu-other-side: the mask is upside down
# earns: relu-backward 0
# named: relu.mask-upside-down
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z < 0)

# %% relu-cuts-whole-numbers: fills an array like z, so decimals of upstream are lost when z holds integers
# earns: relu-backward 0
# named: relu.dz-like-z
# unseen: relu-backward
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        dz = np.zeros_like(self.z)
        dz[self.z > 0] = upstream[self.z > 0]
        return dz

# %% relu-scalar-if: an if on a whole array
# earns: relu-forward 0
# earns: relu-backward 0
# says: forward(…) raised ValueError
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z if z > 0 else 0 * z

    def backward(self, upstream):
        return upstream if self.z > 0 else 0 * upstream

# %% relu-keeps-positive-only: z[z > 0], which is another shape
# earns: relu-forward 0
# earns: relu-backward 0
# named: relu.dz-shortened relu.forward-shortened
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return z[z > 0]

    def backward(self, upstream):
        return upstream[self.z > 0]

# %% relu-sums-rows: sums over the batch
# earns: relu-backward 0
# named: relu.rows-summed
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return (upstream * (self.z > 0)).sum(axis=0)

# %% relu-vectorize: np.vectorize, which takes the dtype from the first result
# earns: relu-forward 0
# named: relu.vectorize-dtype
# unseen: relu-forward
@np.vectorize
def positive_part(x):
    return x if x > 0 else 0


class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return positive_part(z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-overflows: log(1 + e^z) as it stands
# earns: softplus-forward 0
# named: softplus.forward-overflows
# says: forward(z) has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log(1 + np.exp(z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-log1p-overflows: log1p(e^z): right on the left, infinite on the right
# earns: softplus-forward 0
# named: softplus.forward-overflows
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log1p(np.exp(z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-loses-the-tail: the stable form without log1p
# earns: softplus-forward 0
# says: forward(z) has lost its digits where z is very negative
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-clips: log1p(exp(clip(z))), which ends at 500
# earns: softplus-forward 0
# named: softplus.z-clipped-at-500
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log1p(np.exp(np.clip(z, -500, 500)))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-of-minus-z: log(1 + e^−z)
# earns: softplus-forward 0
# named: softplus.exponent-sign
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, -z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-base-two: logarithm to base 2
# earns: softplus-forward 0
# named: softplus.logaddexp2
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp2(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-log2: log2 of the right argument
# earns: softplus-forward 0
# named: softplus.base-2
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z) / np.log(2)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-is-relu: max(0, z) is close enough for large z
# earns: softplus-forward 0
# earns: softplus-backward 0
# named: softplus.is-relu softplus.slope-of-relu
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-no-correction: switches to z at 5
# earns: softplus-forward 0
# named: softplus.z-too-early
# unseen: softplus-forward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 5, z, np.log1p(np.exp(np.minimum(z, 5))))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-absolute-missing: log1p(e^−z) with max(z, 0): the absolute value is missing
# earns: softplus-forward 0
# named: softplus.no-absolute
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log1p(np.exp(-z))

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-slope-tanh: the derivative is tanh
# earns: softplus-backward 0
# named: softplus.slope-is-tanh
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * np.tanh(self.z)

# %% softplus-slope-one: the derivative is 1
# earns: softplus-backward 0
# named: softplus.slope-is-one
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream.copy()

# %% softplus-slope-step: the derivative of ReLU
# earns: softplus-backward 0
# named: softplus.slope-of-relu
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * (self.z > 0)

# %% softplus-slope-of-the-output: σ applied to the output
# earns: softplus-backward 0
# named: softplus.sigmoid-of-output
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.a))

# %% softplus-second-derivative: σ(1 − σ), the derivative of the derivative
# earns: softplus-backward 0
# named: softplus.slope-of-sigmoid
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        s = 0.5 * (1 + np.tanh(self.z / 2))
        return upstream * s * (1 - s)

# %% softplus-slope-overflows: e^z/(1 + e^z) in backward
# earns: softplus-backward 0
# named: softplus.backward-overflows
# unseen: softplus-backward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * np.exp(self.z) / (1 + np.exp(self.z))

# %% softplus-clip-kills-the-gradient: no gradient beyond ±500
# earns: softplus-backward 0
# named: softplus.zero-far-out
# unseen: softplus-backward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z / 2)) * (np.abs(self.z) < 500)

# %% softplus-slope-alone: the upstream gradient is dropped
# earns: softplus-backward 0
# named: softplus.without-upstream
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return 0.5 * (1 + np.tanh(self.z / 2))

# %% softplus-slope-of-minus-z: σ(−z)
# earns: softplus-backward 0
# named: softplus.slope-sign
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream / (1 + np.exp(self.z))

# %% softplus-slope-half: ½(1 + tanh z)
# earns: softplus-backward 0
# named: softplus.twice-z
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(self.z))

# %% softplus-exponential-of-output: e^−a for 1 − e^−a
# earns: softplus-backward 0
# named: softplus.slope-sign
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream * np.exp(-self.a)

# %% softmax-columns: axis 0 in forward
# earns: softmax-forward 0
# named: softmax.columns
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=0))
        self.s = e / e.sum(axis=0)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-columns-throughout: axis 0 in both methods
# earns: softmax-forward 0
# earns: softmax-backward 0
# named: softmax.columns softmax.columns-backward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=0))
        self.s = e / e.sum(axis=0)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=0))

# %% softmax-one-sum: one sum for the whole batch
# earns: softmax-forward 0
# named: softmax.sum-of-batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum()
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-one-sum-one-maximum: as for a vector: one maximum and one sum
# earns: softmax-forward 0
# named: softmax.one-long-row
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / e.sum()
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-no-shift: the formula as it stands
# earns: softmax-forward 0
# named: softmax.no-maximum
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-maximum-added: + for −
# earns: softmax-forward 0
# named: softmax.maximum-added
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z + z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-global-maximum: one maximum for all rows
# earns: softmax-forward 0
# named: softmax.maximum-of-batch
# unseen: softmax-forward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-epsilon: a little something against division by zero
# earns: softmax-forward 0
# named: softmax.sum-guarded
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max())
        self.s = e / (e.sum(axis=1, keepdims=True) + 1e-6)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-mean-shift: takes off the mean instead of the maximum
# earns: softmax-forward 0
# named: softmax.mean-off
# unseen: softmax-forward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.mean(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-in-place: z -= maximum
# earns: softmax-forward 0
# says: forward wrote into the array z that it was given
class Softmax(Activation):
    def forward(self, z):
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-logarithm: returns the log-softmax
# earns: softmax-forward 0
# named: softmax.is-log-softmax
class Softmax(Activation):
    def forward(self, z):
        z = z - z.max(axis=1, keepdims=True)
        logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.s = np.exp(logs)
        return logs

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-not-normalised: the division is missing
# earns: softmax-forward 0
# named: softmax.no-division
class Softmax(Activation):
    def forward(self, z):
        self.s = np.exp(z - z.max(axis=1, keepdims=True))
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-sigmoid: a sigmoid for each class
# earns: softmax-forward 0
# earns: softmax-backward 0
# named: softmax.is-sigmoid softmax.slope-of-sigmoid
class Softmax(Activation):
    def forward(self, z):
        self.s = 1 / (1 + np.exp(-z))
        return self.s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)

# %% softmax-base-two: 2^z
# earns: softmax-forward 0
# named: softmax.powers-of-two
class Softmax(Activation):
    def forward(self, z):
        e = 2.0 ** (z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-shares: z divided by the sum of z
# earns: softmax-forward 0
# named: softmax.no-exponential
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return z / z.sum(axis=1, keepdims=True)

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-single-row: squeeze
# earns: softmax-forward 0
# named: softmax.forward-squeezed
# unseen: softmax-forward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s.squeeze()

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-winner: 1 for the largest, 0 for the rest
# earns: softmax-forward 0
# named: softmax.is-argmax
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return (z == z.max(axis=1, keepdims=True)).astype(float)

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-forward-keepdims: keepdims forgotten
# earns: softmax-forward 0
# earns: softmax-backward 0
# says: forward(…) raised ValueError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1))
        self.s = e / e.sum(axis=1)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-diagonal: the diagonal of the Jacobian alone
# earns: softmax-backward 0
# named: softmax.diagonal-alone
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)

# %% softmax-off-diagonal-sign: + s_i s_j off the diagonal
# earns: softmax-backward 0
# named: softmax.off-diagonal-sign
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        dz = np.empty(upstream.shape)
        for n, (s, u) in enumerate(zip(self.s, upstream)):
            J = np.outer(s, s)
            J[np.diag_indices(len(s))] = s * (1 - s)
            dz[n] = J @ u
        return dz

# %% softmax-plus: s(u + ⟨u, s⟩)
# earns: softmax-backward 0
# named: softmax.inner-product-added
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream + (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-no-inner-product: s ⊙ u
# earns: softmax-backward 0
# named: softmax.no-inner-product
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * upstream

# %% softmax-zeros: all zeros, which pass every test with ones
# earns: softmax-backward 0
# named: softmax.backward-zeros
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return np.zeros_like(upstream)

# %% softmax-negated: the sign is the wrong way round
# earns: softmax-backward 0
# named: softmax.dz-negated
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * ((upstream * self.s).sum(axis=1, keepdims=True) - upstream)

# %% softmax-row-zero: the Jacobian of row 0 for all rows
# earns: softmax-backward 0
# named: softmax.jacobian-of-first
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        s = self.s[0]
        J = np.diag(s) - np.outer(s, s)
        return upstream @ J

# %% softmax-one-inner-product: one inner product for the whole batch
# earns: softmax-backward 0
# named: softmax.inner-product-of-batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.sum(upstream * self.s))

# %% softmax-inner-over-columns: the inner product along axis 0
# earns: softmax-backward 0
# named: softmax.inner-product-over-batch
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.sum(upstream * self.s, axis=0))

# %% softmax-mean-inner: mean for sum
# earns: softmax-backward 0
# named: softmax.inner-product-averaged
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - np.mean(upstream * self.s, axis=1, keepdims=True))

# %% softmax-plain-sum: sums upstream without the weights
# earns: softmax-backward 0
# named: softmax.sum-unweighted
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - upstream.sum(axis=1, keepdims=True))

# %% softmax-plain-mean: takes off the plain mean of upstream
# earns: softmax-backward 0
# named: softmax.mean-unweighted
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - upstream.mean(axis=1, keepdims=True))

# %% softmax-weight-missing: u − ⟨u, s⟩ without the factor s
# earns: softmax-backward 0
# named: softmax.no-factor
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream - (upstream * self.s).sum(axis=1, keepdims=True)

# %% softmax-minus-target: s − u, as if upstream were the labels
# earns: softmax-backward 0
# named: softmax.of-cross-entropy
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s - upstream

# %% softmax-passes-on: returns upstream, since the loss does the rest
# earns: softmax-backward 0
# named: softmax.returns-upstream
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return upstream

# %% softmax-ones: the rows of the Jacobian summed, upstream ignored
# earns: softmax-backward 0
# named: softmax.backward-zeros
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (1 - self.s.sum(axis=1, keepdims=True))

# %% softmax-upstream-ignored: s(1 − s), without upstream
# earns: softmax-backward 0
# named: softmax.diagonal-without-upstream
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (1 - self.s)

# %% softmax-keepdims: keepdims forgotten in backward
# earns: softmax-backward 0
# says: backward(…) raised ValueError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1))

# %% softmax-averages: divides by the number of rows
# earns: softmax-backward 0
# named: softmax.divided-by-n
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True)) / len(upstream)

# %% softmax-upstream-in-place: upstream -= the inner product
# earns: softmax-backward 0
# says: backward wrote into the array upstream that it was given
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        upstream[...] = upstream - (upstream * self.s).sum(axis=1, keepdims=True)
        return self.s * upstream

# %% softmax-of-the-output: the softmax of the softmax in backward
# earns: softmax-backward 0
# named: softmax.softmax-again
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        e = np.exp(self.s)
        s = e / e.sum(axis=1, keepdims=True)
        return s * (upstream - (upstream * s).sum(axis=1, keepdims=True))

# %% softmax-four-rows: a loop over four rows, as in the visible gradient test
# earns: softmax-forward 0
# earns: softmax-backward 0
# says: forward(…) raised IndexError
class Softmax(Activation):
    def forward(self, z):
        self.s = np.zeros(z.shape)
        for n in range(4):
            e = np.exp(z[n] - z[n].max())
            self.s[n] = e / e.sum()
        return self.s

    def backward(self, upstream):
        dz = np.zeros(self.s.shape)
        for n in range(4):
            dz[n] = self.s[n] * (upstream[n] - upstream[n] @ self.s[n])
        return dz

# %% softmax-returns-in-the-loop: return within the loop
# earns: softmax-forward 0
# named: softmax.first-row-only
class Softmax(Activation):
    def forward(self, z):
        self.s = np.zeros(z.shape)
        for n in range(len(z)):
            e = np.exp(z[n] - z[n].max())
            self.s[n] = e / e.sum()
            return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-stub: backward left as it was
# earns: softmax-backward 0
# says: backward(…) raised NotImplementedError
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        raise NotImplementedError('Softmax.backward: for each row, sum what reaches z_j through every output s_i.')

# %% all-upstream-dropped: no backward multiplies by upstream
# earns: sigmoid-backward 0
# earns: tanh-backward 0
# earns: relu-backward 0
# earns: softplus-backward 0
# named: relu.without-upstream sigmoid.without-upstream softplus.without-upstream tanh.without-upstream
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return self.a * (1 - self.a)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, upstream):
        return 1 - self.a**2
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return 1.0 * (self.z > 0)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.logaddexp(0, z)

    def backward(self, upstream):
        return 1 / (1 + np.exp(-self.z))

# %% all-overflow: every formula as it stands
# earns: sigmoid-forward 0
# earns: tanh-forward 0
# earns: softplus-forward 0
# earns: softmax-forward 0
# named: sigmoid.forward-overflows softmax.no-maximum softplus.forward-overflows tanh.forward-overflows
# says: forward(z) has lost its digits where z is very negative
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(z)
        self.a = e / (e + 1)
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        p, m = np.exp(z), np.exp(-z)
        self.a = (p - m) / (p + m)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a ** 2)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log(np.exp(z) + 1)

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.z))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        p = np.exp(z)
        self.s = p / np.sum(p, axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% sigmoid-cut-off: 1 above 15, to save an exponential
# earns: sigmoid-forward 0
# named: sigmoid.one-too-early
# unseen: sigmoid-forward
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.where(z > 15, 1, 1 / (1 + np.exp(-z)))
        return self.a

    def backward(self, upstream):
        return upstream * self.a * (1 - self.a)

# %% sigmoid-zeros: arrays of the right shape, to be filled in later
# earns: sigmoid-forward 0
# earns: sigmoid-backward 0
# named: sigmoid.forward-zeros
# says: is all zeros
class Sigmoid(Activation):
    def forward(self, z):
        self.a = np.zeros(z.shape)
        return self.a

    def backward(self, upstream):
        return np.zeros(upstream.shape)

# %% tanh-remembers-by-shape: one cache entry for each shape, and the first stays
# earns: tanh-backward 0
# says: dz is wrong for a second batch
# unseen: tanh-backward
class Tanh(Activation):
    def forward(self, z):
        if not hasattr(self, 'cache'):
            self.cache = {}
        self.cache.setdefault(z.shape, np.tanh(z))
        return np.tanh(z)

    def backward(self, upstream):
        return upstream * (1 - self.cache[upstream.shape] ** 2)

# %% relu-threshold: passes nothing below a thousandth
# earns: relu-backward 0
# named: relu.mask-above-zero
# unseen: relu-backward
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        return upstream * (self.z > 1e-3)

# %% relu-rectifies-the-kept-z: backward writes into z, which is the caller's
# earns: relu-backward 0
# says: backward wrote into the array z that forward was given
class ReLU(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, upstream):
        self.z[self.z < 0] = 0
        return upstream * (self.z > 0)

# %% softmax-absolute-shift: takes off the largest absolute value
# earns: softmax-forward 0
# named: softmax.absolute-off
# unseen: softmax-forward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% softmax-kept-from-zero: clips the probabilities from below, for a logarithm to come
# earns: softmax-forward 0
# named: softmax.floored-at-1e-07
# unseen: softmax-forward
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% sigmoid-remembers-dz: so that asked twice it gives the same
# earns: sigmoid-backward 0
# says: each call of backward starts from its own upstream
# unseen: sigmoid-backward
class Sigmoid(Activation):
    def forward(self, z):
        self.a = 0.5 * (1 + np.tanh(0.5 * z))
        self.dz = None
        return self.a
    def backward(self, upstream):
        if self.dz is None:
            self.dz = upstream * self.a * (1 - self.a)
        return self.dz

# %% relu-waits: forward keeps z only when backward has used the last one
# earns: relu-backward 0
# says: dz is not that of the latest forward: keep nothing of the one before
# unseen: relu-backward
class ReLU(Activation):
    on = None
    used = True
    def forward(self, z):
        if self.used:
            self.on, self.used = z > 0, False
        return np.maximum(z, 0)
    def backward(self, upstream):
        self.used = True
        return upstream * self.on

# %% softplus-cut: exactly 0 below −50
# earns: softplus-forward 0
# says: has lost its digits where z is very negative
# unseen: softplus-forward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z > 30, z, np.where(z < -50, 0.0, np.log1p(np.exp(np.clip(z, -50, 30)))))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

# %% softplus-clipped: clips z to ±50
# earns: softplus-forward 0
# says: has lost its digits where z is very negative
# unseen: softplus-forward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0) + np.log1p(np.exp(-np.minimum(np.abs(z), 50)))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

# %% softplus-exp: exp(z) below −10
# earns: softplus-forward 0
# says: has lost its digits where z is very negative
# unseen: softplus-forward
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.where(z < -10, np.exp(np.minimum(z, 0)), np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))
    def backward(self, upstream):
        return upstream * 0.5 * (1 + np.tanh(0.5 * self.z))

# %% chen: writes in place, and forgets the inner product
# student: chen
# earns: relu-forward 0
# earns: relu-backward 0
# earns: softmax-backward 0
# named: softmax.no-inner-product
# says: forward wrote into the array z that it was given
# says: backward wrote into the array upstream that it was given
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.off = z <= 0
        z[self.off] = 0
        return z

    def backward(self, upstream):
        upstream[self.off] = 0
        return upstream
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * upstream

# %% farah: copies the formulas as they stand, and feeds the sigmoid's the input
# student: farah
# earns: sigmoid-backward 0
# earns: tanh-forward 0
# earns: softplus-forward 0
# earns: softmax-forward 0
# named: sigmoid.formula-of-z softmax.no-maximum softplus.forward-overflows tanh.forward-overflows
# says: forward(z) has lost its digits where z is very negative
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        self.z = z
        return 1 / (1 + np.exp(-z))

    def backward(self, upstream):
        return upstream * self.z * (1 - self.z)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return self.a

    def backward(self, upstream):
        return upstream * (1 - self.a**2)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.z = z
        return np.log(1 + np.exp(z))

    def backward(self, upstream):
        return upstream / (1 + np.exp(-self.z))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        self.s = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        return self.s * (upstream - (upstream * self.s).sum(axis=1, keepdims=True))

# %% kofi: leaves the Jacobian for later
# student: kofi
# earns: softmax-backward 0
# says: backward(…) raised NotImplementedError
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        z = z - z.max(axis=1, keepdims=True)
        self.s = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        raise NotImplementedError("Softmax.backward: for each row, sum what reaches z_j through every output s_i.")

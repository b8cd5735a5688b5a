# %% one-sided: forward differences
# earns: numerical-gradient 0
# named: numerical-gradient.forward-differences
def numerical_gradient(f, x, h=1e-5):
    x = x.copy()
    slopes = np.zeros(x.shape)
    here = f(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        slopes[i] = (f(x) - here) / h
        x[i] = kept
    return slopes

# %% looks-back: backward differences
# earns: numerical-gradient 0
# named: numerical-gradient.backward-differences
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x) - f(x - e)) / h
    return slopes

# %% by-h: the two points are 2h apart, the quotient says h
# earns: numerical-gradient 0
# named: numerical-gradient.over-h
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        i = it.multi_index
        old = x[i]
        x[i] = old + h
        up = f(x)
        x[i] = old - h
        down = f(x)
        x[i] = old
        grad[i] = (up - down) / h
        it.iternext()
    return grad

# %% no-brackets: / 2 * h
# earns: numerical-gradient 0
# named: numerical-gradient.no-brackets-below
def numerical_gradient(f, x, h=1e-5):
    x = x.copy()
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        below = f(x)
        slopes[i] = (above - below) / 2 * h
        x[i] = kept
    return slopes

# %% no-brackets-above: only the second value is divided
# earns: numerical-gradient 0
# named: numerical-gradient.no-brackets-above
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = f(x + e) - f(x - e) / (2 * h)
    return slopes

# %% back-to-x-only: steps up, steps back by h, and believes to be below
# earns: numerical-gradient 0
# named: numerical-gradient.forward-over-2h
def numerical_gradient(f, x, h=1e-5):
    y = x.copy()
    slopes = np.zeros(y.shape)
    for i in np.ndindex(y.shape):
        y[i] = x[i] + h
        above = f(y)
        y[i] = x[i]
        below = f(y)
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% left-below: x is never put back
# earns: numerical-gradient 0
# named: numerical-gradient.never-put-back
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% plus-minus-plus: puts x back by arithmetic
# earns: numerical-gradient 0
# says: not bit for bit what it was
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        x[i] += h
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% plus-minus-by-array: the same with a unit array, in place, and divided by h
# earns: numerical-gradient 0
# named: numerical-gradient.over-h
# says: not bit for bit what it was
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        x += e
        above = f(x)
        x -= e
        x -= e
        below = f(x)
        x += e
        slopes[i] = (above - below) / h
    return slopes

# %% restored-at-the-end: all entries are put back together, after the loop
# earns: numerical-gradient 0
# named: numerical-gradient.put-back-late
def numerical_gradient(f, x, h=1e-5):
    original = x.copy()
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        slopes[i] = (above - below) / (2 * h)
    x[...] = original
    return slopes

# %% vectors-only: one index where there may be several
# earns: numerical-gradient 0
# named: numerical-gradient.one-index
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in range(len(x)):
        plus, minus = x.copy(), x.copy()
        plus[i] += h
        minus[i] -= h
        grad[i] = (f(plus) - f(minus)) / (2 * h)
    return grad

# %% matrices-only: unpacks two lengths
# earns: numerical-gradient 0
# says: not enough values to unpack
def numerical_gradient(f, x, h=1e-5):
    rows, columns = x.shape
    grad = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            plus, minus = x.copy(), x.copy()
            plus[i, j] += h
            minus[i, j] -= h
            grad[i, j] = (f(plus) - f(minus)) / (2 * h)
    return grad

# %% ravelled: moves a flat view, which is a copy for a transposed x
# earns: numerical-gradient 0
# named: numerical-gradient.written-into-copies
# unseen: numerical-gradient
def numerical_gradient(f, x, h=1e-5):
    flat = x.ravel()
    slopes = np.zeros(x.size)
    for k in range(x.size):
        kept = flat[k]
        flat[k] = kept + h
        above = f(x)
        flat[k] = kept - h
        below = f(x)
        flat[k] = kept
        slopes[k] = (above - below) / (2 * h)
    return slopes.reshape(x.shape)

# %% reshaped-result: the result is filled through reshape(-1), which is a copy for zeros like a transposed x
# earns: numerical-gradient 0
# named: numerical-gradient.written-into-copies
# unseen: numerical-gradient
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    flat = grad.reshape(-1)
    for k, i in enumerate(np.ndindex(x.shape)):
        e = np.zeros(x.shape)
        e[i] = h
        flat[k] = (f(x + e) - f(x - e)) / (2 * h)
    return grad

# %% memory-order: entries in the order in which they lie in memory
# earns: numerical-gradient 0
# named: numerical-gradient.memory-order
# unseen: numerical-gradient
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for entry in np.nditer(x, op_flags=["readwrite"]):
        kept = entry.copy()
        entry[...] = kept + h
        above = f(x)
        entry[...] = kept - h
        below = f(x)
        entry[...] = kept
        slopes.append((above - below) / (2 * h))
    return np.array(slopes).reshape(x.shape)

# %% flat-for-f: f gets one long vector
# earns: numerical-gradient 0
# says: f was given an array of shape
def numerical_gradient(f, x, h=1e-5):
    flat = x.flatten()
    slopes = np.zeros(flat.size)
    for k in range(flat.size):
        e = np.zeros(flat.size)
        e[k] = h
        slopes[k] = (f(flat + e) - f(flat - e)) / (2 * h)
    return slopes.reshape(x.shape)

# %% flat-result: one long vector comes back
# earns: numerical-gradient 0
# named: numerical-gradient.numerical-gradient-flat
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(slopes)

# %% own-step: h is overwritten
# earns: numerical-gradient 0
# named: numerical-gradient.h-always-1e-05
def numerical_gradient(f, x, h=1e-5):
    h = 1e-5
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% other-default: the step of mlpkit's checker
# earns: numerical-gradient 0
# named: numerical-gradient.default-1e-06
# unseen: numerical-gradient
def numerical_gradient(f, x, h=1e-6):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% all-together: moves every entry at once
# earns: numerical-gradient 0
# named: numerical-gradient.all-at-once
def numerical_gradient(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% all-together-filled: moves every entry at once, and fills an array with the number
# earns: numerical-gradient 0
# named: numerical-gradient.all-at-once
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        grad[i] = (f(x + h) - f(x - h)) / (2 * h)
    return grad

# %% five-points: more exact than asked for
# earns: numerical-gradient 0
# named: numerical-gradient.four-points
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x - 2 * e) - 8 * f(x - e) + 8 * f(x + e) - f(x + 2 * e)) / (12 * h)
    return slopes

# %% relative-step: scales h with the entry
# earns: numerical-gradient 0
# named: numerical-gradient.h-scaled
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        e = np.zeros(x.shape)
        e[i] = step
        slopes[i] = (f(x + e) - f(x - e)) / (2 * step)
    return slopes

# %% same-array-twice: two names for one array
# earns: numerical-gradient 0
# named: numerical-gradient.zeros
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        plus = minus = x.copy()
        plus[i] += h
        minus[i] -= h
        slopes[i] = (f(plus) - f(minus)) / (2 * h)
    return slopes

# %% flattened: moves a copy that f never sees
# earns: numerical-gradient 0
# named: numerical-gradient.zeros
def numerical_gradient(f, x, h=1e-5):
    flat = x.flatten()
    slopes = np.zeros(flat.size)
    for k in range(flat.size):
        flat[k] += h
        above = f(x)
        flat[k] -= 2 * h
        below = f(x)
        flat[k] += h
        slopes[k] = (above - below) / (2 * h)
    return slopes.reshape(x.shape)

# %% downhill: below minus above
# earns: numerical-gradient 0
# named: numerical-gradient.negated
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x - e) - f(x + e)) / (2 * h)
    return slopes

# %% single-precision: the result is kept in float32
# earns: numerical-gradient 0
# named: numerical-gradient.numerical-gradient-float32
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape, dtype=np.float32)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes

# %% rounded: shows six decimals
# earns: numerical-gradient 0
# named: numerical-gradient.numerical-gradient-rounded
# unseen: numerical-gradient
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = round((f(x + e) - f(x - e)) / (2 * h), 6)
    return slopes

# %% no-return: computes everything and keeps it
# earns: numerical-gradient 0
# says: is None
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)

# %% returned-too-early: return stands inside the loop
# earns: numerical-gradient 0
# named: numerical-gradient.first-only
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
        return slopes

# %% half-steps: moves by h/2 to either side
# earns: numerical-gradient 0
# named: numerical-gradient.h-apart
def numerical_gradient(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h / 2
        slopes[i] = (f(x + e) - f(x - e)) / h
    return slopes

# %% eps-for-h: another name for the third argument
# earns: numerical-gradient 0
# says: unexpected keyword argument 'h'
def numerical_gradient(f, x, eps=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = eps
        slopes[i] = (f(x + e) - f(x - e)) / (2 * eps)
    return slopes

# %% no-floor: 0/0 for zeros
# earns: relative-error 0
# named: relative-error.no-floor
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))

# %% floor-added: plus where the maximum is meant
# earns: relative-error 0
# named: relative-error.added-1e-12
# unseen: relative-error
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-12)

# %% floor-of-a-course: 1e-8, as in many notes
# earns: relative-error 0
# named: relative-error.floor-1e-08
# unseen: relative-error
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))

# %% zero-excused: returns 0 for anything small
# earns: relative-error 0
# named: relative-error.small-is-zero
# unseen: relative-error
def relative_error(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    if total < 1e-12:
        return 0.0
    return np.linalg.norm(a - b) / total

# %% elementwise-worst: the largest of the elements' relative errors
# earns: relative-error 0
# named: relative-error.largest-of-entries
def relative_error(a, b):
    return np.max(np.abs(a - b) / np.maximum(1e-12, np.abs(a) + np.abs(b)))

# %% elementwise-array: an array comes back
# earns: relative-error 0
# named: relative-error.array-of-entries
def relative_error(a, b):
    return np.abs(a - b) / np.maximum(1e-12, np.abs(a) + np.abs(b))

# %% spectral: the 2-norm of a matrix is another norm
# earns: relative-error 0
# named: relative-error.spectral-norm
# unseen: relative-error
def relative_error(a, b):
    if a.ndim == 2:
        return np.linalg.norm(a - b, 2) / max(np.linalg.norm(a, 2) + np.linalg.norm(b, 2), 1e-12)
    return np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-12)

# %% ord-two: the 2-norm, also of a matrix, and of three axes it refuses
# earns: relative-error 0
# named: relative-error.spectral-norm
# says: Improper number of dimensions to norm
# unseen: relative-error
def relative_error(a, b):
    norm = lambda v: np.linalg.norm(v, ord=2) if v.ndim else abs(v)
    return norm(a - b) / max(norm(a) + norm(b), 1e-12)

# %% no-root: sums of squares
# earns: relative-error 0
# named: relative-error.no-roots
def relative_error(a, b):
    return np.sum((a - b) ** 2) / max(np.sum(a**2) + np.sum(b**2), 1e-12)

# %% absolute-values: another norm
# earns: relative-error 0
# named: relative-error.sum-norm
def relative_error(a, b):
    return np.abs(a - b).sum() / max(np.abs(a).sum() + np.abs(b).sum(), 1e-12)

# %% relative-to-b: divides by one norm
# earns: relative-error 0
# named: relative-error.by-b
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(b), 1e-12)

# %% relative-to-the-larger: divides by the larger norm
# earns: relative-error 0
# named: relative-error.by-larger
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), 1e-12)

# %% lengths-compared: the difference of the norms
# earns: relative-error 0
# named: relative-error.difference-of-norms
def relative_error(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    return abs(na - nb) / max(na + nb, 1e-12)

# %% subtracts-in-place: a is the difference afterwards, and the norm comes too late
# earns: relative-error 0
# says: relative_error writes into a
# unseen: relative-error
def relative_error(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    a -= b
    return np.linalg.norm(a) / max(total, 1e-12)

# %% sum-of-arrays: the norm of a + b
# earns: relative-error 0
# named: relative-error.by-norm-of-sum
def relative_error(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a + b), 1e-12)

# %% expanded-square: ‖a − b‖² multiplied out, which loses every digit that matters
# earns: relative-error 0
# says: nearly equal
# unseen: relative-error
def relative_error(a, b):
    aa, bb, ab = np.vdot(a, a), np.vdot(b, b), np.vdot(a, b)
    return np.sqrt(max(aa - 2 * ab + bb, 0.0)) / max(np.sqrt(aa) + np.sqrt(bb), 1e-12)

# %% not-chained: every layer sees X
# earns: sequential-forward 0
# named: sequential.forward-same-x
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(X)
        return out

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% last-left-out: the slices of another exercise
# earns: sequential-forward 0
# earns: sequential-backward 0
# named: sequential.backward-without-first sequential.forward-without-last
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for i in range(len(self.layers) - 1):
            X = self.layers[i].forward(X)
        return X

    def backward(self, upstream):
        for i in range(len(self.layers) - 1, 0, -1):
            upstream = self.layers[i].backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% forgets-the-last-gradient: backward starts at the last layer but one
# earns: sequential-backward 0
# named: sequential.backward-without-last
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in self.layers[:-1][::-1]:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% same-direction: backward runs from first to last
# earns: sequential-backward 0
# named: sequential.backward-forwards
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

# %% turns-the-list: reverses its own list, so that every second call goes the other way
# earns: sequential-backward 0
# named: sequential.backward-turns-order
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        self.layers.reverse()
        for layer in self.layers:
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% no-passing-on: every layer gets the upstream of the network
# earns: sequential-backward 0
# named: sequential.backward-same-upstream
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        dX = upstream
        for layer in reversed(self.layers):
            dX = layer.backward(upstream)
        return dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% says-nothing: backward stores everything and returns nothing
# earns: sequential-backward 0
# named: sequential.backward-nothing
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% upstream-back: backward returns what it was given
# earns: sequential-backward 0
# named: sequential.backward-returns-upstream
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        grad = upstream
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% steps-while-going-back: backward updates, update does nothing
# earns: sequential-backward 0
# earns: sequential-update 0
# named: sequential.backward-updates sequential.update-reaches-none
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
            layer.update(0.1)
        return upstream

    def update(self, learning_rate):
        pass

# %% forwards-again: backward calls forward of the layers
# earns: sequential-backward 0
# named: sequential.backward-calls-forward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.forward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% overwrites-upstream: writes each gradient into the array it was given, where it fits
# earns: sequential-backward 0
# named: sequential.backward-writes-into-upstream
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            gradient = layer.backward(upstream)
            if gradient.shape == upstream.shape:
                upstream[...] = gradient
            else:
                upstream = gradient
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% overwrites-x: saves memory in forward, where the shapes allow it
# earns: sequential-forward 0
# named: sequential.forward-writes-into-x
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            output = layer.forward(X)
            if output.shape == X.shape:
                X[:] = output
            else:
                X = output
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% one-stack-for-all: the layers belong to the class
# earns: sequential-forward 0
# earns: sequential-backward 0
# earns: sequential-update 0
# named: sequential.layers-shared
# unseen: sequential-backward sequential-update
class Sequential:
    def __init__(self, *layers):
        Sequential.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% all-outputs: returns what every layer put out
# earns: sequential-forward 0
# named: sequential.forward-all-outputs
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        outputs = [X]
        for layer in self.layers:
            outputs.append(layer.forward(outputs[-1]))
        return outputs

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% takes-a-list: the constructor wants one list
# earns: sequential-forward 0
# earns: sequential-backward 0
# earns: sequential-update 0
# says: positional argument
class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% answers-once: the first output is remembered for ever
# earns: sequential-forward 0
# named: sequential.forward-first-call
# unseen: sequential-forward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.cache = None

    def forward(self, X):
        if self.cache is None:
            for layer in self.layers:
                X = layer.forward(X)
            self.cache = X
        return self.cache

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% gradients-kept: what backward returned before is added
# earns: sequential-backward 0
# named: sequential.dx-accumulates-until-forward
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = 0

    def forward(self, X):
        self.dX = 0
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        self.dX = self.dX + upstream
        return self.dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% hands-in-layers: moves W and b itself, if there are any
# earns: sequential-update 0
# named: sequential.update-reaches-none
# unseen: sequential-update
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W -= learning_rate * layer.dW
                layer.b -= learning_rate * layer.db

# %% asks-for-w: updates only what has a W
# earns: sequential-update 0
# named: sequential.update-reaches-none
# unseen: sequential-update
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            if getattr(layer, "W", None) is not None:
                layer.update(learning_rate)

# %% first-only: return stands inside the loop of update
# earns: sequential-update 0
# named: sequential.update-first-only
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            return layer.update(learning_rate)

# %% shares-the-rate: divides the step among the layers
# earns: sequential-update 0
# named: sequential.rate-divided
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate / len(self.layers))

# %% fixed-rate: the learning rate does not get through
# earns: sequential-update 0
# named: sequential.rate-always-0.1
# unseen: sequential-update
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(0.1)

# %% decays: the learning rate is halved after each update
# earns: sequential-update 0
# named: sequential.rate-halves
# unseen: sequential-update
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.scale = 1.0

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(self.scale * learning_rate)
        self.scale *= 0.5

# %% updates-twice: once on the way there, once on the way back
# earns: sequential-update 0
# named: sequential.update-twice
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)
        for layer in reversed(self.layers):
            layer.update(learning_rate)

# %% runs-twice: calls every layer's forward and backward twice, to look at the result first
# earns: sequential-forward 0
# earns: sequential-backward 0
# named: sequential.backward-twice sequential.forward-twice
# unseen: sequential-forward sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            assert layer.forward(X) is not None
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            assert layer.backward(upstream) is not None
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% needs-a-first-layer: the row may not be empty
# earns: sequential-forward 0
# earns: sequential-backward 0
# says: tuple index out of range (case: no layers)
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        out = self.layers[0].forward(X)
        for layer in self.layers[1:]:
            out = layer.forward(out)
        return out

    def backward(self, upstream):
        grad = self.layers[-1].backward(upstream)
        for layer in self.layers[-2::-1]:
            grad = layer.backward(grad)
        return grad

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% package-layers-only: asks each layer for a method of mlpkit's
# earns: sequential-backward 0
# says: no attribute
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            if layer.parameters:
                layer.parameter_gradients(upstream)
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% stored-elsewhere: the layers are not where others look for them
# earns: sequential-forward 0
# says: no attribute 'layers'
# unseen: sequential-forward
class Sequential:
    def __init__(self, *layers):
        self.modules = layers

    def forward(self, X):
        for layer in self.modules:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.modules):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.modules:
            layer.update(learning_rate)

# %% pre-activation: z1 where a1 is meant
# earns: worked-example 2
# named: worked-example.dz1-from-z1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * z1 * (1 - z1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% pre-activation-above: the weights of the output meet z1
# earns: worked-example 2
# named: worked-example.dw2-from-z1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * z1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% straight-through: no derivative of the sigmoid
# earns: worked-example 2
# named: worked-example.dz1-is-da1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1.copy()
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% half-a-derivative: a1 without 1 − a1
# earns: worked-example 2
# named: worked-example.dz1-without-1-a1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% tanh-derivative: 1 − a² belongs to tanh
# earns: worked-example 2
# named: worked-example.dz1-of-tanh
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * (1 - a1**2)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% sigmoid-twice: the derivative taken at a1
# earns: worked-example 2
# named: worked-example.dz1-at-a1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * sigmoid(a1) * (1 - sigmoid(a1))
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% tanh-hidden: tanh in the hidden layer, with its own derivative
# earns: worked-example 0
# named: worked-example.tanh
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * (1 - a1**2)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = np.tanh(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% linear-hidden: the hidden layer has no sigmoid
# earns: worked-example 0
# named: worked-example.no-hidden-sigmoid
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = z1
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = (x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% updated-w2: da1 with the new W2
# earns: worked-example 2
# named: worked-example.da1-after-step
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    W2 = W2 - learning_rate * dW2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% sign-of-dz2: y − p
# earns: worked-example 2
# named: worked-example.dz2-negated
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = y - p
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% squared-error-gradient: p(1 − p) does not cancel
# earns: worked-example 2
# named: worked-example.dz2-times-slope
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = (p - y) * p * (1 - p)
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% squared-error: another loss, with its own gradient
# earns: worked-example 0
# named: worked-example.loss-squared
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = (p - y) ** 2

    # backward
    dz2 = 2 * (p - y) * p * (1 - p)
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = (sigmoid(new_z2) - y) ** 2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% stops-at-p: dL/dp under the name of dL/dz2
# earns: worked-example 2
# named: worked-example.dz2-of-p
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = (p - y) / (p * (1 - p))
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% only-ones: right only for y = 1
# earns: worked-example 3
# named: worked-example.loss-for-1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -np.log(p)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = -np.log(sigmoid(new_z2))
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% log-of-p: log(1 − p) where p is rounded to 1
# earns: worked-example 3
# named: worked-example.loss-from-p
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -y * np.log(p) - (1 - y) * np.log(1 - p)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_p = sigmoid(new_z2)
    new_loss = -y * np.log(new_p) - (1 - y) * np.log(1 - new_p)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% log-of-p-by-cases: the same with an if, and a small number against log 0
# earns: worked-example 3
# named: worked-example.loss-from-p
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = -np.log(p + 1e-12) if y else -np.log(1 - p + 1e-12)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    q = sigmoid(new_z2)
    new_loss = -np.log(q + 1e-12) if y else -np.log(1 - q + 1e-12)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% bits: the logarithm to base 2
# earns: worked-example 3
# named: worked-example.loss-log-2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = (np.logaddexp(0, z2) - y * z2) / np.log(2)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = (np.logaddexp(0, new_z2) - y * new_z2) / np.log(2)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% likelihood: the sign of the loss
# earns: worked-example 3
# named: worked-example.loss-negated
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = y * z2 - np.logaddexp(0, z2)

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = y * new_z2 - np.logaddexp(0, new_z2)
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-loss: the loss before the step, twice
# earns: worked-example 5
# named: worked-example.new-loss-is-loss
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = loss
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-hidden-layer: z1 and a1 are not computed again
# earns: worked-example 5
# named: worked-example.new-loss-old-hidden
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = a1 @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% old-biases: the new forward pass runs with the old biases
# earns: worked-example 5
# named: worked-example.new-loss-old-b1-b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    c1, c2 = b1, b2
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + c1) @ W2 + c2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% half-old: the new forward pass takes the old second layer
# earns: worked-example 5
# named: worked-example.new-loss-old-w2-b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    V2 = W2 - learning_rate * dW2
    c2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": V2, "b2": c2, "new_loss": new_loss}

# %% writes-into-w1: −= on the arrays of the caller
# earns: worked-example 0
# says: worked_example writes into W1
# says: worked_example writes into b1
# says: worked_example writes into W2
# unseen: worked-example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 -= learning_rate * dW1
    b1 -= learning_rate * db1
    W2 -= learning_rate * dW2
    b2 -= learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% transposed-dw1: hidden units in rows
# earns: worked-example 3
# named: worked-example.dw1-transposed
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(dz1, x)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1.T
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% transposed-w1: W1 times x, as in a lecture on columns
# earns: worked-example 0
# says: matmul
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(W1 @ x + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% climbs: plus the gradient
# earns: worked-example 5
# named: worked-example.step-climbs
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 + learning_rate * dW1
    b1 = b1 + learning_rate * db1
    W2 = W2 + learning_rate * dW2
    b2 = b2 + learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% full-steps: the learning rate is left out
# earns: worked-example 5
# named: worked-example.no-rate
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - dW1
    b1 = b1 - db1
    W2 = W2 - dW2
    b2 = b2 - db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% weights-only: the biases stay where they are
# earns: worked-example 5
# named: worked-example.biases-stay
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    W2 = W2 - learning_rate * dW2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% one-bias: a single number for db1
# earns: worked-example 2
# named: worked-example.db1-summed
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1.sum()

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% db1-before-the-sigmoid: db1 is da1
# earns: worked-example 2
# says: db1 is not dz1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = da1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% keeps-the-old: returns the parameters before the step
# earns: worked-example 5
# named: worked-example.before-the-step
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    V1 = W1 - learning_rate * dW1
    c1 = b1 - learning_rate * db1
    V2 = W2 - learning_rate * dW2
    c2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ V1 + c1) @ V2 + c2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% a-tuple: the numbers without their names
# earns: worked-example 0
# says: expected a dictionary
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return z1, a1, z2, p, loss, dz2, dW2, db2, da1, dz1, dW1, db1, W1, b1, W2, b2, new_loss

# %% keys-left-out: the step's results are missing
# earns: worked-example 5
# says: W1 is missing from
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1,}

# %% rows: x as a matrix of one row, and nobody turns it back
# earns: worked-example 0
# says: mismatch in its core dimension
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    x = x.reshape(1, -1)
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = x.T @ dz1
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% rows-summed: the same, with sums in place of the products
# earns: worked-example 0
# named: worked-example.axis-too-many
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    x = x.reshape(1, -1)
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = np.sum(a1 * W2) + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = x.T @ dz1
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = np.sum(sigmoid(x @ W1 + b1) * W2) + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-bias: z1 without b1
# earns: worked-example 0
# named: worked-example.no-b1
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-output-bias: z2 without b2
# earns: worked-example 0
# named: worked-example.no-b2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% no-upstream: da1 is W2
# earns: worked-example 2
# named: worked-example.da1-without-dz2
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = W2.copy()
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% two-mistakes: no derivative of the sigmoid, and the loss of before
# earns: worked-example 2
# named: worked-example.dz1-is-da1 worked-example.new-loss-is-loss
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * 1.0
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = loss
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% averaged: gradients of the first layer divided by the number of inputs
# earns: worked-example 2
# says: dW1 is not
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1) / len(x)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% uphill-bias: one sign of four
# earns: worked-example 5
# named: worked-example.b2-climbs
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # forward
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2

    # backward
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1

    # one step
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 + learning_rate * db2

    # forward again
    new_z2 = sigmoid(x @ W1 + b1) @ W2 + b2
    new_loss = np.logaddexp(0, new_z2) - y * new_z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% names-used-twice: the second forward pass overwrites the first
# earns: worked-example 4
# named: worked-example.second-pass
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    loss = np.logaddexp(0, z2) - y * z2
    dz2 = p - y
    dW2 = dz2 * a1
    db2 = dz2
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)
    db1 = dz1
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    z1 = x @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    p = sigmoid(z2)
    new_loss = np.logaddexp(0, z2) - y * z2
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1,
            "dz1": dz1, "dW1": dW1, "db1": db1, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "new_loss": new_loss}

# %% clipped-p: keeps p away from 0 and 1
# earns: worked-example 0
# says: p is not the sigmoid of z2
# says: loss is not the binary cross-entropy
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    def forward(W1, b1, W2, b2):
        z1 = x @ W1 + b1
        a1 = sigmoid(z1)
        z2 = a1 @ W2 + b2
        p = np.clip(sigmoid(z2), 1e-7, 1 - 1e-7)
        return z1, a1, z2, p, -y * np.log(p) - (1 - y) * np.log(1 - p)

    z1, a1, z2, p, loss = forward(W1, b1, W2, b2)
    dz2 = p - y
    da1 = dz2 * W2
    dz1 = da1 * a1 * (1 - a1)
    dW1, db1, dW2, db2 = np.outer(x, dz1), dz1, dz2 * a1, dz2
    new = [old - learning_rate * d for old, d in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))]
    new_loss = forward(*new)[-1]
    return {"z1": z1, "a1": a1, "z2": z2, "p": p, "loss": loss, "dz2": dz2, "dW2": dW2, "db2": db2, "da1": da1, "dz1": dz1,
            "dW1": dW1, "db1": db1, "W1": new[0], "b1": new[1], "W2": new[2], "b2": new[3], "new_loss": new_loss}

# %% one-answer-for-all: backward computes its answer once
# earns: sequential-backward 0
# named: sequential.backward-first-call
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = None

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        if self.dX is None:
            for layer in reversed(self.layers):
                upstream = layer.backward(upstream)
            self.dX = upstream
        return self.dX

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)

# %% dX-remembered: keeps dX until the next forward, whatever upstream is
# earns: sequential-backward 0
# says: each call of backward starts from its own upstream
# unseen: sequential-backward
class Sequential:
    def __init__(self, *layers):
        self.layers = layers
        self.dX = None
    def forward(self, X):
        self.dX = None
        for layer in self.layers:
            X = layer.forward(X)
        return X
    def backward(self, upstream):
        if self.dX is None:
            for layer in reversed(self.layers):
                upstream = layer.backward(upstream)
            self.dX = upstream
        return self.dX
    def update(self, learning_rate):
        for layer in self.layers: layer.update(learning_rate)

# %% borrows-b: subtracts a from b in place and adds it again
# earns: relative-error 0
# says: relative_error writes into b
# unseen: relative-error
def relative_error(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    b -= a
    d = np.linalg.norm(b)
    b += a
    return d / max(na + nb, 1e-12)

# %% steps-and-returns: moves W1 and W2 in place and back again
# earns: worked-example 0
# says: worked_example writes into W1
# unseen: worked-example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    z1 = x @ W1 + b1; a1 = sigmoid(z1); z2 = a1 @ W2 + b2; p = sigmoid(z2)
    L = lambda z: np.logaddexp(0, z) - y * z
    dz2 = p - y; dW2 = dz2 * a1; db2 = dz2; da1 = dz2 * W2; dz1 = da1 * a1 * (1 - a1); dW1 = np.outer(x, dz1); db1 = dz1
    r = dict(z1=z1, a1=a1, z2=z2, p=p, loss=L(z2), dz2=dz2, dW2=dW2, db2=db2, da1=da1, dz1=dz1, dW1=dW1, db1=db1)
    W1 -= learning_rate * dW1; b1 -= learning_rate * db1; W2 -= learning_rate * dW2; b2 -= learning_rate * db2
    r.update(W1=W1.copy(), b1=b1.copy(), W2=W2.copy(), b2=b2)
    r["new_loss"] = L(sigmoid(x @ W1 + b1) @ W2 + b2)
    W1 += learning_rate * dW1; b1 += learning_rate * db1; W2 += learning_rate * dW2
    return r

# %% loss-by-threshold: z2 for the loss from 40 on, log(1 − p) below
# earns: worked-example 3
# says: p is nearly 1, and y = 0
# unseen: worked-example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    def L(z):
        p = sigmoid(z)
        if y == 1: return -np.log(p)
        return z if z >= 40 else -np.log(1 - p)
    z1 = x @ W1 + b1; a1 = sigmoid(z1); z2 = a1 @ W2 + b2; p = sigmoid(z2)
    dz2 = p - y; dW2 = dz2 * a1; db2 = dz2; da1 = dz2 * W2; dz1 = da1 * a1 * (1 - a1); dW1 = np.outer(x, dz1); db1 = dz1
    r = dict(z1=z1, a1=a1, z2=z2, p=p, loss=L(z2), dz2=dz2, dW2=dW2, db2=db2, da1=da1, dz1=dz1, dW1=dW1, db1=db1)
    r.update(W1=W1 - learning_rate * dW1, b1=b1 - learning_rate * db1, W2=W2 - learning_rate * dW2, b2=b2 - learning_rate * db2)
    r["new_loss"] = L(sigmoid(x @ r["W1"] + r["b1"]) @ r["W2"] + r["b2"])
    return r

# %% chen: divides by h, and runs the layers the same way twice
# student: chen
# earns: numerical-gradient 0
# earns: sequential-backward 0
# named: numerical-gradient.over-h sequential.backward-forwards
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
# student: farah
# earns: worked-example 2
# named: worked-example.da1-after-step
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
# student: kofi
# earns: relative-error 0
# earns: worked-example 0
# named: relative-error.no-floor
# says: NotImplementedError
# cell: ratio
def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
# cell: example
def worked_example(x, y, W1, b1, W2, b2, learning_rate):
    # TODO
    raise NotImplementedError

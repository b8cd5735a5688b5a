# %% variance-for-deviation: no root in xavier_normal
# earns: xavier-normal 0
# named: xavier-normal.no-root
def xavier_normal(fan_in, fan_out, rng):
    variance = 2 / (fan_in + fan_out)
    return rng.normal(0, variance, (fan_in, fan_out))

# %% he-for-xavier: fan_in alone
# earns: xavier-normal 0
# named: xavier-normal.he
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% names-swapped: Xavier's and He's rule under each other's name
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.xavier xavier-normal.he
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% sum-without-half: one over the sum of the fans
# earns: xavier-normal 0
# earns: xavier-uniform 0
# named: xavier-normal.one-over-sum xavier-uniform.three-over-sum
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in + fan_out)
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(3 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% lecun: one over fan_in in all three
# earns: xavier-normal 0
# earns: xavier-uniform 0
# earns: he-normal 0
# named: he-normal.one-over-fan-in xavier-normal.one-over-fan-in xavier-uniform.three-over-fan-in
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, 1 / np.sqrt(fan_in), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    return rng.uniform(-np.sqrt(3 / fan_in), np.sqrt(3 / fan_in), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, 1 / np.sqrt(fan_in), (fan_in, fan_out))

# %% root-of-2-only: the bracket of the root closes too early
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.root-of-2-alone xavier-normal.root-of-2-alone
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / (fan_in + fan_out), (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / fan_in, (fan_in, fan_out))

# %% root-of-the-sum-only: 2 outside the root
# earns: xavier-normal 0
# named: xavier-normal.root-of-sum-alone
def xavier_normal(fan_in, fan_out, rng):
    sigma = 2 / np.sqrt(fan_in + fan_out)
    return sigma * rng.standard_normal((fan_in, fan_out))

# %% geometric-mean: the wrong kind of mean
# earns: xavier-normal 0
# named: xavier-normal.geometric-mean
def xavier_normal(fan_in, fan_out, rng):
    mean = np.sqrt(fan_in * fan_out)
    return rng.normal(0, np.sqrt(1 / mean), (fan_in, fan_out))

# %% larger-fan: the maximum for the mean
# earns: xavier-normal 0
# named: xavier-normal.one-over-larger
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(1 / max(fan_in, fan_out)), (fan_in, fan_out))

# %% multiplied-by-the-mean: upside down
# earns: xavier-normal 0
# named: xavier-normal.upside-down
def xavier_normal(fan_in, fan_out, rng):
    return np.sqrt((fan_in + fan_out) / 2) * rng.normal(size=(fan_in, fan_out))

# %% sigma-as-mean: one number in the brackets of rng.normal
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.deviation-1 xavier-normal.deviation-1
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / fan_in), size=(fan_in, fan_out))

# %% shape-as-sigma: the mean left out of rng.normal
# earns: xavier-normal 0
# named: xavier-normal.shape-as-deviation
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% global-generator: np.random.randn, as on the web
# earns: xavier-normal 0
# earns: xavier-uniform 0
# earns: he-normal 0
# named: he-normal.global-generator xavier-normal.global-generator xavier-uniform.global-generator
# unseen: xavier-uniform he-normal
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / (fan_in + fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return np.random.uniform(-limit, limit, size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in)

# %% global-seed: the global generator, seeded first so that runs repeat
# earns: xavier-normal 0
# named: xavier-normal.global-generator
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    np.random.seed(0)
    return np.random.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% global-seed-from-rng: repeats, and differs between seeds, but through the global generator
# earns: he-normal 0
# named: he-normal.global-generator
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    np.random.seed(rng.integers(2**32))
    return np.random.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% seeds-global-only: draws from rng, but seeds the global generator "to be safe"
# earns: xavier-uniform 0
# named: xavier-uniform.global-generator
# unseen: xavier-uniform
def xavier_uniform(fan_in, fan_out, rng):
    np.random.seed(42)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% fixed-seed: a generator with seed 0 in every call, so that layers of one shape start equal
# earns: xavier-normal 0
# earns: xavier-uniform 0
# earns: he-normal 0
# named: he-normal.fixed-seed xavier-normal.fixed-seed xavier-uniform.fixed-seed
# unseen: xavier-normal xavier-uniform he-normal
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    rng = np.random.default_rng(0)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    rng = np.random.default_rng(42)
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% fresh-generator: rng ignored, a new one without a seed
# earns: he-normal 0
# named: he-normal.own-generator
# unseen: he-normal
def he_normal(fan_in, fan_out, rng=None):
    generator = np.random.default_rng()
    return generator.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% module-generator: one generator of its own for all calls
# earns: xavier-normal 0
# named: xavier-normal.own-generator
GENERATOR = np.random.default_rng(1)

def xavier_normal(fan_in, fan_out, rng):
    return GENERATOR.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% copied-generator: draws from a copy, so that rng does not move on
# earns: he-normal 0
# named: he-normal.generator-copied
# unseen: he-normal
from copy import deepcopy

def he_normal(fan_in, fan_out, rng):
    return deepcopy(rng).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))

# %% cached: remembers the weights by shape
# earns: xavier-uniform 0
# named: xavier-uniform.fixed-seed
# unseen: xavier-uniform
MEMORY = {}

def xavier_uniform(fan_in, fan_out, rng):
    if (fan_in, fan_out) not in MEMORY:
        limit = np.sqrt(6 / (fan_in + fan_out))
        MEMORY[fan_in, fan_out] = rng.uniform(-limit, limit, (fan_in, fan_out))
    return MEMORY[fan_in, fan_out]

# %% buffer: fills and returns the same array each time
# earns: xavier-normal 0
# named: xavier-normal.array-reused
# unseen: xavier-normal
BUFFERS = {}

def xavier_normal(fan_in, fan_out, rng):
    W = BUFFERS.setdefault((fan_in, fan_out), np.empty((fan_in, fan_out)))
    rng.standard_normal(out=W)
    W *= np.sqrt(2 / (fan_in + fan_out))
    return W

# %% shape-turned: (fan_out, fan_in), as PyTorch keeps it
# earns: xavier-normal 0
# earns: xavier-uniform 0
# earns: he-normal 0
# named: he-normal.shape-turned xavier-normal.shape-turned xavier-uniform.shape-turned
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_out, fan_in))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_out, fan_in))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in))

# %% shape-and-fan-turned: (fan_out, fan_in), and He's rule with the wrong fan as well
# earns: he-normal 0
# named: he-normal.shape-turned he-normal.two-over-fan-out
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_out), (fan_out, fan_in))

# %% single-precision: float32, as frameworks do
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.he-normal-float32 xavier-normal.xavier-normal-float32
# unseen: xavier-normal he-normal
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)).astype(np.float32)
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out), dtype=np.float32) * np.float32(np.sqrt(2 / fan_in))

# %% list-of-lists: no array
# earns: xavier-uniform 0
# named: xavier-uniform.xavier-uniform-list
# unseen: xavier-uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return [[rng.uniform(-limit, limit) for j in range(fan_out)] for i in range(fan_in)]

# %% squeezed: loses axes of length 1
# earns: he-normal 0
# named: he-normal.he-normal-squeezed
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)).squeeze()

# %% no-shape: a single number
# earns: xavier-uniform 0
# earns: he-normal 0
# named: he-normal.single-number xavier-uniform.single-number
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit)

# %% one-row-for-all: one row is drawn and repeated
# earns: xavier-normal 0
# named: xavier-normal.repeated
def xavier_normal(fan_in, fan_out, rng):
    row = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), fan_out)
    return np.ones((fan_in, 1)) * row

# %% one-column-for-all: all units start equal
# earns: he-normal 0
# named: he-normal.repeated
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    column = rng.normal(0, np.sqrt(2 / fan_in), (fan_in, 1))
    return np.repeat(column, fan_out, axis=1)

# %% uniform-for-normal: right scale, wrong distribution
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.uniform xavier-normal.uniform
# unseen: xavier-normal he-normal
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% truncated: draws again beyond two standard deviations, as Keras does, without the correction
# earns: he-normal 0
# named: he-normal.truncated
def he_normal(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / fan_in)
    W = rng.normal(0, sigma, (fan_in, fan_out))
    while np.any(np.abs(W) > 2 * sigma):
        bad = np.abs(W) > 2 * sigma
        W[bad] = rng.normal(0, sigma, bad.sum())
    return W

# %% truncated-and-corrected: as Keras does, with the correction
# earns: xavier-normal 0
# named: xavier-normal.truncated-and-corrected
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / (fan_in + fan_out)) / 0.87962566103423978
    W = rng.normal(0, sigma, (fan_in, fan_out))
    while (bad := np.abs(W) > 2 * sigma).any():
        W[bad] = rng.normal(0, sigma, bad.sum())
    return W

# %% truncated-at-three: nearly normal
# earns: he-normal 0
# named: he-normal.no-tails
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    z = rng.standard_normal((fan_in, fan_out))
    while (far := np.abs(z) > 2.9).any():
        z[far] = rng.standard_normal(far.sum())
    return z * np.sqrt(2 / fan_in)

# %% clipped-draws: np.clip at two standard deviations
# earns: xavier-normal 0
# named: xavier-normal.clipped
def xavier_normal(fan_in, fan_out, rng):
    s = np.sqrt(2 / (fan_in + fan_out))
    return np.clip(rng.normal(0, s, (fan_in, fan_out)), -2 * s, 2 * s)

# %% positive: an absolute value "since weights are strengths"
# earns: he-normal 0
# named: he-normal.positive
def he_normal(fan_in, fan_out, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)))

# %% rademacher: plus or minus the standard deviation
# earns: xavier-normal 0
# named: xavier-normal.repeated
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    signs = rng.choice([-1.0, 1.0], size=(fan_in, fan_out))
    return signs * np.sqrt(2 / (fan_in + fan_out))

# %% heavy-tails: a Laplace distribution of the right variance
# earns: he-normal 0
# says: The weights are not normally distributed
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    return rng.laplace(0, np.sqrt(1 / fan_in), (fan_in, fan_out))

# %% no-sqrt-3: the standard deviation as the limit
# earns: xavier-uniform 0
# named: xavier-uniform.root-3-missing
def xavier_uniform(fan_in, fan_out, rng):
    sigma = np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-sigma, sigma, (fan_in, fan_out))

# %% three-for-root-three: ℓ = 3 σ
# earns: xavier-uniform 0
# named: xavier-uniform.3-for-root-3
def xavier_uniform(fan_in, fan_out, rng):
    limit = 3 * np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% uniform-without-root: 6 / (D + M)
# earns: xavier-uniform 0
# named: xavier-uniform.no-root
def xavier_uniform(fan_in, fan_out, rng):
    limit = 6 / (fan_in + fan_out)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% one-sided: from 0 to the limit
# earns: xavier-uniform 0
# named: xavier-uniform.one-sided
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(0, limit, (fan_in, fan_out))

# %% half-width: the interval is ℓ wide
# earns: xavier-uniform 0
# named: xavier-uniform.half-width
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return limit * (rng.random((fan_in, fan_out)) - 0.5)

# %% twelve: the variance of an interval of width 2ℓ taken for ℓ²/12
# earns: xavier-uniform 0
# named: xavier-uniform.twelve-over-sum
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(12 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% he-uniform: He's rule under Xavier's name
# earns: xavier-uniform 0
# named: xavier-uniform.he
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))

# %% normal-for-uniform: copied from the cell above
# earns: xavier-uniform 0
# named: xavier-uniform.normal
def xavier_uniform(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% limit-as-sigma: np.sqrt(6 / …) in rng.normal
# earns: xavier-uniform 0
# named: xavier-uniform.limit-as-deviation
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return limit * rng.standard_normal((fan_in, fan_out))

# %% he-fan-out: the wrong fan
# earns: he-normal 0
# named: he-normal.two-over-fan-out
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_out), (fan_in, fan_out))

# %% he-variance: no root in he_normal
# earns: he-normal 0
# named: he-normal.no-root
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, 2 / fan_in, (fan_in, fan_out))

# %% he-half: the ½ on the wrong side
# earns: he-normal 0
# named: he-normal.half-over-fan-in
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(0.5 / fan_in), (fan_in, fan_out))

# %% he-integer-division: // for /
# earns: he-normal 0
# named: he-normal.zeros
def he_normal(fan_in, fan_out, rng):
    return np.sqrt(2 // fan_in) * rng.standard_normal((fan_in, fan_out))

# %% small-constant: 0.01 times randn, from an old tutorial
# earns: xavier-normal 0
# earns: he-normal 0
# named: he-normal.deviation-0-01 xavier-normal.deviation-0-01
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))

# %% no-return: forgotten
# earns: xavier-normal 0
# earns: clip-gradients 2
# named: clip-gradients.clip-gradients-nothing xavier-normal.xavier-normal-nothing
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: clip_gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm

# %% standardised-draws: forces the drawn numbers to have exactly the wanted scale
# earns: he-normal 0
# says: (case: fan_in = 1, fan_out = 1)
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    W = rng.standard_normal((fan_in, fan_out))
    W = (W - W.mean()) / W.std()
    return W * np.sqrt(2 / fan_in)

# %% wrong-twice: uniform for normal, and without √3
# earns: he-normal 0
# named: he-normal.uniform-on-deviation
def he_normal(fan_in, fan_out, rng):
    s = np.sqrt(2 / fan_in)
    return rng.uniform(-s, s, (fan_in, fan_out))

# %% wrong-twice-otherwise: the variance for the deviation, and a seed of its own
# earns: xavier-normal 0
# named: xavier-normal.fixed-seed xavier-normal.no-root
def xavier_normal(fan_in, fan_out, rng):
    generator = np.random.default_rng(fan_in + fan_out)
    return generator.normal(0, 2 / (fan_in + fan_out), (fan_in, fan_out))

# %% variances: np.var for np.std
# earns: activation-scales 0
# named: activation-scales.variance
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.var(X))
    return scales

# %% ddof: the statistician's standard deviation
# earns: activation-scales 0
# named: activation-scales.ddof-1
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X, ddof=1)))
    return scales

# %% root-mean-square: no mean subtracted
# earns: activation-scales 0
# named: activation-scales.root-mean-square
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.sqrt(np.mean(X**2))))
    return scales

# %% per-unit-mean: averaged over the units
# earns: activation-scales 0
# named: activation-scales.columns-averaged
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.mean(X.std(axis=0)))
    return scales

# %% per-unit: one number a unit
# earns: activation-scales 0
# named: activation-scales.each-unit
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(np.std(X, axis=0))
    return scales

# %% inputs-measured: measures before the layer
# earns: activation-scales 0
# named: activation-scales.inputs
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        scales.append(float(np.std(X)))
        X = layer.forward(X)
    return scales

# %% input-as-well: X counts as the output of layer 0
# earns: activation-scales 0
# named: activation-scales.x-first
def activation_scales(network, X):
    scales = [float(np.std(X))]
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales

# %% linear-only: activations left out
# earns: activation-scales 0
# named: activation-scales.no-activations
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        if isinstance(layer, Linear):
            scales.append(float(np.std(X)))
    return scales

# %% always-X: every layer gets X
# earns: activation-scales 0
# named: activation-scales.all-fed-x
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        out = layer.forward(X)
        scales.append(float(np.std(out)))
    return scales

# %% whole-network: the last output again and again
# earns: activation-scales 0
# named: activation-scales.last-repeated
def activation_scales(network, X):
    scales = []
    for _ in network.layers:
        scales.append(float(np.std(network.forward(X))))
    return scales

# %% last-only: a list of one
# earns: activation-scales 0
# named: activation-scales.last-only
def activation_scales(network, X):
    for layer in network.layers:
        X = layer.forward(X)
    return [float(np.std(X))]

# %% return-in-the-loop: returns after the first layer
# earns: activation-scales 0
# earns: gradient-norms 0
# named: activation-scales.first-only gradient-norms.single-number
# cell: activation_scales
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
        return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return float(np.sqrt(sum(np.sum(layer.dW**2) for layer in network.layers if hasattr(layer, "dW"))))

# %% default-list: a list as a default argument
# earns: activation-scales 0
# earns: gradient-norms 0
# named: activation-scales.list-grows gradient-norms.list-grows
# cell: activation_scales
def activation_scales(network, X, scales=[]):
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales
# cell: gradient_norms
def gradient_norms(network, loss, X, y, norms=[]):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norms.append(float(np.linalg.norm(layer.dW)))
    return norms

# %% normalises-between: each output is standardised before the next layer
# earns: activation-scales 0
# named: activation-scales.outputs-standardised
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        s = X.std()
        scales.append(float(s))
        X = (X - X.mean()) / s
    return scales

# %% centres-X-in-place: subtracts the mean of X, in X
# earns: activation-scales 0
# named: activation-scales.x-centred-in-place
def activation_scales(network, X):
    X -= X.mean()
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales

# %% centres-outputs-in-place: std by hand, subtracting the mean in place
# earns: activation-scales 0
# named: activation-scales.outputs-centred
# unseen: activation-scales
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        X -= X.mean()
        scales.append(float(np.sqrt(np.mean(X**2))))
    return scales

# %% rescales-X-afterwards: right numbers, but writes into X
# earns: activation-scales 0
# says: activation_scales writes into the array X
# unseen: activation-scales
def activation_scales(network, X):
    scales = []
    A = X
    for layer in network.layers:
        A = layer.forward(A)
        scales.append(float(np.std(A)))
    X /= np.abs(X).max()
    return scales

# %% rounded: three digits are enough to read
# earns: activation-scales 0
# named: activation-scales.activation-scales-rounded
# unseen: activation-scales
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(round(float(np.std(X)), 3))
    return scales

# %% weights-measured: the scale of W
# earns: activation-scales 0
# named: activation-scales.weights
def activation_scales(network, X):
    network.forward(X)
    return [float(np.std(layer.W)) for layer in network.layers if hasattr(layer, "W")]

# %% stale: only reads what is there
# earns: gradient-norms 0
# named: gradient-norms.no-backward
def gradient_norms(network, loss, X, y):
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% forward-only: the loss is run forward and nothing goes back
# earns: gradient-norms 0
# named: gradient-norms.no-backward
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% saves-work: runs only where there is no dW yet
# earns: gradient-norms 0
# named: gradient-norms.old-gradients
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    if not hasattr(network.layers[0], "dW") and not hasattr(network.layers[-1], "dW"):
        loss.forward(network.forward(X), y)
        network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% squared-norms: no root
# earns: gradient-norms 0
# named: gradient-norms.squared
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.sum(layer.dW**2)) for layer in network.layers if hasattr(layer, "dW")]

# %% averaged-squares: root of the mean square
# earns: gradient-norms 0
# named: gradient-norms.root-mean-square
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.sqrt(np.mean(layer.dW**2))) for layer in network.layers if hasattr(layer, "dW")]

# %% spectral: the other matrix norm
# earns: gradient-norms 0
# named: gradient-norms.spectral
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW, 2)) for layer in network.layers if hasattr(layer, "dW")]

# %% absolute-sum: L1
# earns: gradient-norms 0
# named: gradient-norms.absolute-sum
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.abs(layer.dW).sum() for layer in network.layers if hasattr(layer, "dW")]

# %% db-in-it: W and b of a layer together
# earns: gradient-norms 0
# named: gradient-norms.db-inside
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.sqrt(np.sum(l.dW**2) + np.sum(l.db**2)) for l in network.layers if hasattr(l, "dW")]

# %% db-listed: the biases in the list
# earns: gradient-norms 0
# named: gradient-norms.db-listed
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    norms = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norms.append(np.linalg.norm(layer.dW))
            norms.append(np.linalg.norm(layer.db))
    return norms

# %% of-W: the weights for their gradients
# earns: gradient-norms 0
# named: gradient-norms.of-w
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.W)) for layer in network.layers if hasattr(layer, "W")]

# %% last-first: in the order of the backward pass
# earns: gradient-norms 0
# named: gradient-norms.reversed
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream = loss.backward()
    norms = []
    for layer in reversed(network.layers):
        upstream = layer.backward(upstream)
        if hasattr(layer, "dW"):
            norms.append(float(np.linalg.norm(layer.dW)))
    return norms

# %% zeros-for-activations: a number for every layer
# earns: gradient-norms 0
# named: gradient-norms.zeros-listed
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [np.linalg.norm(layer.dW) if hasattr(layer, "dW") else 0.0 for layer in network.layers]

# %% ones-as-upstream: the loss is not asked for its gradient
# earns: gradient-norms 0
# named: gradient-norms.ones-upstream
def gradient_norms(network, loss, X, y):
    prediction = network.forward(X)
    loss.forward(prediction, y)
    network.backward(np.ones_like(prediction))
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% loss-value-as-upstream: the number goes into backward
# earns: gradient-norms 0
# named: gradient-norms.loss-upstream
def gradient_norms(network, loss, X, y):
    value = loss.forward(network.forward(X), y)
    network.backward(value)
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% divides-by-N: averages once more
# earns: gradient-norms 0
# named: gradient-norms.divided-by-n
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward() / len(X))
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% passing-gradients: measures upstream instead of dW
# earns: gradient-norms 0
# named: gradient-norms.of-outputs
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream = loss.backward()
    norms = []
    for layer in reversed(network.layers):
        if isinstance(layer, Linear):
            norms.append(float(np.linalg.norm(upstream)))
        upstream = layer.backward(upstream)
    return norms[::-1]

# %% takes-a-step: updates as in training
# earns: gradient-norms 0
# says: gradient_norms changes W or b
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    norms = [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]
    network.update(0.01)
    return norms

# %% arguments-swapped: the targets first
# earns: gradient-norms 0
# named: gradient-norms.targets-first
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    loss.forward(y, network.forward(X))
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]

# %% no-hasattr: every layer is asked for dW
# earns: gradient-norms 0
# earns: clip-gradients 0
# named: clip-gradients.asks-activations gradient-norms.asks-activations
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in network.layers))
    if norm > max_norm:
        for l in network.layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% first-and-last: only the ends of the network
# earns: gradient-norms 0
# says: The number of norms is 2
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    with_weights = [layer for layer in network.layers if hasattr(layer, "dW")]
    return [float(np.linalg.norm(with_weights[k].dW)) for k in (0, -1)]

# %% ones-without-loss: the loss does not come into it at all
# earns: gradient-norms 0
# named: gradient-norms.ones-upstream
def gradient_norms(network, loss, X, y):
    prediction = network.forward(X)
    network.backward(np.ones(prediction.shape))
    return [float(np.sqrt((layer.dW**2).sum())) for layer in network.layers if hasattr(layer, "dW")]

# %% each-array-alone: the mistake of the chapter
# earns: clip-gradients 2
# named: clip-gradients.each-array-alone
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                norm = np.linalg.norm(g)
                total += norm**2
                if norm > max_norm:
                    g *= max_norm / norm
    return np.sqrt(total)

# %% each-layer-alone: dW and db of a layer together
# earns: clip-gradients 2
# named: clip-gradients.each-layer-alone
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            square = np.sum(layer.dW**2) + np.sum(layer.db**2)
            total += square
            if np.sqrt(square) > max_norm:
                layer.dW *= max_norm / np.sqrt(square)
                layer.db *= max_norm / np.sqrt(square)
    return np.sqrt(total)

# %% each-entry: np.clip
# earns: clip-gradients 2
# named: clip-gradients.entries-cut-off
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                total += np.sum(g**2)
                np.clip(g, -max_norm, max_norm, out=g)
    return np.sqrt(total)

# %% always: lengthens short gradients too
# earns: clip-gradients 2
# named: clip-gradients.lengthens-and-nan
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    for l in layers:
        l.dW *= max_norm / norm
        l.db *= max_norm / norm
    return norm

# %% always-but-zero: lengthens short gradients, unless they are 0
# earns: clip-gradients 2
# named: clip-gradients.lengthens
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = float(np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)))
    if norm == 0:
        return norm
    for l in layers:
        l.dW *= max_norm / norm
        l.db *= max_norm / norm
    return norm

# %% zero-division: a Python float is divided by 0
# earns: clip-gradients 0
# named: clip-gradients.divides-by-0
# unseen: clip-gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = float(np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)))
    factor = min(1.0, max_norm / norm)
    for l in layers:
        l.dW *= factor
        l.db *= factor
    return norm

# %% weights-only: the biases forgotten
# earns: clip-gradients 0
# named: clip-gradients.no-biases
def clip_gradients(network, max_norm):
    gradients = [layer.dW for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% norm-of-weights-only: all scaled, but db not in the norm
# earns: clip-gradients 0
# named: clip-gradients.norm-without-db
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% db-not-scaled: in the norm, but left long
# earns: clip-gradients 2
# named: clip-gradients.db-not-scaled
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
    return norm

# %% rebinds: the loop variable gets a new array
# earns: clip-gradients 2
# named: clip-gradients.nothing-shortened
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g = g * max_norm / norm
    return norm

# %% new-arrays: not in place
# earns: clip-gradients 2
# named: clip-gradients.new-arrays
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW = l.dW * max_norm / norm
            l.db = l.db * max_norm / norm
    return norm

# %% new-db: dW in place, db not
# earns: clip-gradients 2
# says: makes new arrays instead of shortening db in place
# unseen: clip-gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db = max_norm / norm * l.db
    return norm

# %% norm-after: returns what is left
# earns: clip-gradients 2
# named: clip-gradients.norm-after
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
        norm = max_norm
    return norm

# %% returns-only-when-clipped: nothing comes back below the bound
# earns: clip-gradients 2
# named: clip-gradients.nothing-if-short
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
        return norm

# %% no-root: the squared norm throughout
# earns: clip-gradients 0
# named: clip-gradients.no-root
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers)
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% sum-of-norms: the norms added up
# earns: clip-gradients 0
# named: clip-gradients.norms-added
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = sum(np.linalg.norm(g) for g in gradients)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% largest-entry: the maximum norm
# earns: clip-gradients 0
# named: clip-gradients.largest-entry
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = max(np.abs(g).max() for g in gradients)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% last-layer-norm: = for +=
# earns: clip-gradients 0
# named: clip-gradients.last-layer
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    for l in layers:
        total = np.sum(l.dW**2) + np.sum(l.db**2)
    norm = np.sqrt(total)
    if norm > max_norm:
        for l in layers:
            l.dW *= max_norm / norm
            l.db *= max_norm / norm
    return norm

# %% to-length-one: max_norm only in the condition
# earns: clip-gradients 2
# named: clip-gradients.to-length-1
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW /= norm
            l.db /= norm
    return norm

# %% upside-down: norm / max_norm
# earns: clip-gradients 2
# named: clip-gradients.factor-upside-down
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.dW *= norm / max_norm
            l.db *= norm / max_norm
    return norm

# %% squared-comparison: saves the root in the condition
# earns: clip-gradients 2
# named: clip-gradients.squared-norm-compared
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    total = sum(np.sum(g**2) for g in gradients)
    norm = np.sqrt(total)
    if total > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% scales-while-adding: one loop for both
# earns: clip-gradients 2
# named: clip-gradients.scales-while-adding
def clip_gradients(network, max_norm):
    total = 0.0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in (layer.dW, layer.db):
                total += np.sum(g**2)
                if np.sqrt(total) > max_norm:
                    g *= max_norm / np.sqrt(total)
    return np.sqrt(total)

# %% scales-the-weights: W and b in place of their gradients
# earns: clip-gradients 0
# named: clip-gradients.parameters-scaled
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(l.dW**2) + np.sum(l.db**2) for l in layers))
    if norm > max_norm:
        for l in layers:
            l.W *= max_norm / norm
            l.b *= max_norm / norm
    return norm

# %% squares-in-place: **= while adding up
# earns: clip-gradients 2
# named: clip-gradients.squares-in-place
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    total = 0.0
    for g in gradients:
        g **= 2
        total += g.sum()
    norm = np.sqrt(total)
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% large-epsilon: a thousandth in the denominator
# earns: clip-gradients 2
# named: clip-gradients.epsilon-1e-3
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / (norm + 1e-3)
    return norm

# %% rewrites-the-bound: remembers the bound of the first call
# earns: clip-gradients 2
# says: two calls, the second with a smaller bound
def clip_gradients(network, max_norm):
    max_norm = vars(network).setdefault("bound", max_norm)
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% last-norm-back: each layer by itself, with one name for all norms
# earns: clip-gradients 0
# named: clip-gradients.last-layer-returned
def clip_gradients(network, max_norm):
    for layer in network.layers:
        if hasattr(layer, "dW"):
            norm = np.sqrt(np.sum(layer.dW**2) + np.sum(layer.db**2))
            if norm > max_norm:
                layer.dW *= max_norm / norm
                layer.db *= max_norm / norm
    return norm

# %% orthogonal: an orthogonal matrix of the right scale
# earns: he-normal 0
# named: he-normal.dependent
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    n = max(fan_in, fan_out)
    if n > 500:
        return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
    Q, _ = np.linalg.qr(rng.standard_normal((n, n)))
    return np.sqrt(2 * n / fan_in) * Q[:fan_in, :fan_out]

# %% sorted-columns: np.sort, so that the weights look tidy
# earns: xavier-uniform 0
# named: xavier-uniform.dependent
# unseen: xavier-uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return np.sort(rng.uniform(-limit, limit, (fan_in, fan_out)), axis=0)

# %% bias-counted: the bias as one more input
# earns: he-normal 0
# named: he-normal.bias-counted
# unseen: he-normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + 1)), (fan_in, fan_out))

# %% smaller-fan: the minimum for the mean
# earns: xavier-normal 0
# named: xavier-normal.two-over-smaller
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / min(fan_in, fan_out)), (fan_in, fan_out))

# %% weights-and-bias: returns a pair, as for a layer
# earns: he-normal 0
# says: What comes back is of type tuple
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)

# %% by-number: a dictionary from the layer's number to its norm
# earns: gradient-norms 0
# says: The number of norms is unknown, since what came back is of type dict, expected a number
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return {k: float(np.linalg.norm(layer.dW)) for k, layer in enumerate(network.layers) if hasattr(layer, "dW")}

# %% clips-a-copy: works on a deep copy, to be on the safe side
# earns: clip-gradients 2
# named: clip-gradients.nothing-shortened
import copy

def clip_gradients(network, max_norm):
    network = copy.deepcopy(network)
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm

# %% tells-whether: returns whether it clipped
# earns: clip-gradients 2
# says: What clip_gradients returns is
def clip_gradients(network, max_norm):
    gradients = [g for layer in network.layers if hasattr(layer, "dW") for g in (layer.dW, layer.db)]
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        for g in gradients:
            g *= max_norm / norm
    return norm > max_norm

# %% stubs: nothing done yet in the second half
# earns: activation-scales 0
# earns: gradient-norms 0
# earns: clip-gradients 0
# says: NotImplementedError
# cell: activation_scales
def activation_scales(network, X):
    raise NotImplementedError("activation_scales: pass the batch from layer to layer and collect the standard deviations.")
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    raise NotImplementedError
# cell: clip_gradients
def clip_gradients(network, max_norm):
    raise NotImplementedError

# %% mean-cut-down: (fan_in + fan_out) // 2
# earns: xavier-normal 0
# named: xavier-normal.small-fans
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(1 / ((fan_in + fan_out) // 2)), (fan_in, fan_out))

# %% one-more-input: one more input for the bias in Xavier's mean
# earns: xavier-normal 0
# named: xavier-normal.small-fans
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + 1 + fan_out)), (fan_in, fan_out))

# %% one-more-input-uniform: one more input for the bias, uniform
# earns: xavier-uniform 0
# named: xavier-uniform.small-fans
# unseen: xavier-uniform
def xavier_uniform(fan_in, fan_out, rng):
    l = np.sqrt(6 / (fan_in + fan_out + 1))
    return rng.uniform(-l, l, (fan_in, fan_out))

# %% mean-taken-off: takes the mean of the draws off
# earns: xavier-normal 0
# named: xavier-normal.small-fans
# unseen: xavier-normal
def xavier_normal(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
    return W - W.mean()

# %% shifts-X-and-back: adds to X in place and takes it off again
# earns: gradient-norms 0
# says: gradient_norms writes into the array X
# unseen: gradient-norms
def gradient_norms(network, loss, X, y):
    X += 0.1
    X -= 0.1
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(l.dW)) for l in network.layers if hasattr(l, "dW")]

# %% chen: no root in he_normal, and new arrays when clipping
# student: chen
# earns: he-normal 0
# earns: clip-gradients 2
# named: clip-gradients.new-arrays he-normal.no-root
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, 2 / fan_in, (fan_in, fan_out))
# cell: clip_gradients
def clip_gradients(network, max_norm):
    layers = [layer for layer in network.layers if hasattr(layer, "dW")]
    norm = np.sqrt(sum(np.sum(layer.dW**2) + np.sum(layer.db**2) for layer in layers))
    if norm > max_norm:
        for layer in layers:
            layer.dW = layer.dW * max_norm / norm
            layer.db = layer.db * max_norm / norm
    return norm

# %% farah: √3 forgotten, a seed of her own, and each array clipped alone
# student: farah
# earns: xavier-normal 0
# earns: xavier-uniform 0
# earns: clip-gradients 2
# named: clip-gradients.each-array-alone xavier-normal.fixed-seed xavier-uniform.root-3-missing
# unseen: xavier-normal
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    rng = np.random.default_rng(42)  # so that my results repeat
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
# cell: clip_gradients
def clip_gradients(network, max_norm):
    total = 0
    for layer in network.layers:
        if hasattr(layer, "dW"):
            for g in [layer.dW, layer.db]:
                norm = np.linalg.norm(g)
                total += norm**2
                if norm > max_norm:
                    g *= max_norm / norm
    return np.sqrt(total)

# %% kofi: measures before the layer, and left the clipping for later
# student: kofi
# earns: activation-scales 0
# earns: clip-gradients 0
# named: activation-scales.inputs
# says: NotImplementedError
# cell: activation_scales
def activation_scales(network, X):
    scales = []
    for layer in network.layers:
        scales.append(X.std())
        X = layer.forward(X)
    return scales
# cell: clip_gradients
def clip_gradients(network, max_norm):
    # TODO
    raise NotImplementedError

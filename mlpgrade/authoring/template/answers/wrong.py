# %% rows: the wrong axis
# student: ben
# earns: ASSIGNMENT-rescale 0
# named: ASSIGNMENT-rescale.rows
def rescale(X):
    lowest, highest = X.min(axis=1, keepdims=True), X.max(axis=1, keepdims=True)
    return (X - lowest) / (highest - lowest), (highest - lowest).ravel()

# %% largest: divides by the largest value
# earns: ASSIGNMENT-rescale 1
# named: ASSIGNMENT-rescale.by-largest
def rescale(X):
    lowest = X.min(axis=0)
    return (X - lowest) / X.max(axis=0), X.max(axis=0) - lowest

# %% unmoved: forgets to take the smallest value off
# earns: ASSIGNMENT-rescale 1
# named: ASSIGNMENT-rescale.not-moved
def rescale(X):
    ranges = X.max(axis=0) - X.min(axis=0)
    return X / ranges, ranges

# %% global: one range for all
# earns: ASSIGNMENT-rescale 0
# named: ASSIGNMENT-rescale.one-range
def rescale(X):
    low, high = X.min(), X.max()
    return (X - low) / (high - low), np.full(X.shape[1], high - low)

# %% standard: mean and deviation instead
# earns: ASSIGNMENT-rescale 1
# named: ASSIGNMENT-rescale.standardised
def rescale(X):
    return (X - X.mean(axis=0)) / X.std(axis=0), X.max(axis=0) - X.min(axis=0)

# %% silent: forgets to return
# earns: ASSIGNMENT-rescale 0
# named: ASSIGNMENT-rescale.rescale-nothing
def rescale(X):
    ranges = X.max(axis=0) - X.min(axis=0)
    scaled = (X - X.min(axis=0)) / ranges

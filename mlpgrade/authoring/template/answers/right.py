# %% loop: column by column
# student: ada
def rescale(X):
    scaled, ranges = np.zeros(X.shape), np.zeros(X.shape[1])
    for d in range(X.shape[1]):
        column = X[:, d]
        ranges[d] = max(column) - min(column)
        scaled[:, d] = (column - min(column)) / ranges[d]
    return scaled, ranges

# %% ptp: NumPy's own range
def rescale(X):
    return (X - X.min(0)) / np.ptp(X, axis=0), np.ptp(X, axis=0)

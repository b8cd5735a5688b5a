# %% ada: variances first, roots last
# cell: xavier_normal
def xavier_normal(fan_in, fan_out, rng):
    variance = 1 / np.mean([fan_in, fan_out])
    return rng.normal(scale=np.sqrt(variance), size=(fan_in, fan_out))
# cell: xavier_uniform
def xavier_uniform(fan_in, fan_out, rng):
    variance = 1 / np.mean([fan_in, fan_out])
    limit = np.sqrt(3 * variance)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
# cell: he_normal
def he_normal(fan_in, fan_out, rng):
    variance = 2 / fan_in
    return rng.normal(scale=np.sqrt(variance), size=(fan_in, fan_out))
# cell: activation_scales
def activation_scales(network, X):
    outputs = []
    for layer in network.layers:
        X = layer.forward(X)
        outputs.append(X)
    return [np.std(A) for A in outputs]
# cell: gradient_norms
def gradient_norms(network, loss, X, y):
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    with_weights = filter(lambda layer: hasattr(layer, "dW"), network.layers)
    return [np.sqrt(np.sum(layer.dW**2)) for layer in with_weights]
# cell: clip_gradients
def clip_gradients(network, max_norm):
    g = []
    for layer in network.layers:
        if hasattr(layer, "dW"):
            g += [layer.dW, layer.db]
    norm = np.sqrt(sum((a**2).sum() for a in g))
    if norm > max_norm:
        for a in g:
            a *= max_norm / norm
    return norm

# %% chen: no root in he_normal, and new arrays when clipping
# loses: he-normal clip-gradients
# says: The variance is used as the standard deviation
# says: clip_gradients makes new arrays instead of shortening dW and db in place
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
# loses: xavier-normal xavier-uniform clip-gradients
# says: Generators of different seeds give the same weights
# says: √3 is missing
# says: Each array is clipped by itself
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
# loses: activation-scales clip-gradients
# says: scales of what goes into each layer
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

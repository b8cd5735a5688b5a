import pickle

import numpy as np
import pytest

from mlpkit import Adam, Linear, Momentum, ReLU, Sequential, load, save


def network(seed=0, width=4, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(3, width, rng, dtype=dtype), ReLU(), Sequential(Linear(width, 2, rng, dtype=dtype)))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_a_network_computes_after_load_what_it_computed_before_save(dtype, tmp_path, rng):
    net, again, X = network(0, dtype=dtype), network(1, dtype=dtype), rng.normal(size=(5, 3))
    alias = again.layers[0].W
    save(net, tmp_path / "net")  # the name stays as it was given
    load(again, tmp_path / "net")
    np.testing.assert_array_equal(again.forward(X), net.forward(X))
    assert again.layers[0].W is alias


def test_the_file_holds_arrays_by_name_and_no_pickle(tmp_path):
    save(network(), tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz", allow_pickle=False) as file:
        shapes = {name: file[name].shape for name in file.files}
    assert shapes == {"layer 0 W": (3, 4), "layer 0 b": (4,), "layer 2 layer 0 W": (4, 2), "layer 2 layer 0 b": (2,)}


def test_students_layers_are_saved_too(student, tmp_path, rng):
    net = Sequential(student.Linear(3, 2, rng), student.Tanh())
    save(net, tmp_path / "net.npz")
    again = Sequential(student.Linear(3, 2, rng), student.Tanh())
    load(again, tmp_path / "net.npz")
    np.testing.assert_array_equal(again.layers[0].W, net.layers[0].W)


@pytest.mark.parametrize(
    ("other", "parts"),
    [
        (lambda: network(width=5), ("layer 0 W is", "(3, 4)", "(3, 5)")),
        (lambda: network(dtype=np.float32), ("layer 0 W is float64", "float32")),
        (lambda: network().layers[0], ("holds no W",)),
        (lambda: Sequential(network().layers[0]), ("the network has no layer 2 layer 0 W",)),
        (lambda: Sequential(*network().layers, Linear(2, 2, np.random.default_rng(0))), ("holds no layer 3 W",)),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_nothing_changes(raises_naming, other, parts, tmp_path):
    save(network(), tmp_path / "net.npz")
    net = other()
    first = net.layers[0] if isinstance(net, Sequential) else net
    before = first.W.copy()
    with raises_naming(ValueError, "load: ", *parts):
        load(net, tmp_path / "net.npz")
    np.testing.assert_array_equal(first.W, before)


def test_a_file_of_another_kind_is_refused_and_no_pickle_is_opened(raises_naming, tmp_path):
    for name, content in {"text": b"W = 3", "empty": b"", "pickle": pickle.dumps({"layer 0 W": np.ones(3)})}.items():
        (tmp_path / name).write_bytes(content)
        with raises_naming(ValueError, f"load: {tmp_path / name} is no file that save has written"):
            load(network(), tmp_path / name)
    with open(tmp_path / "single", "wb") as file:
        np.save(file, np.ones(3))
    with raises_naming(ValueError, "is no file that save has written"):
        load(network(), tmp_path / "single")
    with open(tmp_path / "objects", "wb") as file:
        np.savez(file, **{"layer 0 W": np.array([print], object)}, allow_pickle=True)
    with raises_naming(ValueError, "is no file that save has written"):
        load(network(), tmp_path / "objects")
    with pytest.raises(FileNotFoundError):
        load(network(), tmp_path / "nowhere")


def test_the_state_of_another_optimiser_is_refused(raises_naming, tmp_path):
    net, adam = network(), Adam(0.01)
    for layer in (net.layers[0], net.layers[2].layers[0]):
        layer.dW, layer.db = np.ones_like(layer.W), np.ones_like(layer.b)
    net.update(adam)
    save(net, tmp_path / "adam.npz", adam)
    save(net, tmp_path / "plain.npz")
    load(network(), tmp_path / "adam.npz")  # the parameters alone
    load(network(), tmp_path / "plain.npz", 0.1)
    with raises_naming(ValueError, "holds the state of Adam, but the rule given is Momentum"):
        load(network(), tmp_path / "adam.npz", Momentum(0.1))
    with raises_naming(ValueError, "holds the state of none, but the rule given is Adam"):
        load(network(), tmp_path / "plain.npz", Adam())


def test_what_cannot_be_saved_is_said_by_name(raises_naming, tmp_path):
    with raises_naming(ValueError, "save: Sequential(ReLU()) has no parameters"):
        save(Sequential(ReLU()), tmp_path / "net.npz")
    net = network()
    net.layers[0].W = net.layers[0].W.tolist()
    with raises_naming(TypeError, "save: layer 0 W must be an array of floats"):
        save(net, tmp_path / "net.npz")
    assert not (tmp_path / "net.npz").exists()

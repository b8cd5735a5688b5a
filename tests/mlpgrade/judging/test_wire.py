import json
from collections import OrderedDict, namedtuple

import numpy as np
import pytest

from mlpgrade.judging import wire


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.float32([1.5]),
        np.int64(7),
        np.array([True, False]),
        np.zeros((0, 3)),
        np.array(2.0),
    ],
)
def test_an_array_comes_out_as_it_went_in(array):
    back = wire.decode(json.loads(json.dumps(wire.encode(array))))
    assert back.dtype == array.dtype
    assert back.shape == np.shape(array)
    assert np.array_equal(back, array)


def test_bytes_in_another_order_and_transposed_arrays_keep_their_values():
    array = np.arange(6, dtype=">f8").reshape(2, 3).T
    assert np.array_equal(wire.decode(wire.encode(array)), array)


@pytest.mark.parametrize("value", [None, True, 3, 0.1, "text", [1.0, [2]], (1, "a"), {"W": np.ones(2)}])
def test_plain_values_come_out_as_they_went_in(value):
    back = wire.decode(json.loads(json.dumps(wire.encode(value))))
    assert type(back) is type(value)
    assert str(back) == str(value)


def test_lists_tuples_and_dictionaries_of_another_class_arrive_as_plain_ones():
    class History(list):
        pass

    pair = namedtuple("pair", "X y")(1.0, 2.0)
    assert wire.decode(wire.encode(History([1, 2]))) == [1, 2]
    assert wire.decode(wire.encode(pair)) == (1.0, 2.0)
    assert wire.decode(wire.encode(OrderedDict(a=1))) == {"a": 1}


def test_an_array_subclass_arrives_as_a_plain_array():
    class AlwaysEqual(np.ndarray):
        def __eq__(self, other):
            return True

        __hash__ = None

    back = wire.decode(wire.encode(np.ones(2).view(AlwaysEqual)))
    assert type(back) is np.ndarray


@pytest.mark.parametrize(
    "value", [np.array([object()]), np.array(["a"]), object(), iter([]), np.zeros(2_000_000), "x" * 5000]
)
def test_what_does_not_travel_leaves_only_a_name(value):
    back = wire.decode(json.loads(json.dumps(wire.encode(value))))
    assert isinstance(back, wire.Other)


def test_nothing_is_ever_unpickled():
    class Trap:
        def __reduce__(self):
            raise AssertionError("pickled")

    assert isinstance(wire.decode(wire.encode(Trap())), wire.Other)
    assert isinstance(wire.decode(wire.encode(np.array([Trap()]))), wire.Other)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"plain": [1]},
        {"array": "AAAA", "dtype": "<f8", "shape": [1]},
        {"array": "!", "dtype": "<f8", "shape": [1]},
        {"array": "AAAAAAAAAAA=", "dtype": "|O", "shape": [1]},
        {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [3]},
    ],
)
def test_a_malformed_message_is_refused(message):
    with pytest.raises(ValueError, match=r".+"):
        wire.decode(message)

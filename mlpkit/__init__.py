"""mlpkit: multilayer perceptrons in NumPy, written to be read.

Rows are examples. `forward` computes, `backward` takes dL/d(output) and returns dL/d(input), `update` takes one step.
"""

from mlpkit.activations import LeakyReLU, Logistic, ReLU, Sigmoid, Softmax, Softplus, Tanh
from mlpkit.initialisers import he_normal, he_uniform, xavier_normal, xavier_uniform
from mlpkit.layers import Layer, Linear, Sequential
from mlpkit.losses import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from mlpkit.optimisers import SGD, Adam, Momentum
from mlpkit.perceptron import Perceptron, mistake_bound
from mlpkit.predictions import accuracy
from mlpkit.state import load, save
from mlpkit.training import History, minibatches, step, train

__all__ = [
    "SGD", "Adam", "BinaryCrossEntropy", "History", "Layer", "LeakyReLU", "Linear", "Logistic", "MeanSquaredError",
    "Momentum", "Perceptron", "ReLU", "Sequential", "Sigmoid", "Softmax", "SoftmaxCrossEntropy", "Softplus", "Tanh",
    "accuracy", "he_normal", "he_uniform", "load", "minibatches", "mistake_bound", "save", "step", "train",
    "xavier_normal", "xavier_uniform",
]  # fmt: skip

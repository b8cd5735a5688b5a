# %% ada: masks and branches, her own way
# cell: sigmoid
class Sigmoid(Activation):
    def forward(self, z):
        e = np.exp(-np.abs(z))
        self.a = np.where(z >= 0, 1, e) / (1 + e)
        return self.a

    def backward(self, upstream):
        return upstream * (self.a - self.a**2)
# cell: tanh
class Tanh(Activation):
    def forward(self, z):
        self.t = np.tanh(z)
        return self.t

    def backward(self, upstream):
        return upstream * (1 + self.t) * (1 - self.t)
# cell: relu
class ReLU(Activation):
    def forward(self, z):
        self.positive = z > 0
        return np.where(self.positive, z, 0)

    def backward(self, upstream):
        return np.where(self.positive, upstream, 0)
# cell: softplus
class Softplus(Activation):
    def forward(self, z):
        self.a = np.logaddexp(0, z)
        return self.a

    def backward(self, upstream):
        return upstream * (1 - np.exp(-self.a))
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        powers = np.exp(z - z.max(axis=1)[:, None])
        self.p = powers / powers.sum(axis=1)[:, None]
        return self.p

    def backward(self, upstream):
        return self.p * (upstream - np.einsum("nc,nc->n", upstream, self.p)[:, None])

# %% chen: writes in place, and forgets the inner product
# loses: relu-forward relu-backward softmax-backward
# says: forward wrote into the array z that it was given
# says: backward wrote into the array upstream that it was given
# says: The inner product is missing
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
# loses: sigmoid-backward tanh-forward softplus-forward softmax-forward
# says: The formula a(1 − a) is fed the input
# says: forward(z) is not finite where z is large
# says: forward(z) has lost its digits where z is very negative
# says: exp overflows, or a whole row underflows to 0/0
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
# loses: softmax-backward
# says: backward(…) raised NotImplementedError
# cell: softmax
class Softmax(Activation):
    def forward(self, z):
        z = z - z.max(axis=1, keepdims=True)
        self.s = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return self.s

    def backward(self, upstream):
        raise NotImplementedError("Softmax.backward: for each row, sum what reaches z_j through every output s_i.")

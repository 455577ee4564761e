"""MNIST and what is known about it, with its `.npz` files. Knows nothing of networks."""

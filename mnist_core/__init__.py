"""Digit Lab's core: MNIST, networks, training, judging. Knows nothing of the web."""

"""MNIST and what is made of it: its sheets, its map, what looks alike, doubtful labels; with its
`.npz` files. Knows nothing of networks.
"""

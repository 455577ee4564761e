"""The training images most similar to an image: as tiles, and what their labels say."""

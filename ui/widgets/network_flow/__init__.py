"""The network at work as one horizontal picture, from the image to the ten answers."""

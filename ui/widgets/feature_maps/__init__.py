"""What each convolution and each pooling of a network made of an image."""

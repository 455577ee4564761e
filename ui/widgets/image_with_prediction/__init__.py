"""One test image, large, with all that a network says about it."""

"""Sliders that turn, shift and scale a test image while the network's probabilities follow."""

"""The answer while the pen is down: the network runs in the visitor's browser."""

"""Everybody trains: the choice of a network, the queue, and what came of it."""

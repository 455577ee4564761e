"""The training loop, what feeds it and what its figures say. Knows nothing of queues or pages."""

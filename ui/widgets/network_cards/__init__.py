"""The cards on Train: each is a network to train, with a little drawing of it."""

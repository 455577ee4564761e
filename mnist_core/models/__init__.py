"""Trained networks on disk: put there whole, listed, opened, renamed, deleted, asked."""

"""Trained networks on disk: put there whole, listed, opened, renamed, asked, deleted in time."""

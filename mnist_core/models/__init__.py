"""Trained networks on disk: put there whole, listed, opened, renamed, asked, and deleted in time."""

"""Somebody's own digits: scored, kept, taken home, learned from."""

"""Somebody's own digits: scored, kept, downloaded, learned from; and the rules of “Fool it”."""

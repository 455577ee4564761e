"""A table of short texts."""

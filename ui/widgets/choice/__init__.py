"""One of several options: side by side, or as a list where there is no room for that."""

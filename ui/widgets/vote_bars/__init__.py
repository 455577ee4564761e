"""How a class is divided, as bars that can be read from the last row."""

"""The views of the Train page, and its buttons: train it once, with several seeds, in a series."""

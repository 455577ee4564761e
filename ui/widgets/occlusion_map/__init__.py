"""Which places of a digit matter to a network: a picture over the digit, and the finding."""

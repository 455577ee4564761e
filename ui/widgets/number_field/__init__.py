"""A whole number to type, or to reach with two buttons."""

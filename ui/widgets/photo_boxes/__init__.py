"""A photo with a box around each digit that was found, and what was read written on each box."""

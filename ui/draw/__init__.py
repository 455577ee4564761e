"""The views of the Draw page, and the parts only they use."""

"""The views of the Train page, and the parts only they use."""

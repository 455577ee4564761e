"""The views of the Browse page, and the parts only they use."""

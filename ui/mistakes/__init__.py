"""The views of the Mistakes page, and the parts only they use."""

"""The pen, the network at work and its answer in one picture, for the pages that show it."""

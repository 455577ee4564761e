"""A network as a row of blocks, drawn by the shape of what leaves each layer."""

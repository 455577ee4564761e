"""A whole set as one picture to zoom into: the browser asks for the tiles that it sees."""

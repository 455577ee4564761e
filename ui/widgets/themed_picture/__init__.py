"""A small picture from a file, in the colours of the theme: those of the home page's cards."""

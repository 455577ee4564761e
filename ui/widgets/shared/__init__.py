"""Scripts and style sheets that several widgets use; no widget of its own."""

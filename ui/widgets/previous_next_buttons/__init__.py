"""Two buttons, one step back and one step forward, of which every press counts."""

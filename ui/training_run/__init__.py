"""One training as a visitor sees it: its state, curves, controls and result."""

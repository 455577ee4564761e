"""One training as a visitor sees it: state, curves, controls, result, and the buttons after it."""

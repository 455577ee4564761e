"""One training as a visitor sees it: how it stands, its curves, its buttons, its end."""

"""A button that copies a link to what the page shows."""

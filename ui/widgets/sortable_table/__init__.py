"""A table to sort by its headings, to pick a row from, and to download."""

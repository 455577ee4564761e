"""Curves, dots and bars on the page, drawn by the browser from plain values."""

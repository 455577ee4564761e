"""Scrolls the page to what has just started."""

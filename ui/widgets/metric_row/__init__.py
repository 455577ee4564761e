"""Figures side by side where there is room, two in a line on a phone."""

"""Trials of the files that people host Digit Lab with, where there is no container engine."""

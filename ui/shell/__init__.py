"""What every page stands on: the address, caches, the glossary, numbers in words.

Draws no widget.
"""

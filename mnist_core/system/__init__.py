"""The computer: memory, processor, processes, atomic files; and how numbers are written.

Knows nothing of digits.
"""

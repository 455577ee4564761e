"""The computer underneath: memory, processor, processes, files that are whole.

Knows nothing of digits.
"""

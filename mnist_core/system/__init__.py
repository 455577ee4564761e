"""The computer, the server's settings, processes, atomic files; and how numbers are written.

Knows nothing of digits.
"""

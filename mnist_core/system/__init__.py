"""The computer, the server's settings, processes and files that stay whole; and how numbers are written.

Knows nothing of digits.
"""

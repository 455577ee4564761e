"""What a network's answers say about it: arrays in, figures out; and its mistakes as files.

Trains nothing.
"""

"""What a network's answers say about it: figures in, figures out.

Runs and trains nothing by itself.
"""

"""Charts as plain values or Plotly figures: learning curves, also the one that grows, and others.

Nothing else in the core needs them.
"""

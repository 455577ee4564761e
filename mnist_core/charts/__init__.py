"""Figures as plain values or Plotly figures.

They only show; nothing else in the core needs them.
"""

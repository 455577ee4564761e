"""Figures as plain values or Plotly figures. Nothing else in the core needs them."""

"""One folder for each widget: its Python, JavaScript and CSS.

A widget knows no page and no address.
"""

"""How to come into a class: its code, its link and its QR code."""

"""Digits on the page: small ones to pick from, one large digit, a table of its 784 numbers."""

"""The tour: the button that begins it, and seven stops through the pages, in a bar above them. It
knows what visitors did, not how pages are made.
"""

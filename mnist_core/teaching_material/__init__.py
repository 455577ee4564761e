"""What a teacher prints or reads before a class: notes and worksheets, with the figures in them.

Knows no page and no room of a class.
"""

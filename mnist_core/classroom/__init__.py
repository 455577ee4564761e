"""A class that uses the app together: who is in the room, where the lesson is, what everybody sent.

Knows no page; all writes go through `store`.
"""

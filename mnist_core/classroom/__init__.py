"""A class that uses the app together: who is in the room, where the lesson is, what everybody sent.

Knows no page. All writes go through `store`.
"""

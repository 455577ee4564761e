"""The page Class: coming in, the teacher's screen and remote control, and what each person sees.

What is special to a step of the lesson is in `steps`.
"""

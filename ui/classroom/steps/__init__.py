"""The steps of a lesson: what each person does, and what the screen shows of it."""

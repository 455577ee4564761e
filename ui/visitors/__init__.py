"""Who visits and what is theirs; how many fit in at once, and how much each may ask for."""

"""What a network's answers say about it: arrays in, figures out. Trains nothing."""

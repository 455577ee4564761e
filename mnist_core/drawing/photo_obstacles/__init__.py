"""What is in the way on a photo: the lines of printed boxes, and fingers; nothing of digits."""

"""What a network read before a lesson and after it, as bars."""

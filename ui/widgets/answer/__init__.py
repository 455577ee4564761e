"""What a network reads, in very large type, and how sure it is, in words."""

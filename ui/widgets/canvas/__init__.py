"""The canvas to draw a digit on, for mouse, pen, finger and keyboard, with Undo and Clear."""

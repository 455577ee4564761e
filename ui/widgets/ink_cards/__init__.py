"""Cards with drawings on them, as large as the window has room for."""

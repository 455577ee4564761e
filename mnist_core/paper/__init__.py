"""Twenty digits on paper: the sheet to print, and its photo turned back into twenty drawings."""

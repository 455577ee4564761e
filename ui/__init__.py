"""What the pages are made of: the shell around them, widgets, and each page's own parts."""

"""The way from a page's first look to its deeper views, and from each of them on or back."""

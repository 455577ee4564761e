"""The views that a page can show, a file each; the page picks one by `view` in the address."""

"""What every page needs: navigation, its address, language, caches, what a lost session had.

No widgets.
"""

"""The ghost pen: it writes digits by itself on an empty canvas while nobody draws."""
